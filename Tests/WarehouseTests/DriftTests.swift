import Model
import TestSupport
import Testing
import Warehouse

/// What becomes of a load when its columns are not those of the snapshot before.
@Suite("Schema drift")
struct DriftTests {
    private static func file(_ header: String, _ row: (Int) -> String) -> String {
        header + "\n" + (1...20).map { row($0) + "\n" }.joined()
    }

    private static let before = file("id,name,step") { "d\($0),n,go" }

    private func drift(
        _ after: String, keys: String = "", input: String = "", step: String = ""
    ) throws -> (lines: [String], held: [String], changed: Int) {
        let bench = try GuardBench()
        let mapping = GuardBench.mapping(keys: keys, input: input, step: step)
        try bench.load(Self.before, day: 0, mapping: mapping)
        let report = try bench.load(after, day: 1, mapping: mapping, dryRun: true)
        let entity = try #require(report.entities.first)
        return (entity.drift, report.trips.map(\.found), entity.changed + entity.new + entity.gone)
    }

    /// A changed header reads every row anew; versions come of other values only.
    @Test(arguments: ["amount", "Region"])
    func `a new column without a value re-versions nothing`(column: String) throws {
        let found = try drift(Self.file("id,name,\(column),step") { "d\($0),n,,go" })
        let use = column == "amount" ? "mapped to amount" : "not mapped"
        #expect(found.lines == ["\(column) is new in deals.csv (\(use))"])
        #expect(found.held.isEmpty && found.changed == 0)
    }

    @Test func `a column that nothing reads may go`() throws {
        let bench = try GuardBench()
        try bench.load(Self.file("id,name,step,Region") { "d\($0),n,go,x" }, day: 0)
        let report = try bench.load(Self.before, day: 1)
        #expect(report.entities[0].drift == ["Region is missing in deals.csv (not mapped)"])
        #expect(report.entities[0].changed == 0)
        #expect(try bench.warehouse.detail(ofLoad: 2).drift.map(\.text) == report.entities[0].drift)
    }

    @Test func `a mapped column that is missing holds the load, and one without values does not`() throws {
        let missing = try drift(Self.file("id,name") { "d\($0),n" })
        #expect(missing.held == ["step is missing in deals.csv (mapped to next_step)"])
        let bench = try GuardBench()
        try bench.load(Self.file("id,name,step,amount") { "d\($0),n,go," }, day: 0)
        let report = try bench.load(Self.before, day: 1)
        #expect(report.entities[0].drift == ["amount is missing in deals.csv"])
        #expect(report.trips.isEmpty)
    }

    @Test func `a missing column beside a new one is perhaps renamed`() throws {
        let found = try drift(Self.file("id,name,Next step") { "d\($0),n,go" })
        #expect(
            found.held
                == ["step is missing in deals.csv (mapped to next_step), perhaps renamed to Next step"])
        // The mapping lists the other name: nothing is lost.
        let known = try drift(Self.file("id,title,step") { "d\($0),n,go" })
        #expect(
            known.lines == ["name is missing in deals.csv, perhaps renamed to title"])
        #expect(known.held.isEmpty && known.changed == 0)
    }

    @Test func `a mapped column that lost every value holds the load`() throws {
        let found = try drift(Self.file("id,name,step") { "d\($0),n," })
        #expect(found.held == ["step has no value any more (mapped to next_step)"])
        let some = try drift(Self.file("id,name,step") { "d\($0),n,\($0 == 1 ? "go" : "")" })
        #expect(some.lines.isEmpty && some.held.isEmpty && some.changed == 19)
        // Values that went with their records were not lost by the column.
        let bench = try GuardBench()
        try bench.load(Self.before, day: 0)
        let few = try bench.load(
            "id,name,step\n" + (1...9).map { "d\($0),n,\n" }.joined(), day: 1, accept: [.gone])
        #expect(few.entities[0].drift.isEmpty && few.entities[0].gone == 11)
    }

    @Test func `a column that most rows cannot be read by is told by name`() throws {
        let bench = try GuardBench()
        try bench.load(Self.file("id,amount") { "d\($0),1" }, day: 0)
        let report = try bench.load(
            Self.file("id,amount") { "d\($0),\($0 <= 11 ? "EUR one" : "1")" }, day: 1, accept: [.rejects])
        #expect(
            report.entities[0].drift
                == ["amount cannot be read in more than half of the rows"])
        let half = try bench.load(
            Self.file("id,amount") { "d\($0),\($0 <= 10 ? "EUR one" : "1")" }, day: 2, accept: [.rejects])
        #expect(half.entities[0].drift.isEmpty)
    }

    /// Mapping, entity and column each have a word; the nearest counts.
    @Test func `the policy of the column counts before the entity's, and that before the mapping's`() throws {
        let missing = Self.file("id,name") { "d\($0),n" }
        let new = Self.file("id,name,step,Region") { "d\($0),n,go,x" }
        let line = "step is missing in deals.csv (mapped to next_step)"
        let region = "Region is new in deals.csv (not mapped)"
        #expect(try drift(missing, keys: "drift: warn") == ([line], [], 20))
        #expect(try drift(missing, keys: "drift: ignore") == ([], [], 20))
        #expect(try drift(new, keys: "drift: refuse") == ([region], [region], 0))
        #expect(try drift(new, keys: "drift: refuse", input: "drift: ignore") == ([], [], 0))
        #expect(
            try drift(missing, keys: "drift: ignore", input: "drift: warn", step: ", drift: refuse")
                == ([line], [line], 20))
        #expect(
            try drift(missing, keys: "drift: refuse", input: "drift: refuse", step: ", drift: ignore")
                == ([], [], 20))
    }
}
