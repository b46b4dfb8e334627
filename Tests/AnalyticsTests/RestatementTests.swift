import Analytics
import Model
import Testing

/// What became of the bookings of a frozen period, worked by hand.
@Suite("Restatements")
struct RestatementTests {
    private let places = (
        then: try? DealPlaces(organisation([team("east"), team("west")])),
        now: try? DealPlaces(
            organisation([team("all"), team("east", below: "all"), team("west", below: "all")]))
    )

    private func set(_ deals: [DealMoment], isNow: Bool = false) throws -> MomentSet {
        MomentSet(deals, try #require(isNow ? places.now : places.then))
    }

    @Test func `tell what the CRM changed apart from what a load changed, deal by deal`() throws {
        let restatements = Restatements(
            // Frozen at 100 + 200 + 50, of which a load made 110 + 200, and the CRM 110 + 70 + 30.
            frozen: try set([won("a", 100), won("b", 200), won("c", 50, of: "bob", in: "west")]),
            corrected: try set([won("a", 110), won("b", 200)]),
            current: try set([won("a", 110), won("d", 70), won("e", 30, of: "bob", in: "west")]))
        let company = restatements[NodePlace(.company)]
        #expect(company.frozen == DealSum(count: 3, amount: Amount(350)))
        #expect(company.byLoads == Amount(-40))
        #expect(company.byCRM == Amount(-100))
        #expect(company.current == DealSum(count: 3, amount: Amount(210)))
        let west = restatements[NodePlace(.team(key("west")))]
        #expect(west.frozen.amount == Amount(50))
        #expect(west.byLoads == Amount(-50))
        #expect(west.byCRM == Amount(30))
        let changes = restatements.changes(in: NodePlace(.company))
        #expect(
            changes.map { "\($0.id.id) \($0.cause.rawValue) \($0.amount)" } == [
                "b crm -200", "d crm 70", "c load -50", "e crm 30", "a load 10",
            ])
        #expect(changes.map(\.before) == [Amount(200), nil, Amount(50), nil, Amount(100)])
        #expect(restatements.changes(in: NodePlace(.person(key("bob")))).map(\.id.id) == ["c", "e"])
    }

    @Test func `name a deal that both changed twice, and one that changed hands with no amount`() throws {
        let restatements = Restatements(
            frozen: try set([won("a", 100), won("b", 60)]),
            corrected: try set([won("a", 120), won("b", 60)]),
            current: try set([won("a", 90), won("b", 60, of: "bob", in: "west")]))
        let changes = restatements.changes(in: NodePlace(.company))
        #expect(
            changes.map { "\($0.id.id) \($0.cause.rawValue) \($0.amount)" } == [
                "a crm -30", "a load 20", "b crm 0",
            ])
        #expect(restatements[NodePlace(.team(key("east")))].byCRM == Amount(-90))
        #expect(restatements[NodePlace(.team(key("west")))].byCRM == Amount(60))
    }

    @Test func `count a shared deal once, and each part for whom it counts`() throws {
        let shared = won(
            "a", 100,
            shares: [
                DealMoment.Share(holder: holder("ann", in: "east"), percent: Amount(70), amount: Amount(70)),
                DealMoment.Share(holder: holder("bob", in: "west"), percent: Amount(30), amount: Amount(30)),
            ])
        let restatements = Restatements(
            frozen: try set([shared]), corrected: try set([shared]), current: try set([won("a", 100)]))
        #expect(restatements[NodePlace(.company)].frozen == DealSum(count: 1, amount: Amount(100)))
        #expect(restatements[NodePlace(.company)].byCRM == .zero)
        #expect(restatements[NodePlace(.team(key("west")))].byCRM == Amount(-30))
        #expect(restatements.changes(in: NodePlace(.company)).map(\.amount) == [.zero])
    }

    @Test func `read each point through the teams of its own day`() throws {
        let restatements = Restatements(
            frozen: try set([won("a", 100)]), corrected: try set([won("a", 100)]),
            current: try set([won("a", 100)], isNow: true))
        #expect(restatements[NodePlace(.team(key("all")))].byCRM == Amount(100))
        #expect(restatements[NodePlace(.team(key("east")))].byCRM == .zero)
    }

    @Test func `are none where nothing has changed`() throws {
        let same = try set([won("a", 100), won("b", nil)])
        let restatements = Restatements(frozen: same, corrected: same, current: same)
        #expect(restatements.changes(in: NodePlace(.company)).isEmpty)
        #expect(restatements[NodePlace(.company)].frozen == DealSum(count: 2, amount: Amount(100)))
    }
}

/// A deal that was won in the first quarter of 2026.
func won(
    _ id: String, _ amount: Int?, of owner: String? = "ann", in team: String? = "east",
    shares: [DealMoment.Share]? = nil
) -> DealMoment {
    moment(id, .won, .closed, amount, of: owner, in: team, closes: "2026-03-15", shares: shares)
}

/// A deal at a moment; its own currency is the company's unless an amount in euros is given.
func moment(
    _ id: String, _ kind: DealMoment.Kind, _ category: ForecastCategory, _ amount: Int?,
    of owner: String? = "ann", in team: String? = "east", closes: String? = "2026-03-20", euros: Int? = nil,
    shares: [DealMoment.Share]? = nil
) -> DealMoment {
    let amounts = amount.map { Amount($0) }
    return DealMoment(
        id: key(id), name: id, kind: kind, category: category, closeDate: closes.map(date),
        amount: euros.map { Amount($0) } ?? amounts, currency: euros == nil ? "USD" : "EUR",
        companyAmount: amounts,
        shares: shares ?? [DealMoment.Share(holder: holder(owner, in: team), name: owner, amount: amounts)])
}
