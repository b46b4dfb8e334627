import Analytics
import Model
import Testing

/// Each reason by itself, worked by hand: 100 euros are 110 dollars.
@Suite("Won deals tied to orders")
struct ReconciliationTests {
    private static let period = Period(
        label: "FY2026Q2", grain: .quarter, start: .first(ofMonth: 4, year: 2026),
        end: .first(ofMonth: 7, year: 2026))
    private static let may = Day.first(ofMonth: 5, year: 2026)
    private static let july = Day.first(ofMonth: 7, year: 2026)

    private func deal(
        _ id: String, _ amount: Int? = 100, _ currency: String = "USD",
        _ category: ForecastCategory = .closed,
        closes: Day? = may, rate: Bool = true
    ) -> DealRow {
        let company = amount.map { Amount($0 * (currency == "EUR" ? 11 : 10)).share(1, of: 10, toPlaces: 2) }
        return DealRow(
            id: key(id), name: "Deal \(id)", account: nil, owner: nil, ownerName: nil, isOwnerKnown: false,
            team: nil, stage: nil, category: category, categoryFrom: "outcome", timing: .inPeriod,
            isPastDue: false,
            amount: amount.map { Amount($0) }, currency: currency, companyAmount: rate ? company : nil,
            closeDate: closes, nextStep: nil)
    }

    private func order(
        _ id: String, of deal: String?, _ amount: Int? = 100, _ currency: String = "USD", on day: Day? = may,
        number: String? = nil, rate: Bool = true
    ) -> Order {
        let company = amount.map { Amount($0 * (currency == "EUR" ? 11 : 10)).share(1, of: 10, toPlaces: 2) }
        return Order(
            id: key(id), deal: deal.map(key), number: number ?? "SO-\(id)", account: nil, day: day,
            amount: amount.map { Amount($0) }, currency: currency, companyAmount: rate ? company : nil)
    }

    /// What is found, as `reason id amount`, and a bridge that adds up.
    private func found(_ deals: [DealRow], _ orders: [Order]) -> [String] {
        let closed = deals.filter {
            $0.category == .closed && ($0.closeDate.map(Self.period.contains) ?? false)
        }
        let booked = orders.filter { $0.day.map(Self.period.contains) ?? false }
        let result = Reconciliation(
            period: Self.period, deals: deals, orders: orders,
            closed: DealSum(
                count: closed.count, amount: closed.reduce(.zero) { $0 + ($1.companyAmount ?? .zero) }),
            ordered: DealSum(
                count: booked.count, amount: booked.reduce(.zero) { $0 + ($1.companyAmount ?? .zero) }))
        #expect(result.residual == .zero)
        return result.items.map {
            "\($0.difference.rawValue) \($0.deal?.id.id ?? $0.orders[0].id.id) \($0.amount)"
        }
    }

    @Test func `what is the same ties, in one order or several`() {
        #expect(found([deal("d1")], [order("o1", of: "d1")]).isEmpty)
        #expect(found([deal("d1")], [order("o1", of: "d1", 60), order("o2", of: "d1", 40)]).isEmpty)
        #expect(found([deal("d1")], [order("o1", of: "d1", 120), order("o2", of: "d1", -20)]).isEmpty)
        #expect(found([deal("d1", 10, "EUR")], [order("o1", of: "d1", 11)]).isEmpty)
        // Two lines of one order, as high as each other.
        let lines = [order("o1", of: "d1", 50, number: "7"), order("o2", of: "d1", 50, number: "7")]
        #expect(found([deal("d1")], lines).isEmpty)
        #expect(found([deal("d1", nil), deal("d2", 0)], []).isEmpty)
    }

    @Test func `a won deal without an order is named`() {
        #expect(found([deal("d1"), deal("d2", 7)], [order("o1", of: "d1")]) == ["won_without_order d2 -7"])
        #expect(
            found([deal("d1")], [order("o1", of: "d1", -20)]) == [
                "won_without_order d1 -100", "credit_note d1 -20",
            ])
    }

    @Test func `an order without a won deal is named`() {
        #expect(
            found(
                [deal("d1", 100, "USD", .commit), deal("d2", 100, "USD", .omitted)],
                [
                    order("o1", of: "d1", 5), order("o2", of: "d2", 4), order("o3", of: nil, 3),
                    order("o4", of: "gone", 2),
                ])
                == [
                    "deal_not_won d1 5", "deal_not_won d2 4", "order_without_deal o3 3",
                    "order_without_deal o4 2",
                ])
    }

    @Test func `another amount differs by the difference, in another currency by what both are worth`() {
        #expect(found([deal("d1")], [order("o1", of: "d1", 93)]) == ["amount_differs d1 -7"])
        #expect(found([deal("d1", 100, "EUR")], [order("o1", of: "d1", 100)]) == ["currency_differs d1 -10"])
        #expect(found([deal("d1", nil)], [order("o1", of: "d1", 5)]) == ["amount_differs d1 5"])
        #expect(found([deal("d1", -50)], [order("o1", of: "d1", -40)]) == ["amount_differs d1 10"])
    }

    @Test func `another period is told from both of its ends`() {
        #expect(
            found([deal("d1")], [order("o1", of: "d1", on: Self.july)]) == [
                "booked_in_another_period d1 -100"
            ])
        #expect(found([deal("d1")], [order("o1", of: "d1", on: nil)]) == ["booked_in_another_period d1 -100"])
        #expect(
            found([deal("d1", closes: Self.july)], [order("o1", of: "d1")]) == [
                "closed_in_another_period d1 100"
            ])
        #expect(
            found([deal("d1", closes: nil)], [order("o1", of: "d1")]) == ["closed_in_another_period d1 100"])
        // Half of it, and of that ten too little.
        #expect(
            found([deal("d1")], [order("o1", of: "d1", 50), order("o2", of: "d1", 40, on: Self.july)]) == [
                "booked_in_another_period d1 -40", "amount_differs d1 -10",
            ])
        // A credit note of July makes an order of May as high as the deal.
        #expect(
            found([deal("d1")], [order("o1", of: "d1", 120), order("o2", of: "d1", -20, on: Self.july)]) == [
                "booked_in_another_period d1 20"
            ])
    }

    @Test func `a credit note that the deal does not have is told apart`() {
        #expect(
            found([deal("d1")], [order("o1", of: "d1"), order("o2", of: "d1", -20)]) == ["credit_note d1 -20"]
        )
        #expect(
            found([deal("d1", closes: Self.july)], [order("o1", of: "d1", -20)]) == ["credit_note d1 -20"])
        #expect(found([], [order("o1", of: nil, -20)]) == ["credit_note o1 -20"])
    }

    @Test func `an order number with the same amount once more is booked twice`() {
        let twice = [order("o1", of: "d1", number: "7"), order("o2", of: "d1", number: "7")]
        #expect(found([deal("d1")], twice) == ["order_repeated d1 100"])
        let stray = [order("o1", of: "d1", number: "7"), order("o2", of: nil, number: "7")]
        #expect(found([deal("d1")], stray) == ["order_repeated o2 100"])
        // Another amount is another line of the order, no number is no order's.
        let lines = [order("o1", of: nil, 5, number: "7"), order("o2", of: nil, 6, number: "7")]
        #expect(found([], lines) == ["order_without_deal o2 6", "order_without_deal o1 5"])
        let unnumbered = [order("o1", of: nil, 5, number: ""), order("o2", of: nil, 5, number: "")]
        #expect(found([], unnumbered).count == 2)
        #expect(found([], unnumbered).allSatisfy { $0.hasPrefix("order_without_deal") })
    }

    @Test func `what has no rate is named on either side`() {
        #expect(
            found([deal("d1", 100, "XAU", rate: false)], [order("o1", of: "d1", 100, "XAU", rate: false)])
                == [
                    "rate_missing d1 0"
                ])
        #expect(
            found([deal("d1")], [order("o1", of: "d1", 100, "XAU", rate: false)]) == ["rate_missing d1 -100"])
        #expect(found([], [order("o1", of: nil, 100, "XAU", rate: false)]) == ["rate_missing o1 0"])
    }

    @Test func `sums of other deals and orders leave a residual`() {
        let result = Reconciliation(
            period: Self.period, deals: [deal("d1")], orders: [order("o1", of: "d1")],
            closed: DealSum(count: 2, amount: Amount(130)), ordered: DealSum(count: 1, amount: Amount(100)))
        #expect(result.residual == Amount(-30))
        #expect(result.tied.map(\.id.id) == ["d1"])
    }
}
