import Analytics
import Model
import Testing

/// Deals of which several people have the credit: their parts are summed where they count, and each deal is counted once.
@Suite("Shared deals in a rollup")
struct SharedDealTests {
    private let company = organisation(
        [team("e", "East"), team("w", "West"), team("n", "North", below: "e")],
        [
            person("1", in: "e", "Ann"), person("2", in: "e", "Bob"), person("3", in: "w", "Cleo"),
            person("4", in: "n", "Dan"), person("5", in: nil, "Eve"),
        ])

    private func part(_ who: String?, in team: String?, _ amount: Int, known: Bool = true) -> CreditPart {
        CreditPart(
            person: who.map(key), name: who, isKnown: known, team: team.map(key), percent: Amount(amount),
            amount: Amount(amount))
    }

    private func shared(_ whole: ForecastCell, _ parts: [CreditPart], overlays: [CreditPart] = [])
        -> SharedDeal
    {
        SharedDeal(id: key("d1"), name: "First", whole: whole, parts: parts, overlays: overlays)
    }

    private func sums(_ deal: SharedDeal, _ others: [ForecastCell] = []) throws -> [String: ForecastSums] {
        let rollup = try ForecastRollup(
            cells: others + [deal.whole] + deal.corrections, plan: [], organisation: company)
        return Dictionary(uniqueKeysWithValues: rollup.lines.map { ($0.name, $0.sums) })
    }

    @Test func `a deal of two people of a team is one deal of the team`() throws {
        let sums = try sums(
            shared(cell("1", in: "e", .commit, 100), [part("1", in: "e", 60), part("2", in: "e", 40)]),
            [cell("2", in: "e", .commit, 7)])
        #expect(sums["Ann"]?[.commit] == DealSum(count: 1, amount: Amount(60)))
        #expect(sums["Bob"]?[.commit] == DealSum(count: 2, amount: Amount(47)))
        #expect(sums["East"]?[.commit] == DealSum(count: 2, amount: Amount(107)))
        #expect(sums["Acme"]?[.commit] == DealSum(count: 2, amount: Amount(107)))
    }

    @Test func `a deal across teams counts once in each node that has a part`() throws {
        let sums = try sums(
            shared(
                cell("1", in: "e", .commit, 100, pastDue: true, faults: [.negative: 1]),
                [part("1", in: "e", 50), part("3", in: "w", 30), part("4", in: "n", 20)]))
        #expect(sums["North"]?[.commit] == DealSum(count: 1, amount: Amount(20)))
        #expect(sums["East"]?[.commit] == DealSum(count: 1, amount: Amount(70)))
        #expect(sums["West"]?[.commit] == DealSum(count: 1, amount: Amount(30)))
        #expect(sums["Acme"]?[.commit] == DealSum(count: 1, amount: Amount(100)))
        #expect(sums["Acme"]?.pastDue == DealSum(count: 1, amount: Amount(100)))
        #expect(sums["Acme"]?.faults[.negative] == 1 && sums["East"]?.faults[.negative] == 1)
    }

    @Test func `parts of nobody and of people without a team are counted once each`() throws {
        let sums = try sums(
            shared(
                cell("1", in: "e", .pipeline, 100, timing: .undated),
                [
                    part("5", in: nil, 10), part("9", in: nil, 20, known: false),
                    part(nil, in: nil, 30, known: false), part("1", in: "e", 40),
                ]))
        #expect(sums["Unassigned"]?.undated == DealSum(count: 1, amount: Amount(50)))
        #expect(sums["Unassigned"]?.withoutOwner == DealSum(count: 1, amount: Amount(50)))
        #expect(sums["Acme"]?.undated == DealSum(count: 1, amount: Amount(100)))
        #expect(sums["Acme"]?.withoutTeam == DealSum(count: 1, amount: Amount(10)))
        #expect(sums["Acme"]?.withoutOwner == DealSum(count: 1, amount: Amount(50)))
    }

    @Test func `an owner who leaves all credit to others has no line outside the teams`() throws {
        let sums = try sums(
            shared(cell("7", in: nil, .commit, 100, name: "Fay"), [part("1", in: "e", 100)]))
        #expect(sums["Fay"] == nil && sums["No team"] == nil)
        #expect(sums["Ann"]?[.commit] == DealSum(count: 1, amount: Amount(100)))
    }

    @Test func `overlay credit is beside the deals and in no total`() throws {
        let deal = shared(
            cell("1", in: "e", .commit, 100), [],
            overlays: [part("3", in: "w", 80), part("9", in: nil, 5, known: false)])
        let sums = try sums(deal, [cell("3", in: "w", .closed, 20)])
        #expect(sums["Acme"]?[.commit] == DealSum(count: 1, amount: Amount(100)))
        #expect(sums["Ann"]?[.commit].amount == Amount(100) && sums["Ann"]?.overlay == .zero)
        #expect(sums["West"]?.overlay == Amount(80) && sums["West"]?.revenue.amount == Amount(20))
        #expect(sums["Unassigned"]?.overlay == Amount(5) && sums["Unassigned"]?.all.count == 0)
        #expect(sums["Acme"]?.overlay == Amount(85) && sums["Acme"]?.all.count == 2)
    }

    @Test func `overlay credit of deals outside the period or omitted is none of it`() throws {
        for whole in [
            cell("1", in: "e", .commit, 100, timing: .undated), cell("1", in: "e", .omitted, 100),
            cell("1", in: "e", .commit, 100, timing: .earlierPastDue),
        ] {
            let sums = try sums(shared(whole, [], overlays: [part("3", in: "w", 80)]))
            #expect(sums["Acme"]?.overlay == .zero)
        }
    }
}
