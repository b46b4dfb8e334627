import Analytics
import Model
import Testing

@Suite("The tree of teams")
struct TeamTreeTests {
    @Test func `is read from the top by name, ties by key`() throws {
        let tree = try TeamTree(
            organisation([
                team("3", "West"), team("1", "East"), team("6", "North", below: "1"),
                team("5", "North", below: "1"),
                team("4", "Alps", below: "1"),
            ]))
        #expect(tree.roots.map(\.id.id) == ["1", "3"])
        #expect(tree.children(of: key("1")).map(\.id.id) == ["4", "5", "6"])
        #expect(tree.children(of: key("3")).isEmpty)
        #expect(tree.subtree(of: key("1")).map(\.id) == ["1", "4", "5", "6"])
        #expect(tree.team(key("4"))?.name == "Alps" && tree.team(key("9")) == nil)
    }

    @Test func `puts a team whose parent is unknown below the company`() throws {
        let tree = try TeamTree(organisation([team("1", below: "gone"), team("2", below: "1")]))
        #expect(tree.roots.map(\.id.id) == ["1"])
        #expect(tree.children(of: key("1")).map(\.id.id) == ["2"])
    }

    @Test func `keeps the parents of one source apart from another's ids`() throws {
        let other = Team(id: RecordID(source: "t", id: "1"), name: "Other", parent: nil, lead: nil)
        let below = Team(
            id: RecordID(source: "t", id: "2"), name: "Below", parent: RecordID(source: "t", id: "1"),
            lead: nil)
        let tree = try TeamTree(organisation([team("1", "Mine"), other, below]))
        #expect(tree.roots.map(\.name) == ["Mine", "Other"])
        #expect(tree.children(of: key("1")).isEmpty)
    }

    @Test(arguments: [
        ([("a", "a")], "a → a"), ([("a", "b"), ("b", "a")], "a → b → a"),
        ([("a", "b"), ("b", "c"), ("c", "b"), ("d", "a")], "b → c → b"),
    ])
    func `refuses a circle and prints it`(parents: [(String, String)], circle: String) throws {
        let teams = parents.map { team($0.0, below: $0.1) } + [team("z")]
        let error = try #require(throws: BellwetherError.self) { try TeamTree(organisation(teams)) }
        #expect(error.code == .organisationCircle)
        #expect(error.message == "teams report in a circle: \(circle)")
    }

    /// Deep enough to end any recursion that takes a level of the stack a team.
    @Test func `may be three thousand teams deep`() throws {
        let teams = (0..<3_000).map { team("\($0)", below: $0 == 0 ? nil : "\($0 - 1)") }
        let tree = try TeamTree(organisation(teams.shuffled()))
        #expect(tree.roots.count == 1 && tree.subtree(of: key("0")).count == 3_000)
        let rollup = try ForecastRollup(
            cells: [cell("p", in: "2999")], plan: [],
            organisation: organisation(teams, [person("p", in: "2999")]))
        #expect(rollup.lines.count == 3_002)
        #expect(rollup.lines.allSatisfy { $0.sums[.commit].amount == Amount(100) })
    }
}
