import Analytics
import Model
import Testing

/// Sums by currency add up to those of the node, and exchange is told apart from sales.
@Suite("Currencies")
struct CurrencySumsTests {
    private func deals(
        of owner: String, _ currency: String, _ category: ForecastCategory, own: Int, plan: Int, effect: Int,
        timing: CloseTiming = .inPeriod, faults: [DealFault: Int] = [:]
    ) -> ForecastCell {
        ForecastCell(
            owner: key(owner), isOwnerKnown: true, team: key("t1"), category: category, timing: timing,
            isPastDue: false, sum: DealSum(count: 1, amount: Amount(plan), rateEffect: Amount(effect)),
            faults: faults, entered: EnteredSum(currency: currency, amount: Amount(own)))
    }

    @Test func `of a node are those of its people, by currency`() throws {
        let rollup = try ForecastRollup(
            cells: [
                deals(of: "p1", "EUR", .closed, own: 100, plan: 110, effect: -5),
                deals(of: "p2", "EUR", .commit, own: 10, plan: 11, effect: -1),
                deals(of: "p2", "USD", .commit, own: 7, plan: 7, effect: 0),
                deals(of: "p2", "EUR", .pipeline, own: 1000, plan: 1100, effect: -50),
                deals(of: "p2", "XAU", .commit, own: 3, plan: 0, effect: 0, faults: [.withoutRate: 1]),
                deals(of: "p2", "EUR", .commit, own: 500, plan: 550, effect: 9, timing: .undated),
            ], plan: [],
            organisation: organisation([team("t1")], [person("p1", in: "t1"), person("p2", in: "t1")]))
        let top = rollup.lines[0].sums
        #expect(top.byCurrency.keys.sorted() == ["EUR", "USD", "XAU"])
        let euros = try #require(top.byCurrency["EUR"])
        #expect(euros.entered([.closed, .commit]) == Amount(110))
        #expect(
            euros.converted([.closed, .commit])
                == DealSum(count: 2, amount: Amount(121), rateEffect: Amount(-6)))
        #expect(
            top.sum([.closed, .commit]) == DealSum(count: 4, amount: Amount(128), rateEffect: Amount(-6)))
        #expect(top.open.rateEffect == Amount(-51) && top.undated.rateEffect == Amount(9))
        #expect(top.byCurrency["XAU"]?.withoutRate == 1)
        let second = try #require(rollup.lines.first { $0.node == .person(key("p2")) })
        #expect(second.sums.byCurrency["EUR"]?.entered([.commit]) == Amount(10))
    }

    @Test func `a change is sales and rates, and nothing else`() {
        func side(_ amount: Int, _ effect: Int?) -> ConstantCurrencyChange.Side {
            .init(amount: Amount(amount), rateEffect: effect.map { Amount($0) })
        }
        let change = ConstantCurrencyChange(then: side(110, -5), now: side(121, 2), shownThen: Amount(100))
        #expect(change.sales == Amount(11) && change.rates == Amount(7))
        // 105 at the rates of then, 123 at those of now.
        #expect(change.total == Amount(18) && change.planRestated == Amount(10))
        let still = ConstantCurrencyChange(then: side(110, -5), now: side(110, 3), shownThen: Amount(110))
        #expect(still.sales == .zero && still.rates == Amount(8))
        let unknown = ConstantCurrencyChange(then: side(110, nil), now: side(121, 3), shownThen: Amount(110))
        #expect(unknown.sales == Amount(11) && unknown.rates == nil && unknown.total == nil)
    }
}
