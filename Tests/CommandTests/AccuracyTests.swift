import Foundation
import Model
import TestSupport
import Testing

/// How good the calls of a small company were, worked by hand.
@Suite("Accuracy of calls")
struct AccuracyTests {
    static let bench = Result { try Ibis.bench() }

    private func answer(_ arguments: String...) throws -> PrintedAnswer {
        try Self.bench.get().answer(["accuracy"] + arguments)
    }

    private func rate(_ row: PrintedRow?, _ column: String) -> Double? {
        (row?.values[column] as? NSNumber)?.doubleValue
    }

    private func isNear(_ found: Double?, _ wanted: Double) -> Bool {
        found.map { abs($0 - wanted) < 1e-9 } ?? false
    }

    @Test func `a call is compared with what its period was frozen at`() throws {
        let answer = try answer()
        #expect(
            answer.headline
                == "Ibis, calls of week 10: 5 % off over 4 past periods, 5 % too high in all; too high in 4 of 4, 5 % in the median; within 5 % in 4, within 10 % in 4"
        )
        let week = try #require(answer.rows().first { $0.integer("week") == 10 })
        // 230 called for 220, four times.
        #expect(isNear(rate(week, "wape"), 40.0 / 880) && isNear(rate(week, "bias"), 40.0 / 880))
        #expect(isNear(rate(week, "within_5"), 1) && week.integer("too_high") == 4)
        // Deals said 160.
        #expect(isNear(rate(week, "deals_wape"), 240.0 / 880))
        #expect(isNear(rate(week, "deals_bias"), -240.0 / 880))
        let periods = answer.rows("periods")
        #expect(periods.map { $0.text("period") } == ["FY2025Q4", "FY2025Q3", "FY2025Q2", "FY2025Q1"])
        #expect(periods.allSatisfy { $0.text("call") == "230" && $0.text("landed") == "220" })
        #expect(periods.map { $0.text("landed_day") } == Ibis.quarters.reversed().map(\.2))
        #expect(periods.allSatisfy { $0.values["is_frozen"] as? Bool == true })
    }

    @Test func `weeks of which nothing is known have no numbers`() throws {
        for row in try answer().rows() where row.integer("week") != 10 {
            #expect(row.integer("n") == 0 && row.isNull("wape") && row.isNull("within_5"))
        }
    }

    @Test func `each node is judged by its own number`() throws {
        let rows = try answer("--by", "person").rows("nodes")
        func node(_ name: String) throws -> PrintedRow {
            try #require(rows.first { $0.text("node") == name })
        }
        let (east, west, ann) = (try node("East"), try node("West"), try node("Ann"))
        let (bob, cy, all) = (try node("Bob"), try node("Cy"), try node("Ibis"))
        // 150 for 120, 80 for 100, 100 for 100, 70 for 20, 50 for 100.
        #expect(isNear(rate(east, "wape"), 0.25) && isNear(rate(east, "bias"), 0.25))
        #expect(isNear(rate(west, "bias"), -0.2))
        #expect(rate(ann, "wape") == 0 && isNear(rate(ann, "within_5"), 1))
        #expect(isNear(rate(bob, "bias"), 2.5) && rate(bob, "within_10") == 0)
        #expect(isNear(rate(cy, "bias"), -0.5))
        // Of sixteen commits eight came; Bob's eight are too few to say a rate of.
        #expect(isNear(rate(all, "commit_won"), 0.5) && bob.isNull("commit_won"))
    }

    @Test func `what each level of calls added is its misses before less those after`() throws {
        let rows = try answer().rows("value_added")
        func level(_ id: String) throws -> PrintedRow { try #require(rows.first { $0.text("level") == id }) }
        // Bob's 70 for 60 is worse by 10 and Cy's 50 for 0 better by 50, in each of four quarters; Ann's is what deals say.
        let people = try level("person_own")
        #expect(people.integer("n") == 12 && people.text("money") == "160")
        #expect(people.integer("better") == 4 && people.integer("worse") == 4 && rate(people, "p") == 1)
        #expect(isNear(rate(people, "added"), 160.0 / 880))
        // 150 in the place of 170, for 120; 80 in the place of 50, for 100. Four are too few for a rate.
        let overrides = try level("team_override")
        #expect(overrides.text("money") == "80" && overrides.integer("n") == 4 && overrides.isNull("added"))
        let own = try level("team_own")
        #expect(own.text("money") == "120")
        // 230 in the place of 160, for 220.
        let all = try level("all")
        #expect(all.text("money") == "200" && all.integer("better") == 4)
        #expect(rows.count == 4)
    }

    @Test func `of each category is told what came, and of what was won where it had been`() throws {
        let rows = try answer().rows("categories")
        #expect(rows.map { $0.integer("n") } == [4, 16, 8, 0])
        #expect(rows.map { $0.integer("won") } == [4, 8, 8, 0])
        #expect(rows.map { $0.text("amount") } == ["200", "440", "480", "0"])
        let commit = rows[1]
        #expect(
            isNear(rate(commit, "precision"), 0.5) && isNear(rate(commit, "precision_amount"), 200.0 / 440))
        // Wilson's interval of 8 of 16.
        #expect(abs((rate(commit, "precision_low") ?? 0) - 0.27999564) < 1e-6)
        #expect(abs((rate(commit, "precision_high") ?? 0) - 0.72000436) < 1e-6)
        #expect(
            isNear(rate(commit, "recall"), 8.0 / 20) && isNear(rate(commit, "recall_amount"), 200.0 / 880))
        #expect(rows[3].isNull("precision") && rows[3].isNull("precision_amount"))
        // Eight deals are too few to say a rate of.
        #expect(rows[2].isNull("precision") && isNear(rate(rows[2], "recall"), 0.4))
    }

    @Test func `who tells of a risk before a slip is counted`() throws {
        let rows = try answer("--by", "person").rows("disclosure")
        #expect(rows.map { $0.text("person") } == ["Bob", "Ibis"])
        #expect(rows.allSatisfy { $0.integer("slipped") == 8 && $0.integer("told") == 2 })
        #expect(rows.allSatisfy { isNear(rate($0, "share"), 0.25) && $0.isNull("median_days") })
    }

    @Test func `a correction after the freeze changes nothing`() throws {
        let bench = try Ibis.bench()
        let before = try bench.run("accuracy", "--format", "csv").output
        let text = try String(
            contentsOfFile: bench.folder.path + "/2025-10-03/opportunity.csv", encoding: .utf8)
        try bench.folder.write(
            "2025-10-03/opportunity.csv", text.replacing("g2,g2,p3,Won,100", with: "g2,g2,p3,Won,900"))
        let outcome = try bench.run(
            "load", "generic", "2025-10-03", "--replace", "--accept", "amount", "--accept", "older")
        try #require(outcome.status == 0, "\(outcome)")
        #expect(try bench.run("accuracy", "--format", "csv").output == before)
    }

    @Test func `another organisation, and a week or a period without one, are refused`() throws {
        let bench = try Self.bench.get()
        for (arguments, code) in [
            (["--org", "as-is"], "BW506"), (["--week", "15"], "BW581"), (["--period", "all"], "BW580"),
        ] {
            let outcome = try bench.run(["accuracy"] + arguments)
            #expect(outcome.status != 0 && outcome.errors.contains(code), "\(arguments) \(outcome)")
        }
    }
}
