import Analytics
import Model
import Testing

/// How a period stood on a day against what it landed at, deal by deal.
@Suite("A past period")
struct PeriodComparisonTests {
    private let then = date("2026-05-01")

    private func sums(
        _ deals: [BasisDeal], landed: [BasisDeal]?, first: [String: String] = [:]
    ) -> [DealHolder: StandingSums] {
        PeriodComparison.sums(
            then: deals, landed: landed,
            firstDays: Dictionary(uniqueKeysWithValues: first.map { (key($0.key), date($0.value)) }), on: then
        )
    }

    @Test func `tells what became of the deals of each category, and what came from elsewhere`() throws {
        let ann = holder("ann", in: "east")
        let found = sums(
            [
                deal("won already", .closed, 10), deal("reopened", .closed, 20), deal("sure", .commit, 30),
                deal("lost", .commit, 40), deal("gone", .commit, 45), deal("likely", .bestCase, 50),
                deal("early", .pipeline, 60), deal("left out", .omitted, 70), deal("odd", .unmapped, 80),
            ],
            landed: [
                // Won for less than was said.
                deal("won already", .closed, 10), deal("sure", .closed, 25), deal("early", .closed, 60),
                deal("left out", .closed, 70), deal("moved in", .closed, 5), deal("new", .closed, 7),
                deal("without amount", .closed, nil),
                // Still open in the end: booked nothing.
                deal("likely", .bestCase, 50),
            ],
            first: [
                "moved in": "2026-05-01", "new": "2026-05-02", "left out": "2026-01-01",
                "without amount": "2026-06-01",
            ])
        #expect(Set(found.keys) == [ann])
        let sums = try #require(found[ann])
        #expect(sums[.closed] == DealSum(count: 2, amount: Amount(30)))
        #expect(sums[.commit] == DealSum(count: 3, amount: Amount(115)))
        #expect(sums.open == DealSum(count: 5, amount: Amount(225)))
        #expect(sums[.landedClosed] == DealSum(count: 1, amount: Amount(10)))
        #expect(sums[.landedCommit] == DealSum(count: 1, amount: Amount(25)))
        #expect(sums[.landedBestCase] == .none)
        #expect(sums[.landedPipeline] == DealSum(count: 1, amount: Amount(60)))
        #expect(sums[.landedMoved] == DealSum(count: 2, amount: Amount(75)))
        #expect(sums[.landedCreated] == DealSum(count: 2, amount: Amount(7)))
        #expect(sums[.landed] == DealSum(count: 7, amount: Amount(177)))
        #expect(sums.landedOpen == DealSum(count: 2, amount: Amount(85)))
    }

    @Test func `counts what was won of an open deal for whoever had it then`() {
        let found = sums(
            [deal("handed over", .commit, 30)],
            landed: [deal("handed over", .closed, 28, of: "bob", in: "west")])
        #expect(found[holder("ann", in: "east")]?[.landedCommit].amount == Amount(28))
        #expect(found[holder("ann", in: "east")]?[.landed] == DealSum.none)
        #expect(found[holder("bob", in: "west")]?[.landed].amount == Amount(28))
        #expect(found[holder("bob", in: "west")]?[.landedCommit] == DealSum.none)
    }

    @Test func `counts a deal that several share for each of them`() {
        let found = sums(
            [deal("shared", .commit, 60), deal("shared", .commit, 40, of: "bob")],
            landed: [deal("shared", .closed, 54), deal("shared", .closed, 36, of: "bob")])
        #expect(found[holder("ann", in: "east")]?[.landedCommit].amount == Amount(54))
        #expect(found[holder("bob", in: "east")]?[.landedCommit].amount == Amount(36))
    }

    @Test func `that has not landed tells only how it stood`() {
        let found = sums([deal("sure", .commit, 30)], landed: nil)
        #expect(found[holder("ann", in: "east")]?[.commit].amount == Amount(30))
        #expect(found.values.allSatisfy { $0[.landed] == .none && $0.landedOpen == .none })
    }

    @Test func `is carried up the teams, each deal once`() throws {
        let company = organisation(
            [team("north"), team("east", below: "north")],
            [person("ann", in: "east"), person("bob", in: "north"), person("cleo")])
        let standing = PeriodStanding(
            key: StandingKey(
                period: span("FY2026Q2", "2026-04-01", "2026-06-30"), day: then, landedDay: date("2026-06-30")
            ),
            sums: [
                holder("ann", in: "east"): sumsOf(1), holder("ann", in: "north"): sumsOf(2),
                holder("bob", in: "north"): sumsOf(4), holder("cleo", in: nil): sumsOf(8),
                holder(nil, in: nil): sumsOf(16), holder("stranger", in: "nowhere"): sumsOf(32),
            ])
        let rollup = StandingRollup(standing, try DealPlaces(company))
        func closed(_ place: NodePlace) -> Amount { rollup[place][.closed].amount }
        #expect(closed(NodePlace(.company)) == Amount(63))
        #expect(closed(NodePlace(.team(key("north")))) == Amount(7))
        #expect(closed(NodePlace(.team(key("east")))) == Amount(1))
        #expect(closed(NodePlace(.withoutTeam)) == Amount(40))
        #expect(closed(NodePlace(.withoutOwner)) == Amount(16))
        // Ann has moved: her parts, and all of it.
        #expect(closed(NodePlace(.person(key("ann")))) == Amount(3))
        #expect(closed(NodePlace(.person(key("ann")), in: .team(key("north")))) == Amount(2))
        #expect(closed(NodePlace(.person(key("cleo")), in: .withoutTeam)) == Amount(8))
        #expect(closed(NodePlace(.person(key("nobody")))) == .zero)
    }

    @Test func `is found for the lines of a forecast by node and team`() throws {
        let company = organisation(
            [team("north"), team("east", below: "north")],
            [person("ann", in: "east"), person("bob", in: "north")])
        let lines = try ForecastRollup(
            cells: [cell("ann", in: "north"), cell("zoe", in: nil)], plan: [], organisation: company
        ).lines
        let north = ForecastLine.Node.team(key("north"))
        #expect(
            NodePlace.places(of: lines) == [
                NodePlace(.company), NodePlace(north), NodePlace(.person(key("ann")), in: north),
                NodePlace(.person(key("bob")), in: north), NodePlace(.team(key("east"))),
                NodePlace(.person(key("ann")), in: .team(key("east"))), NodePlace(.withoutTeam),
                NodePlace(.person(key("zoe")), in: .withoutTeam),
            ])
    }

    private func sumsOf(_ closed: Int) -> StandingSums {
        var sums = StandingSums()
        sums[.closed] = DealSum(count: 1, amount: Amount(closed))
        return sums
    }
}
