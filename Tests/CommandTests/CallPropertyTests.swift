import Foundation
import TestSupport
import Testing

/// Random calls of random trees, told on time and late, against a reckoning that works from what was said.
@Suite("Random calls")
struct CallPropertyTests {
    @Test func `come to what a plain reckoning says, on each day`() throws {
        let environment = ProcessInfo.processInfo.environment
        let first = environment["BELLWETHER_TEST_SEED"].flatMap { Int($0) } ?? Int.random(in: 1...1_000_000)
        for seed in first..<first + 2 {
            let bench = try Bench()
            let expected = try Oracle.run("calls.py", [bench.folder.path, String(seed)])
            let days = try FileManager.default.contentsOfDirectory(atPath: bench.folder.path).sorted()
            for day in days {
                let load = try bench.run("load", "generic", day)
                try #require(load.status == 0, "seed \(seed): \(load)")
            }
            for (day, byCategory) in expected {
                let byCategory = try #require(byCategory as? [String: [String: [Any]]])
                for (category, nodes) in byCategory {
                    let rows = try bench.answer(
                        "call", "list", "--period", "FY2026Q2", "--by", "person", "--as-of", day,
                        "--category",
                        category
                    ).rows()
                    try #require(rows.count == nodes.count)
                    for row in rows {
                        let columns = ["calculated", "rolled_up", "submitted", "call_override", "call"]
                        let found = columns.map { row.text($0) ?? "-" }
                        let wanted = try #require(nodes[row.text("node") ?? ""]).map { $0 as? String ?? "-" }
                        try #require(
                            found == wanted, "seed \(seed), \(day), \(category), \(row.text("node") ?? "")")
                    }
                }
            }
            try #require(try bench.run("verify", "--rebuild", ".").status == 0, "seed \(seed)")
        }
    }
}
