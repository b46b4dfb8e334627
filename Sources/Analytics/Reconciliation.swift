import Model

/// Why finance's orders differ from the CRM's won deals, in the order of the bridge that leads from one to the other.
public enum OrderDifference: String, Sendable, Hashable, CaseIterable {
    /// A won deal, and no order of it anywhere.
    case wonWithoutOrder = "won_without_order"
    /// The orders of a won deal say another amount, in the same currency.
    case amount = "amount_differs"
    /// The orders of a won deal are in another currency and say another amount.
    case currency = "currency_differs"
    /// A credit note that the CRM's amount does not have.
    case creditNote = "credit_note"
    /// An order number with the same amount once more.
    case repeated = "order_repeated"
    /// Closed in the period, booked in another one or on no day.
    case bookedElsewhere = "booked_in_another_period"
    /// Booked in the period, closed in another one or on no day.
    case closedElsewhere = "closed_in_another_period"
    /// An order of a deal that is open or lost.
    case dealNotWon = "deal_not_won"
    /// An order that names no deal, or one that is not there.
    case withoutDeal = "order_without_deal"
    /// An amount in a currency without a plan rate on one of the sides.
    case withoutRate = "rate_missing"
    /// Several orders tie out in their own currency, and rounded one by one in the company's do not.
    case rounding
}

/// A step of the bridge: one deal, or orders without one, and what they add.
public struct OrderItem: Sendable, Hashable {
    /// Why.
    public let difference: OrderDifference
    /// The deal; nil for an order without one.
    public let deal: DealRow?
    /// Its orders, as far as they matter here, by day.
    public let orders: [Order]
    /// What it adds on the way from the CRM's sum to that of the orders, in the company's currency.
    public let amount: Amount
}

/// Won deals of a period tied to the orders of the period.
///
/// The bridge: closed + Σ items = orders, to the smallest unit; what is left is the residual, which is nothing unless
/// the sums that were handed in are of other deals and orders.
public struct Reconciliation: Sendable {
    /// What the CRM says closed in the period.
    public let closed: DealSum
    /// What the orders booked in the period come to.
    public let ordered: DealSum
    /// The won deals whose orders say the same, in the period.
    public let tied: [DealRow]
    /// How many deals have several orders, which are summed.
    public let severalOrders: Int
    /// Every difference, the biggest first.
    public let items: [OrderItem]

    /// What the items leave unexplained: nothing.
    public var residual: Amount {
        items.reduce(ordered.amount - closed.amount) { $0 - $1.amount }
    }

    /// The items of a reason.
    public func items(_ difference: OrderDifference) -> [OrderItem] {
        items.filter { $0.difference == difference }
    }

    /// Judges deals by their orders.
    ///
    /// - Parameters:
    ///   - deals: The won deals that close in the period, and every other deal with an order booked in it.
    ///   - orders: The orders booked in the period, all others of those deals, and those that share a number with one.
    ///   - closed: Count and sum of the won deals that close in the period, from another source than `deals`.
    ///   - ordered: Count and sum of the orders booked in the period, likewise.
    public init(period: Period, deals: [DealRow], orders: [Order], closed: DealSum, ordered: DealSum) {
        self.closed = closed
        self.ordered = ordered
        let repeated = repeatedOrders(orders)
        let known = Set(deals.map(\.id))
        let byDeal = Dictionary(
            grouping: orders.filter { $0.deal.map(known.contains) ?? false }, by: { $0.deal })
        var tied: [DealRow] = []
        var items: [OrderItem] = []
        var severalOrders = 0
        for deal in deals {
            let judge = DealJudge(
                deal: deal, orders: byDeal[deal.id] ?? [], period: period, repeated: repeated)
            let found = judge.items
            if judge.isTiedHere { tied.append(deal) }
            if judge.orders.count > 1 { severalOrders += 1 }
            items += found
        }
        for order in orders where order.isBooked(in: period) && !(order.deal.map(known.contains) ?? false) {
            let difference: OrderDifference =
                order.isWithoutRate
                ? .withoutRate
                : order.isNegative
                    ? .creditNote : repeated.contains(order.id) ? .repeated : .withoutDeal
            items.append(
                OrderItem(
                    difference: difference, deal: nil, orders: [order], amount: order.companyAmount ?? .zero))
        }
        self.tied = tied
        self.severalOrders = severalOrders
        self.items = items.sorted(by: OrderItem.readingOrder)
    }
}

extension OrderItem {
    /// The biggest first.
    fileprivate static func readingOrder(_ left: OrderItem, _ right: OrderItem) -> Bool {
        if left.amount.magnitude != right.amount.magnitude {
            return left.amount.magnitude > right.amount.magnitude
        }
        if left.key != right.key { return left.key < right.key }
        return left.difference.rawValue < right.difference.rawValue
    }

    private var key: RecordID {
        deal?.id ?? orders.first?.id ?? RecordID(source: "", id: "")
    }
}

extension Order {
    fileprivate var isNegative: Bool { (amount ?? .zero) < .zero }

    fileprivate func isBooked(in period: Period) -> Bool {
        day.map(period.contains) ?? false
    }
}

/// Orders that say the number, the currency and the amount of an earlier one of the same source once more.
private func repeatedOrders(_ orders: [Order]) -> Set<RecordID> {
    struct Said: Hashable {
        let source: String
        let number: String
        let currency: String?
        let amount: Amount
    }
    var seen: Set<Said> = []
    var repeated: Set<RecordID> = []
    for order in orders.inReadingOrder {
        guard let number = order.number, !number.isEmpty, let amount = order.amount, amount > .zero else {
            continue
        }
        let said = Said(source: order.id.source, number: number, currency: order.currency, amount: amount)
        if !seen.insert(said).inserted { repeated.insert(order.id) }
    }
    return repeated
}

extension [Order] {
    /// By day, those without one last.
    fileprivate var inReadingOrder: [Order] {
        sorted { left, right in
            switch (left.day, right.day) {
            case (let first?, let second?) where first != second: first < second
            case (nil, _?): false
            case (_?, nil): true
            default: left.id < right.id
            }
        }
    }

    fileprivate var companySum: Amount { reduce(.zero) { $0 + ($1.companyAmount ?? .zero) } }

    fileprivate var ownSum: Amount { reduce(.zero) { $0 + ($1.amount ?? .zero) } }
}

/// Judges one deal by its orders. Whatever it finds adds up to what is booked in the period less what closed in it.
private struct DealJudge {
    let deal: DealRow
    let orders: [Order]
    private let here: [Order]
    private let elsewhere: [Order]
    private let repeated: Set<RecordID>
    private let isWon: Bool
    private let isClosedHere: Bool

    init(deal: DealRow, orders: [Order], period: Period, repeated: Set<RecordID>) {
        self.deal = deal
        self.orders = orders.inReadingOrder
        here = self.orders.filter { $0.isBooked(in: period) }
        elsewhere = self.orders.filter { !$0.isBooked(in: period) }
        self.repeated = repeated
        isWon = deal.category == .closed
        isClosedHere = isWon && (deal.closeDate.map(period.contains) ?? false)
    }

    /// What the CRM says closed in the period.
    private var closed: Amount { isClosedHere ? deal.companyAmount ?? .zero : .zero }

    /// What has to be explained.
    private var difference: Amount { here.companySum - closed }

    private var hasNoRate: Bool {
        orders.contains(where: \.isWithoutRate)
            || isClosedHere && deal.amount != nil && deal.companyAmount == nil
    }

    /// Whether it closed in the period and all of it was booked in the period.
    var isTiedHere: Bool { isClosedHere && !hasNoRate && ties(orders) && elsewhere.isEmpty }

    var items: [OrderItem] {
        if hasNoRate { return [item(.withoutRate, orders, difference)] }
        if ties(orders) { return isClosedHere ? tiedItems(orders) : otherPeriodItems(without: []) }
        let twice = orders.filter { repeated.contains($0.id) }
        let twiceHere = here.filter { repeated.contains($0.id) }
        let repeatedItems = twiceHere.isEmpty ? [] : [item(.repeated, twiceHere, twiceHere.companySum)]
        guard isClosedHere else { return repeatedItems + otherPeriodItems(without: twice) }
        let rest = orders.filter { !repeated.contains($0.id) }
        return repeatedItems + (ties(rest) ? tiedItems(rest) : differingItems(rest))
    }

    /// Whether orders say what the deal says: to the cent in its own currency, else in the company's.
    private func ties(_ orders: [Order]) -> Bool {
        guard isWon else { return false }
        if isInDealsCurrency(orders) { return orders.ownSum == deal.amount ?? .zero }
        return orders.companySum == deal.companyAmount ?? .zero
    }

    private func isInDealsCurrency(_ orders: [Order]) -> Bool {
        orders.allSatisfy { $0.currency == deal.currency }
    }

    /// Of orders that tie out: what of them was booked elsewhere.
    private func tiedItems(_ orders: [Order]) -> [OrderItem] {
        let away = orders.filter { order in elsewhere.contains { $0.id == order.id } }
        let found = away.isEmpty ? [] : [item(.bookedElsewhere, away, -away.companySum)]
        return found + rounding(found, of: orders)
    }

    /// Of orders that do not: nothing at all, another amount, credit notes, and what of them was booked elsewhere.
    private func differingItems(_ orders: [Order]) -> [OrderItem] {
        // The CRM's own amount below zero is no sale that a credit note takes back.
        let isSale = closed >= .zero
        let credits = orders.filter { isSale && $0.isNegative }
        let sales = orders.filter { !(isSale && $0.isNegative) }
        let creditsHere = credits.filter { credit in here.contains { $0.id == credit.id } }
        let salesAway = sales.filter { sale in elsewhere.contains { $0.id == sale.id } }
        var found: [OrderItem] = []
        if !creditsHere.isEmpty { found.append(item(.creditNote, creditsHere, creditsHere.companySum)) }
        if !salesAway.isEmpty { found.append(item(.bookedElsewhere, salesAway, -salesAway.companySum)) }
        if sales.isEmpty { return found + [item(.wonWithoutOrder, [], -closed)] }
        if isInDealsCurrency(sales), sales.ownSum == deal.amount ?? .zero {
            return found + rounding(found, of: orders)
        }
        let reason: OrderDifference = isInDealsCurrency(sales) ? .amount : .currency
        return found + [item(reason, sales, sales.companySum - closed)]
    }

    /// Of a deal that did not close in the period, what was booked in it all the same.
    private func otherPeriodItems(without left: [Order]) -> [OrderItem] {
        let booked = here.filter { order in !left.contains { $0.id == order.id } }
        let credits = booked.filter(\.isNegative)
        let sales = booked.filter { !$0.isNegative }
        var found: [OrderItem] = []
        if !credits.isEmpty { found.append(item(.creditNote, credits, credits.companySum)) }
        if !sales.isEmpty {
            found.append(item(isWon ? .closedElsewhere : .dealNotWon, sales, sales.companySum))
        }
        return found
    }

    /// The cents between amounts that are rounded one by one and the deal's, which is rounded once.
    private func rounding(_ found: [OrderItem], of orders: [Order]) -> [OrderItem] {
        let booked = orders.filter { order in here.contains { $0.id == order.id } }.companySum
        let rest = found.reduce(booked - closed) { $0 - $1.amount }
        return rest == .zero ? [] : [item(.rounding, orders, rest)]
    }

    private func item(_ difference: OrderDifference, _ orders: [Order], _ amount: Amount) -> OrderItem {
        OrderItem(difference: difference, deal: deal, orders: orders, amount: amount)
    }
}
