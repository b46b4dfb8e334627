import Foundation
import TestSupport
import Testing

/// The benchmarks' form and what their contenders agree on; never how long anything took.
@Suite("Benchmarks")
struct BenchmarkTests {
    private struct Result: Decodable {
        let table: [[String]]
        let checks: [String]
        let targets: [[String]]
    }

    private func result(_ script: String, _ variables: [String: String]) throws -> Result {
        let folder = try TemporaryFolder()
        let file = folder.path + "/result.json"
        let outcome = try Benchmark.run(script, variables.merging(["RESULT": file]) { $1 })
        guard outcome.status == 0, let data = FileManager.default.contents(atPath: file) else {
            throw Command.Failure("\(outcome)")
        }
        return try JSONDecoder().decode(Result.self, from: data)
    }

    @Test func `every contender ends with the same records and versions`() throws {
        let found = try result("nightly.py", ["ROWS": "2000", "REPS": "1", "PEERS": "none"])
        // 1 % of 2,000 rows are 20 versions, 10 % 200 more, 100 % 2,000 more.
        #expect(
            found.checks == [
                "first load: 2,000 records, 2,000 versions",
                "nightly, 0 % changed: 2,000 records, 2,000 versions",
                "nightly, 1 % changed: 2,000 records, 2,020 versions",
                "nightly, 10 % changed: 2,000 records, 2,220 versions",
                "nightly, 100 % changed: 2,000 records, 4,220 versions",
            ])
        let contenders = [
            "bellwether load", "\\copy, all text", "\\copy, typed with key", "SQL diff by hand",
            "dbt snapshot", "dlt scd2",
        ]
        #expect(found.table.map { $0[1] } == Array(repeating: contenders, count: 5).flatMap { $0 })
        for row in found.table {
            #expect(row.count == 8)
            let isPeer = ["dbt snapshot", "dlt scd2"].contains(row[1])
            #expect((row[2] == "–") == isPeer && row[7] == (isPeer ? "left out" : ""))
            if row[1] == "\\copy, typed with key" { #expect(row[4] == "1.00") }
            if row[1] == "bellwether load" { #expect(row[5] == "1.00") }
            if !isPeer { #expect((Int(row[6]) ?? 0) > 5, "peak memory of \(row[1])") }
        }
        #expect(found.targets.count == 10)
        #expect(found.targets.filter { $0[3] == "not measured" }.count == 4)
    }

    @Test func `kills at random moments lose nothing and double nothing`() throws {
        let outcome = try Benchmark.run(
            "soak.py", ["KILLS": "4", "SERVER_KILLS": "1", "ROWS": "400", "SEED": "7"])
        #expect(outcome.status == 0, "\(outcome)")
        #expect(outcome.output.contains("nothing lost, nothing doubled"))
    }

    @Test func `the forecast is asked of a history that the product goes on with`() throws {
        let environment = [
            "DEALS": "600", "PEOPLE": "20", "NIGHTS": "90", "NIGHTS_LOADED": "2", "SHARE": "0.05",
            "REPS": "2",
        ]
        let found = try result("forecast.py", environment)
        #expect(found.table.prefix(1).map { $0[0] } == ["bellwether forecast"])
        let ours = found.table.filter { $0[0] == "bellwether forecast" }
        #expect(ours.map { $0[1] } == ["today", "a past day"] && ours.allSatisfy { $0[4] == "2" })
        #expect(found.targets.count == 2)
    }

    @Test func `storage and scale count every version`() throws {
        let environment = ["DEALS": "500", "NIGHTS": "4", "SHARE": "0.1"]
        let weighed = try Benchmark.run("storage.py", environment)
        #expect(weighed.status == 0, "\(weighed)")
        // Four nights of 500 deals: 500 and three times 50.
        #expect(weighed.output.contains("\n650 versions"))
        let grown = try Benchmark.run("scale.py", ["SCALE_ROWS": "300 600"])
        #expect(grown.status == 0, "\(grown)")
    }
}
