import Foundation
import Model
import TestSupport
import Testing

/// The sample company's coverage, pacing and calls, against a reckoning from its exports alone.
@Suite("The sample company's past")
struct SampleEnoughTests {
    /// One night with the CRM's history of the time before it.
    static let bench = Result { try loaded() }

    private static func loaded(_ options: String...) throws -> Bench {
        let bench = try Bench()
        for arguments in [
            ["sample", "halden", "--nights", "1", "--history"] + options,
            ["load", "generic", "halden/2026-12-07"],
        ] {
            let outcome = try bench.run(arguments, timeout: 120)
            guard outcome.status == 0 else { throw Command.Failure("\(arguments): \(outcome)") }
        }
        return bench
    }

    private static let nodes = [
        "Halden Instruments": "company", "East": "T-EAST", "West": "T-WEST", "EMEA": "T-EMEA",
    ]

    @Test func `fact 9: the next quarter's open is 2.1 times its budget, where 2.9 is usual`() throws {
        let answer = try Self.bench.get().answer("coverage", "--period", "next")
        #expect(
            answer.headline
                == "Halden Instruments FY2027Q1: open 12.60 M USD is 2.1 × the budget of 6.00 M USD; usual on this day 2.9 ×; short by 4.80 M USD"
        )
    }

    @Test func `fact 7: the call of week 10 was too high in six of the last eight quarters`() throws {
        let answer = try Self.bench.get().answer("pacing")
        #expect(
            answer.headline.hasSuffix(
                "; the week-10 call was too high in 6 of the last 8 quarters, by 6 % in the median"),
            "\(answer.headline)")
        #expect(answer.rows("calls").count == 8)
        #expect(answer.rows("calls").count { $0.amount("over") ?? .zero > .zero } == 6)
    }

    @Test(arguments: ["FY2026Q4", "FY2027Q1"])
    func `is as the exports say`(period: String) throws {
        let bench = try Self.bench.get()
        let expected = try Oracle.run("sample_enough.py", [bench.folder.path + "/halden", period])
        let byNode = try #require(expected["nodes"] as? [String: [String: Any]])
        let coverage = try bench.answer("coverage", "--period", period)
        for row in coverage.rows() {
            let node = try #require(row.text("node"))
            guard let id = Self.nodes[node] else { continue }
            let wanted = try #require(byNode[id])
            for column in ["plan", "closed", "open", "to_go"] {
                #expect(row.amount(column) == amount(wanted[column]), "\(node) \(column)")
            }
            for column in ["coverage", "usual", "required", "against_actuals"] {
                #expect(isNear(row.values[column], wanted[column]), "\(node) \(column)")
            }
            for column in ["usual_n", "required_n"] {
                #expect(row.integer(column) == wanted[column] as? Int, "\(node) \(column)")
            }
            let short = (wanted["short_by"] as? NSNumber)?.doubleValue
            let found = row.text("short_by").flatMap { Double($0) }
            #expect(abs((short ?? 0) - (found ?? .infinity)) < 0.01, "\(node)")
        }
        let periods = try #require(expected["periods"] as? [[String: Any]])
        for (node, id) in Self.nodes {
            let arguments = ["pacing", "--period", period] + (id == "company" ? [] : ["--team", node])
            let rows = try bench.answer(arguments).rows("periods")
            let wanted = periods.filter { $0["node"] as? String == id }
            #expect(rows.map { $0.text("period") } == wanted.map { $0["period"] as? String })
            for (row, wanted) in zip(rows, wanted) {
                #expect(row.text("day") == wanted["day"] as? String)
                #expect(row.text("landed_day") == wanted["landed_day"] as? String)
                let isLanded = row.text("landed_day") != nil
                for column in ["closed", "commit", "best_case", "pipeline"] + (isLanded ? Self.landed : []) {
                    #expect(
                        row.amount(column) == amount(wanted[column]),
                        "\(node) \(row.text("period") ?? "") \(column)")
                }
                if !isLanded { #expect(Self.landed.allSatisfy { row.isNull($0) }) }
            }
        }
        if let calls = expected["calls"] as? [String: Any], period == "FY2026Q4" {
            let found = try bench.answer("pacing", "--period", period).rows("calls")
            #expect(found.count == calls["n"] as? Int)
            #expect(found.count { $0.amount("over") ?? .zero > .zero } == calls["too_high"] as? Int)
        }
    }

    private static let landed = [
        "landed", "landed_closed", "landed_commit", "landed_best_case", "landed_pipeline", "landed_moved",
        "landed_created",
    ]

    @Test func `is the same once it is summarised`() throws {
        let bench = try Self.bench.get()
        let questions = [["coverage", "--period", "next"], ["coverage"], ["pacing", "--by", "person"]]
        let before = try questions.map { try bench.run($0).output }
        #expect(try bench.answer("summarise").rows()[0].integer("made") == 15)
        #expect(try questions.map { try bench.run($0).output } == before)
    }

    @Test func `tells nothing that is not planted`() throws {
        let bench = try Self.loaded("--plain")
        let coverage = try bench.answer("coverage", "--period", "next").headline
        #expect(!coverage.contains("2.1 ×") && coverage.contains("usual on this day"), "\(coverage)")
        let pacing = try bench.answer("pacing").headline
        #expect(!pacing.contains("by 6 %") && pacing.contains("the week-10 call"), "\(pacing)")
    }

    @Test func `with a 53rd week is compared by the days before each quarter's end`() throws {
        let bench = try Self.loaded("--calendar", "445")
        // FY2026Q4 has 14 weeks and ends on 2026-12-31; FY2025Q4 had 13 and ended on 2025-12-25.
        let periods = try bench.answer("pacing").rows("periods")
        #expect(periods.first { $0.text("period") == "FY2025Q4" }?.text("day") == "2025-12-01")
        #expect(try bench.answer("coverage", "--period", "next").headline.contains("12.60 M USD is 2.1 ×"))
        let weeks = try bench.answer("linearity").rows("weeks")
        #expect(weeks.count == 14 && weeks[0].text("start") == "2026-09-25")
    }

    private func amount(_ value: Any?) -> Amount? { (value as? String).flatMap { Amount($0) } }

    private func isNear(_ left: Any?, _ right: Any?) -> Bool {
        guard let left = left as? NSNumber, let right = right as? NSNumber else {
            return left is NSNull && right is NSNull
        }
        return abs(left.doubleValue - right.doubleValue) < 1e-9
    }
}
