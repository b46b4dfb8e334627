import Analytics
import Foundation
import Model
import TestSupport
import Testing

@Suite("The rollup of a forecast")
struct ForecastRollupTests {
    @Test func `lists the company, its teams with their people, then the deals without team or owner`() throws
    {
        let company = organisation(
            [team("w", "West"), team("e", "East"), team("n", "North", below: "e")],
            [
                person("1", in: "w", "Zoe"), person("2", in: "w", "Ann"), person("3", in: "n", "Bob"),
                person("4", in: nil, "Cleo"), person("5", in: "gone", "Dan"),
            ])
        let rollup = try ForecastRollup(
            cells: [cell("4", in: nil), cell("9", in: nil, known: false), cell(nil, in: nil, known: false)],
            plan: [],
            organisation: company)
        let lines = rollup.lines.map { "\(String(repeating: "·", count: $0.depth))\($0.name)" }
        // Dan has neither a team that is known nor deals nor a plan: he is nobody's line.
        #expect(
            lines == [
                "Acme", "·East", "··North", "···Bob", "·West", "··Ann", "··Zoe", "·No team", "··Cleo",
                "·Unassigned",
            ])
        #expect(
            rollup.lines.map(\.parentName) == [
                nil, "Acme", "East", "North", "Acme", "West", "West", "Acme", "No team", "Acme",
            ])
        #expect(rollup.lines.map { $0.sums[.commit].count } == [3, 0, 0, 0, 0, 0, 0, 1, 1, 2])
    }

    @Test func `keeps categories apart and adds the cumulative sums`() throws {
        let cells = [
            cell("1", in: "e", .closed, 1), cell("1", in: "e", .commit, 20, count: 2),
            cell("1", in: "e", .bestCase, 300, count: 3), cell("1", in: "e", .pipeline, 4_000, count: 4),
            cell("1", in: "e", .omitted, 50_000, count: 5), cell("1", in: "e", .unmapped, 600_000, count: 6),
        ]
        let sums = try company(cells).sums
        #expect(sums[.closed] == DealSum(count: 1, amount: Amount(1)))
        #expect(sums.open == DealSum(count: 9, amount: Amount(4_320)))
        #expect(sums.commitCumulative == DealSum(count: 3, amount: Amount(21)))
        #expect(sums.upsideCumulative == DealSum(count: 6, amount: Amount(321)))
        #expect(sums.all == DealSum(count: 21, amount: Amount(654_321)))
    }

    @Test func `keeps past-due deals in the period, undated and earlier ones out of it`() throws {
        let sums = try company([
            cell("1", in: "e", .commit, 1, pastDue: true), cell("1", in: "e", .commit, 2),
            cell("1", in: "e", .pipeline, 4, timing: .undated),
            cell("1", in: "e", .commit, 8, timing: .earlierPastDue, pastDue: true),
            cell("1", in: "e", .omitted, 16, pastDue: true),
        ]).sums
        #expect(sums[.commit].amount == Amount(3) && sums.open.amount == Amount(3))
        #expect(sums.pastDue == DealSum(count: 1, amount: Amount(1)))
        #expect(sums.undated == DealSum(count: 1, amount: Amount(4)))
        #expect(sums.earlierPastDue == DealSum(count: 1, amount: Amount(8)))
        #expect(sums.all.amount == Amount(31))
    }

    @Test func `counts deals without amount or rate wherever they are`() throws {
        let sums = try company([
            cell("1", in: "e", faults: [.withoutAmount: 1, .stageUnmapped: 8]),
            cell("1", in: "e", .unmapped, faults: [.stageUnmapped: 16]),
            cell("1", in: "e", timing: .undated, faults: [.withoutAmount: 2, .withoutRate: 4]),
        ]).sums
        #expect(sums.faults == [.withoutAmount: 3, .withoutRate: 4, .stageUnmapped: 8])
    }

    @Test func `counts a mover's deals where they belong, and the mover once when asked`() throws {
        let mover = person("1", in: "e", "Tom")
        let rollup = try ForecastRollup(
            cells: [cell("1", in: "w", .closed, 30), cell("1", in: "e", .commit, 12)],
            plan: [PlanAmount(kind: .quota, node: .person(key("1")), amount: Amount(50))],
            organisation: organisation([team("e", "East"), team("w", "West")], [mover]))
        let own = rollup.lines.filter { $0.node == .person(key("1")) }
        #expect(own.map(\.parentName) == ["East", "West"])
        #expect(own.map { $0.plan[.quota]?.amount } == [Amount(50), nil])
        let lines = ForecastLine.ofPerson(own)
        #expect(lines.map(\.name) == ["Tom", "East", "West"] && lines.map(\.depth) == [0, 1, 1])
        #expect(lines.dropFirst().map(\.sums) == own.map(\.sums))
        #expect(ForecastLine.ofPerson([own[0]]).map(\.name) == ["Tom"] && ForecastLine.ofPerson([]).isEmpty)
        let line = try #require(ForecastLine.joined(own))
        #expect(line.sums.commitCumulative.amount == Amount(42) && line.parentName == "East")
        #expect(line.plan[.quota]?.amount == Amount(50))
        #expect(rollup.lines[0].sums == line.sums)
        #expect(ForecastLine.joined([]) == nil)
    }

    @Test func `names who has left by the name that the deals know`() throws {
        let rollup = try ForecastRollup(
            cells: [
                cell("1", in: "e", name: "Ada"), cell("1", in: nil, known: false),
                cell("2", in: "e", name: nil),
            ], plan: [],
            organisation: organisation([team("e", "East")]))
        // What is still open with her name on it has no owner any more.
        #expect(rollup.lines.map(\.name) == ["Acme", "East", "2", "Ada", "Unassigned"])
    }

    @Test func `takes a node's own plan, else the sum of those below`() throws {
        func amount(_ kind: PlanAmount.Kind, _ node: PlanAmount.Node, _ amount: Int) -> PlanAmount {
            PlanAmount(kind: kind, node: node, amount: Amount(amount))
        }
        let rollup = try ForecastRollup(
            cells: [],
            plan: [
                amount(.quota, .person(key("1")), 10), amount(.quota, .person(key("2")), 20),
                amount(.quota, .team(key("w")), 100), amount(.quota, .person(key("3")), 40),
                amount(.budget, .team(key("n")), 7), amount(.quota, .person(key("nobody")), 1_000),
                amount(.quota, .person(key("4")), 3),
            ],
            organisation: organisation(
                [team("e", "East"), team("n", "North", below: "e"), team("w", "West")],
                [person("1", in: "e"), person("2", in: "n"), person("3", in: "w"), person("4")]))
        func planned(_ name: String, _ kind: PlanAmount.Kind) -> String? {
            let line = rollup.lines.first { $0.name == name }
            return line?.plan[kind].map { "\($0.amount)\($0.isSumOfBelow ? " below" : "")" }
        }
        #expect(planned("North", .quota) == "20 below")
        #expect(planned("East", .quota) == "30 below")
        // West's own 100, although its people have 40.
        #expect(planned("West", .quota) == "100")
        #expect(planned("No team", .quota) == "3 below")
        #expect(planned("Acme", .quota) == "133 below")
        #expect(planned("Acme", .budget) == "7 below")
        #expect(planned("1", .budget) == nil && planned("West", .budget) == nil)
    }

    /// The oracle walks from each cell upwards; the rollup adds from the leaves.
    @Test func `counts every deal once in each node above it, in any tree`() throws {
        let environment = ProcessInfo.processInfo.environment
        let seed = UInt64(environment["BELLWETHER_TEST_SEED"] ?? "") ?? UInt64.random(in: 1...1_000_000)
        for number in 0..<100 {
            var random = SeededGenerator(seed: seed &+ UInt64(number))
            let teams = (0..<Int.random(in: 0...7, using: &random)).map { index in
                team(
                    "t\(index)",
                    below: index == 0
                        ? nil
                        : ["gone", nil, "t\(Int.random(in: 0..<index, using: &random))"]
                            .randomElement(using: &random) ?? nil)
            }
            let people = (0..<5).map { person("p\($0)", in: "t\(Int.random(in: 0...9, using: &random))") }
            let cells = (0..<30).map { _ in
                cell(
                    "p\(Int.random(in: 0...6, using: &random))",
                    in: "t\(Int.random(in: 0...9, using: &random))",
                    ForecastCategory.allCases.randomElement(using: &random) ?? .commit,
                    Int.random(in: -50...1_000, using: &random), count: Int.random(in: 1...3, using: &random),
                    known: Int.random(in: 0...5, using: &random) > 0)
            }
            let rollup = try ForecastRollup(cells: cells, plan: [], organisation: organisation(teams, people))
            var expected: [ForecastLine.Node: DealSum] = [:]
            for cell in cells {
                for node in above(cell, teams, people) { expected[node, default: .none] += cell.sum }
            }
            var found: [ForecastLine.Node: DealSum] = [:]
            for line in rollup.lines where line.sums.all.count > 0 {
                found[line.node, default: .none] += line.sums.all
            }
            try #require(found == expected, "seed \(seed &+ UInt64(number))")
        }
    }

    private func above(_ cell: ForecastCell, _ teams: [Team], _ people: [Person]) -> [ForecastLine.Node] {
        guard let owner = cell.owner, cell.isOwnerKnown || people.contains(where: { $0.id == owner }) else {
            return [.withoutOwner, .company]
        }
        var nodes: [ForecastLine.Node] = [.person(owner)]
        var next = teams.first { $0.id == cell.team }
        if next == nil { nodes.append(.withoutTeam) }
        while let team = next {
            nodes.append(.team(team.id))
            next = teams.first { $0.id == team.parent }
        }
        return nodes + [.company]
    }

    private func company(_ cells: [ForecastCell]) throws -> ForecastLine {
        let rollup = try ForecastRollup(
            cells: cells, plan: [], organisation: organisation([team("e")], [person("1", in: "e")]))
        return rollup.lines[0]
    }
}
