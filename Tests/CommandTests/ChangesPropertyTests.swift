import Foundation
import Model
import TestSupport
import Testing

/// Through a real warehouse every bucket of every node is what a script reckons that compares two days deal by deal.
@Suite("Any company's changes")
struct ChangesPropertyTests {
    @Test(arguments: DrillDownTests.seeds.prefix(1))
    func `are those between its exports`(seed: UInt64) throws {
        let bench = try Bench()
        let truth = try Oracle.run("movement.py", ["random", bench.folder.path, "\(seed)"])
        for night in try #require(truth["nights"] as? [String]) {
            let outcome = try bench.run(
                "load", "generic", night, "--accept", "gone", "--accept", "amount", "--accept", "rows")
            try #require(outcome.status == 0, "seed \(seed): \(outcome)")
        }
        for item in try #require(truth["cases"] as? [[String: Any]]) {
            let words = ["from", "to", "period", "measure"].map { item[$0] as? String ?? "" }
            let found = try bench.answer(
                "changes", "--since", words[0], "--until", words[1], "--period", words[2], "--measure",
                words[3], "--by", "person", "--deals", "--nights")
            let expected = try MovementRows(oracle: try #require(item["answer"] as? [String: Any]))
            MovementRows(answer: found).expectSame(
                as: expected, "seed \(seed), \(words.joined(separator: " "))")
        }
        try compareWithForecasts(bench, "seed \(seed)")
        #expect(try bench.run("verify").status == 0)
    }

    /// Start and end are what `forecast` says on those days, team by team.
    private func compareWithForecasts(_ bench: Bench, _ place: String) throws {
        let days = ["2026-04-20", "2026-05-30"]
        for choice in ["as-was", "as-is", "2026-05-07"] {
            let rows = try bench.answer(
                "changes", "--since", days[0], "--until", days[1], "--period", "FY2026Q2", "--measure",
                "open",
                "--by", "person", "--org", choice
            ).rows("nodes")
            for (day, edge) in zip(days, ["start", "end"]) {
                let forecast = try bench.answer(
                    "forecast", "--as-of", day, "--period", "FY2026Q2", "--by", "person", "--org", choice
                ).rows("forecast")
                for row in forecast where row.amount("open") != .zero {
                    let same = rows.filter { $0.text("node") == row.text("node") && $0.amount(edge) != .zero }
                    #expect(
                        same.contains { $0.text(edge) == row.text("open") },
                        "\(place), \(choice), \(day), \(row.text("node") ?? "")")
                }
            }
        }
    }
}

/// The same on exports that real tools wrote, of which a second night is made by changing a tenth of the deals.
@Suite(
    "Real exports' changes",
    .enabled(
        if: RealData.isWanted, "skipped: there are no real CRM exports in BELLWETHER_DATA or ../shared/data"))
struct RealChangesTests {
    @Test(arguments: [
        ("maven-crm", "2017-10-15", "FY2017Q4"), ("salesforce-dtc", "2015-07-24", "FY2015"),
    ])
    func `are those between two nights`(mapping: String, first: String, period: String) throws {
        let bench = try Bench()
        let later = (try #require(Day(first)) + 7).description
        let source = RealData.folder + "/" + mapping
        try FileManager.default.copyItem(atPath: source, toPath: bench.folder.path + "/" + first)
        _ = try Oracle.run("movement.py", ["second", source, bench.folder.path + "/" + later, mapping, "7"])
        for day in [first, later] {
            let outcome = try bench.run("load", mapping, day, "--accept", "gone", "--accept", "amount")
            try #require(outcome.status == 0, "\(outcome)")
        }
        for measure in ["firm", "open", "closed", "pipeline"] {
            let truth = try Oracle.run(
                "movement.py", ["exports", bench.folder.path, mapping, period, first, later, measure])
            let expected = try MovementRows(oracle: truth)
            if measure == "firm" { #expect(expected.deals.count > 15, "\(expected.deals.count)") }
            let found = try bench.answer(
                "changes", "--since", "1w", "--until", later, "--period", period, "--measure", measure,
                "--by",
                "person", "--deals")
            MovementRows(answer: found).expectSame(as: expected, "\(mapping) \(measure)")
        }
    }
}
