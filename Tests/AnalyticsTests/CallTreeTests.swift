import Analytics
import Foundation
import Model
import TestSupport
import Testing

/// Words for calls.
private let day = Day("2026-12-07") ?? Day(number: 0)

func call(
    _ kind: String, _ id: String?, _ amount: Int?, by callKind: CallKind = .own,
    _ category: CallCategory = .commit,
    basis: CallBasis = .cumulative, line: String? = nil, measure: String = "bookings", on calledOn: Day = day,
    at instant: String? = nil, rate: Bool = true, calculated: Int? = nil, number: Int = 0
) -> Call {
    Call(
        id: key("c\(number)"), target: CallTarget(kind: kind, id: id.map(key)), category: category,
        kind: callKind,
        basis: basis, businessLine: line, measure: measure, amount: amount.map { Amount($0) },
        currency: "USD",
        companyAmount: rate ? amount.map { Amount($0) } : nil, calculated: calculated.map { Amount($0) },
        instant: instant, time: instant, day: calledOn, author: nil, note: nil)
}

@Suite("Calls in the tree")
struct CallTreeTests {
    private let company = organisation(
        [team("e", "East"), team("w", "West"), team("n", "North", below: "e")],
        [person("1", in: "e", "Ann"), person("2", in: "n", "Bob"), person("3", in: "w", "Cleo")])
    private let cells = [
        cell("1", in: "e", .closed, 10), cell("1", in: "e", .commit, 5), cell("2", in: "n", .closed, 100),
        cell("2", in: "n", .bestCase, 50), cell("3", in: "w", .commit, 1_000),
    ]

    private func tree(
        _ calls: [Call], _ category: CallCategory = .commit, line: String? = nil,
        organisation: Organisation? = nil, cells: [ForecastCell]? = nil
    ) throws -> CallTree {
        let organisation = organisation ?? company
        let rollup = try ForecastRollup(cells: cells ?? self.cells, plan: [], organisation: organisation)
        return CallTree(
            rollup.lines, calls: calls, category: category, businessLine: line, organisation: organisation)
    }

    private func numbers(_ tree: CallTree, _ name: String) throws -> CallNumbers {
        try #require(tree.lines.first { $0.name == name }?.calls)
    }

    private func effective(_ tree: CallTree) -> [String] {
        tree.lines.map { "\($0.name) \($0.calls?.effective.description ?? "?")" }
    }

    @Test func `without a call are what the deals say`() throws {
        let tree = try tree([])
        #expect(
            effective(tree) == [
                "Acme 1115", "East 115", "Ann 15", "North 100", "Bob 100", "West 1000", "Cleo 1000",
            ])
        #expect(!tree.hasCalls && tree.lines.allSatisfy { $0.calls?.judgement == .zero })
        #expect(try numbers(self.tree([], .bestCase), "Acme").calculated == Amount(1_165))
    }

    @Test func `replace what is below and are added once above`() throws {
        let tree = try tree([call("team", "n", 130), call("person", "3", 900)])
        #expect(
            effective(tree) == [
                "Acme 1045", "East 145", "Ann 15", "North 130", "Bob 100", "West 900", "Cleo 900",
            ])
        let acme = try numbers(tree, "Acme")
        #expect(acme.rolledUp == Amount(1_045) && acme.judgement == Amount(-70) && acme.deciding == nil)
        #expect(tree.lines.judgementParts.map { "\($0.name) \($0.amount)" } == ["East 30", "West -100"])
    }

    @Test func `give way to an override, which counts once in all levels above`() throws {
        let tree = try tree([
            call("team", "n", 130), call("team", "n", 120, by: .override), call("team", "e", 150),
            call("team", "e", 160, by: .override), call("company", nil, 2_000),
        ])
        #expect(
            effective(tree) == [
                "Acme 2000", "East 160", "Ann 15", "North 120", "Bob 100", "West 1000", "Cleo 1000",
            ])
        let east = try numbers(tree, "East")
        #expect(east.rolledUp == Amount(135) && east.submitted?.amount == Amount(150))
        #expect(east.indirect == Amount(-10), "North rolls up 120 where it submitted 130")
        #expect(try numbers(tree, "Acme").rolledUp == Amount(1_160))
        // The company's own number hides all overrides from its sum.
        #expect(tree.lines.decidingOverrides.isEmpty && tree.lines.judgementParts.isEmpty)
        #expect(Array(tree.lines.dropFirst()).decidingOverrides.map(\.name) == ["East"])
    }

    @Test func `of an exclusive basis stand on what the deals say is surer`() throws {
        let commit = try tree([call("team", "e", 20, basis: .exclusive)])
        #expect(try numbers(commit, "East").effective == Amount(130), "110 closed and 20")
        let best = try tree([call("team", "e", 70, .bestCase, basis: .exclusive)], .bestCase)
        #expect(try numbers(best, "East").effective == Amount(185), "110 closed, 5 commit and 70")
        let closed = try tree([call("team", "e", 70, .closed, basis: .exclusive)], .closed)
        #expect(try numbers(closed, "East").effective == Amount(70))
    }

    @Test func `of who has moved count where the person is now, once`() throws {
        let moved = try tree(
            [call("person", "1", 40)],
            cells: [cell("1", in: "w", .closed, 7), cell("1", in: "e", .commit, 5)])
        #expect(
            try numbers(moved, "East").effective == Amount(33)
                && numbers(moved, "West").effective == Amount(7))
        #expect(try numbers(moved, "Acme").effective == Amount(40))
        let whole = try #require(
            ForecastLine.ofPerson(moved.lines.filter { $0.node == .person(key("1")) }).first)
        #expect(whole.calls?.effective == Amount(40) && whole.calls?.judgement == Amount(28))
        #expect(whole.calls?.submitted?.amount == Amount(40))
        let exclusive = try tree(
            [call("person", "1", 40, basis: .exclusive)],
            cells: [
                cell("1", in: "w", .closed, 7), cell("1", in: "w", .commit, 2),
                cell("1", in: "e", .commit, 5),
            ])
        #expect(try numbers(exclusive, "Acme").effective == Amount(47), "7 closed and 40, of which 2 in West")
    }

    @Test func `taken back, without a rate, for a part or for nobody are in no number`() throws {
        let tree = try tree([
            call("team", "e", nil), call("team", "w", 9, rate: false), call("team", "n", 3, line: "new"),
            call("team", "n", 4, measure: "arr"), call("team", "gone", 5), call("team", "n", 6, .bestCase),
        ])
        #expect(try numbers(tree, "Acme").effective == Amount(1_115) && !tree.hasCalls)
        #expect(
            tree.withoutRate.map(\.target.id?.id) == ["w"] && tree.unplaced.map(\.target.id?.id) == ["gone"])
        let line = try self.tree([call("team", "n", 3, line: "new")], line: "new")
        #expect(effective(line) == ["Acme 3", "East 3", "Ann 0", "North 3", "Bob 0", "West 0", "Cleo 0"])
    }

    @Test func `that name one node in two ways are one, and the last word counts`() throws {
        let earlier = day - 1
        let tree = try tree([
            call("team", "east", 1, number: 1), call("team", "e", 2, on: earlier, number: 2),
            call("team", "w", 3, at: "2026-12-07T09:00:00", number: 3),
            call("team", "WEST", nil, at: "2026-12-07T10:00:00", number: 4),
        ])
        #expect(try numbers(tree, "East").effective == Amount(1) && numbers(tree, "West").submitted == nil)
        #expect(try numbers(tree, "West").lastSpoken == day)
    }

    /// The oracle asks each node for its number from the top; the tree carries numbers up from the leaves.
    @Test func `add up in any tree`() throws {
        let environment = ProcessInfo.processInfo.environment
        let seed = UInt64(environment["BELLWETHER_TEST_SEED"] ?? "") ?? UInt64.random(in: 1...1_000_000)
        for number in 0..<150 {
            var random = SeededGenerator(seed: seed &+ UInt64(number))
            let teams = (0..<Int.random(in: 0...6, using: &random)).map { index in
                team(
                    "t\(index)",
                    below: index > 0 && Bool.random(using: &random)
                        ? "t\(Int.random(in: 0..<index, using: &random))" : nil)
            }
            let people = (0..<5).map { person("p\($0)", in: "t\(Int.random(in: 0...7, using: &random))") }
            let cells = (0..<25).map { _ in
                cell(
                    "p\(Int.random(in: 0...5, using: &random))",
                    in: "t\(Int.random(in: 0...7, using: &random))",
                    ForecastCategory.allCases.randomElement(using: &random) ?? .commit,
                    Int.random(in: -50...1_000, using: &random),
                    known: Int.random(in: 0...5, using: &random) > 0)
            }
            let calls = (0..<Int.random(in: 0...14, using: &random)).map { index in
                let (kind, id): (String, String?) =
                    switch Int.random(in: 0...9, using: &random) {
                    case 0: ("company", nil)
                    case 1...5: ("team", "t\(Int.random(in: 0...6, using: &random))")
                    default: ("person", "p\(Int.random(in: 0...4, using: &random))")
                    }
                return call(
                    kind, id,
                    Int.random(in: 0...4, using: &random) == 0
                        ? nil : Int.random(in: 0...5_000, using: &random),
                    by: Bool.random(using: &random) ? .own : .override, .commit,
                    basis: Bool.random(using: &random) ? .cumulative : .exclusive,
                    at: "2026-12-07T\(10 + index):00:00", number: index)
            }
            let organisation = organisation(teams, people)
            let rollup = try ForecastRollup(cells: cells, plan: [], organisation: organisation)
            let tree = CallTree(rollup.lines, calls: calls, category: .commit, organisation: organisation)
            let oracle = NaiveCalls(lines: rollup.lines, people: people, teams: teams, calls: calls)
            for (place, line) in tree.lines.enumerated() {
                let numbers = try #require(line.calls)
                try #require(
                    numbers.effective == oracle.effective(place, withOverrides: true),
                    "\(line.name), seed \(seed &+ UInt64(number))")
                let below = oracle.children(place)
                let sum = below.reduce(Amount.zero) { $0 + (tree.lines[$1].calls?.effective ?? .zero) }
                try #require(numbers.rolledUp == (below.isEmpty ? numbers.calculated : sum))
                let plain = below.reduce(Amount.zero) { $0 + oracle.effective($1, withOverrides: false) }
                try #require(numbers.indirect == (below.isEmpty ? .zero : sum - plain))
            }
        }
    }
}

/// A plain reckoning of a node's number, from the top downwards.
private struct NaiveCalls {
    let lines: [ForecastLine]
    let people: [Person]
    let teams: [Team]
    let calls: [Call]

    func children(_ place: Int) -> [Int] {
        var found: [Int] = []
        var next = place + 1
        while next < lines.count, lines[next].depth > lines[place].depth {
            if lines[next].depth == lines[place].depth + 1 { found.append(next) }
            next += 1
        }
        return found
    }

    private func parent(_ place: Int) -> ForecastLine? {
        lines[..<place].last { $0.depth == lines[place].depth - 1 }
    }

    func effective(_ place: Int, withOverrides: Bool) -> Amount {
        let line = lines[place]
        for kind in withOverrides ? [CallKind.override, .own] : [.own] {
            guard let call = calls.last(where: { $0.kind == kind && speaks($0, of: place) }),
                let amount = call.companyAmount
            else { continue }
            guard case .person(let id) = line.node else {
                return call.basis == .cumulative ? amount : line.sums[.closed].amount + amount
            }
            let others = lines.indices.filter { $0 != place && lines[$0].node == .person(id) }
            return others.reduce(call.basis == .cumulative ? amount : line.sums[.closed].amount + amount) {
                let sums = lines[$1].sums
                return $0 - (call.basis == .cumulative ? sums.commitCumulative.amount : sums[.commit].amount)
            }
        }
        let below = children(place)
        if below.isEmpty { return line.sums.commitCumulative.amount }
        return below.reduce(.zero) { $0 + effective($1, withOverrides: withOverrides) }
    }

    private func speaks(_ call: Call, of place: Int) -> Bool {
        switch lines[place].node {
        case .company: return call.target.kind == "company"
        case .team(let id): return call.target.kind == "team" && call.target.id == id
        case .person(let id):
            guard call.target.kind == "person", call.target.id == id,
                let person = people.first(where: { $0.id == id })
            else { return false }
            let all = lines.indices.filter { lines[$0].node == .person(id) }
            let home = all.last { index in
                guard case .team(let team)? = parent(index)?.node else {
                    return person.team.map { team in !teams.contains { $0.id == team } } ?? true
                }
                return team == person.team
            }
            return (home ?? all.first) == place
        default: return false
        }
    }
}
