import Model

/// Finance's orders: one for each won deal, booked on the date of its close and told of when it is entered, but for what
/// is planted.
struct Books: Sendable {
    /// An order without a deal.
    struct StrayOrder: Sendable {
        let id: String
        let orderID: String
        /// The number of the account.
        let account: Int
        let booked: Day
        /// In cents of the company's currency.
        let cents: Int
    }

    /// The numbers of deals for which there is no order.
    var withoutOrder: Set<Int> = []
    /// What the order of a deal says where it is not the deal's amount, in cents of the deal's currency.
    var orderAmounts: [Int: Int] = [:]
    var strayOrders: [StrayOrder] = []

    /// The order of a deal and the day on which it is told; nil without one.
    func order(of deal: DealLife) -> (day: Day, record: [UInt8])? {
        guard !withoutOrder.contains(deal.number), let day = deal.ended, let state = deal.state(on: day),
            state.stage == .won, let amount = state.amount
        else { return nil }
        var text = CSVText()
        text.cell(numberedID("B", deal.number))
        text.cell(deal.id)
        let booked = state.closeDate ?? day
        text.cell("SO-\(booked.civil.year)-\(deal.number)")
        text.cell(numberedID("A", deal.account))
        text.cell(deal.type)
        text.cell(booked)
        text.cell(cents: orderAmounts[deal.number] ?? amount)
        text.cell(deal.currency)
        text.endLine()
        return (day, text.bytes)
    }

    /// The orders without a deal that were booked in a span of days.
    func strayRecords(_ days: EventDays) -> [[UInt8]] {
        strayOrders.filter { days.contains($0.booked) }.map { order in
            var text = CSVText()
            text.cell(order.id)
            text.cell("")
            text.cell(order.orderID)
            text.cell(numberedID("A", order.account))
            text.cell("new")
            text.cell(order.booked)
            text.cell(cents: order.cents)
            text.cell(Frame.currency)
            text.endLine()
            return text.bytes
        }
    }
}
