import Foundation
import Model
import TestSupport
import Testing

/// In any company that reorganises, each choice of organisation gives the lines that a script reckons from the
/// files, what is below a node adds up to it, and the company is the same under all of them.
@Suite("Any reorganisation")
struct OrganisationPropertyTests {
    /// All that is summed up the tree.
    private static let sums =
        ForecastCategory.allCases.flatMap { [$0.rawValue, $0.rawValue + "_count"] } + [
            "open", "open_count", "past_due", "past_due_count", "undated", "undated_count", "won_undated",
            "won_undated_count", "earlier_past_due", "earlier_past_due_count", "commit_cum", "upside_cum",
            "next_open", "commit_by_stage_count", "pipeline_by_stage_count",
        ]

    @Test(arguments: DrillDownTests.seeds.prefix(1))
    func `moves deals between nodes and nothing in the company`(seed: UInt64) throws {
        let bench = try Bench()
        let company = RandomOrganisation(seed: seed)
        for (day, exports) in zip(RandomOrganisation.days, company.nights) {
            let outcome = try bench.load(day, exports, "--accept", "gone")
            try #require(outcome.status == 0, "\(outcome)")
        }
        for day in RandomOrganisation.days {
            let others = RandomOrganisation.days.filter { $0 != day }
            var totals: [[String: String]] = []
            for choice in ["as-was", "as-is"] + others {
                let place = "seed \(seed), as of \(day), \(choice)"
                let rows = try bench.answer(
                    "forecast", "--by", "person", "--period", "FY2026Q2", "--as-of", day, "--org", choice
                ).rows("forecast")
                let organisation =
                    choice == "as-is" ? RandomOrganisation.days.last : (choice == "as-was" ? nil : choice)
                let truth = try Oracle.run(
                    "generic.py", [bench.folder.path, "FY2026Q2", day] + (organisation.map { [$0] } ?? []))
                try compare(rows, truth, place)
                for parent in rows { check(parent, above: rows, place) }
                totals.append(try total(rows))
            }
            #expect(Set(totals).count == 1, "seed \(seed), as of \(day): \(totals)")
        }
    }

    /// A node is the sum of those directly below it; deals belong to people, so that no team has any of its own.
    private func check(_ parent: PrintedRow, above rows: [PrintedRow], _ place: String) {
        guard parent.text("level") != "person", parent.text("node") != "Unassigned" else { return }
        let children = rows.filter { $0.text("parent") == parent.text("node") }
        for column in Self.sums {
            let sum = children.reduce(Amount.zero) { $0 + value($1, column) }
            #expect(sum == value(parent, column), "\(place), \(parent.text("node") ?? "") \(column)")
        }
    }

    private func value(_ row: PrintedRow, _ column: String) -> Amount {
        row.amount(column) ?? row.integer(column).map { Amount($0) } ?? .zero
    }

    private func total(_ rows: [PrintedRow]) throws -> [String: String] {
        let company = try #require(rows.first { $0.text("level") == "company" })
        return Dictionary(
            Self.sums.map { ($0, value(company, $0).description) }, uniquingKeysWith: { first, _ in first })
    }

    private func compare(_ rows: [PrintedRow], _ truth: [String: Any], _ place: String) throws {
        let lines = try #require(truth["lines"] as? [[String: Any]])
        let expected = Dictionary(
            lines.map { (Node($0["level"] as? String, $0["parent"] as? String, $0["node"] as? String), $0) },
            uniquingKeysWith: { first, _ in first })
        #expect(Set(rows.map(Node.init)) == Set(expected.keys) && rows.count == lines.count, "\(place)")
        for row in rows {
            for (column, value) in expected[Node(row)] ?? [:] where column != "node" {
                let printed: String? = row.text(column) ?? row.integer(column).map(String.init)
                let wanted = value as? String ?? (value as? NSNumber)?.stringValue
                #expect(printed == wanted, "\(place), \(Node(row)) \(column)")
            }
        }
    }
}
