import Foundation
import Model
import TestSupport
import Testing

/// Is it enough? Coverage, pacing and their kin of a small company, worked by hand.
@Suite("Is it enough")
struct EnoughTests {
    private static let bench = Result { try Corvid.bench() }

    private func answer(_ arguments: String...) throws -> PrintedAnswer {
        try Self.bench.get().answer(arguments)
    }

    private func isNear(_ found: Double?, _ wanted: Double) -> Bool {
        guard let found else { return false }
        return abs(found - wanted) < 1e-9
    }

    private func rate(_ row: PrintedRow?, _ column: String) -> Double? {
        (row?.values[column] as? NSNumber)?.doubleValue
    }

    // MARK: - Coverage

    @Test func `coverage is of what is left to go, beside what was usual`() throws {
        let answer = try answer("coverage")
        // Usual: 100 / 200 and 200 / 100, 1.25 in the median; 187.50 for 150 to go.
        #expect(
            answer.headline
                == "Corvid FY2026Q2: 150 USD to go to the budget of 200 USD, and open 150 USD is 1.0 × that; usual on this day 1.3 ×; short by 37.50 USD; 100 % of what is open must be won, 50 % usually is"
        )
        let company = try #require(answer.rows().first)
        #expect(company.text("plan") == "200" && company.text("to_go") == "150")
        #expect(company.text("state") == "open" && company.text("short_by") == "37.5")
        #expect(rate(company, "coverage") == 1 && rate(company, "coverage_total") == 0.75)
        #expect(rate(company, "usual") == 1.25 && company.integer("usual_n") == 2)
        #expect(rate(company, "required") == 2 && company.integer("required_n") == 2)
        // 100 / 100 and 200 / 100.
        #expect(rate(company, "against_actuals") == 1.5)
        #expect(rate(company, "must_win") == 1 && rate(company, "usually_won") == 0.5)
        #expect(company.text("created_later") == "10" && company.text("moved_in") == "15")
    }

    @Test func `coverage tells of each past period how it stood and what came of it`() throws {
        let answer = try answer("coverage")
        let periods = answer.rows("periods")
        #expect(periods.map { $0.text("period") } == ["FY2026Q1", "FY2025Q4"])
        #expect(periods.map { $0.text("day") } == ["2026-03-07", "2025-12-07"])
        #expect(periods.map { $0.text("open") } == ["200", "100"])
        #expect(periods.map { $0.text("landed") } == ["180", "200"])
        #expect(periods.map { $0.text("landed_open") } == ["100", "50"])
        #expect(periods.map { $0.text("landed_moved") } == ["0", "30"])
        #expect(periods.map { $0.text("landed_created") } == ["0", "20"])
        #expect(periods.map { rate($0, "required") } == [2, 2])
        // Of six quarters before them nothing is known.
        let left = try #require(answer.warnings["past_periods_left_out"])
        #expect(left.hasPrefix("6 of the last 8 periods left out: FY2025Q3 (nothing is known of 2025-09-06)"))
        #expect(answer.warnings["few_past_periods"]?.hasPrefix("only 2 past periods are known") == true)
        #expect(
            answer.passport("metrics") as? [String] == [
                "open/1", "closed/1", "coverage/1", "coverage_to_go/1", "coverage_vs_actuals/1",
                "required_coverage/1", "plan/1",
            ])
    }

    @Test func `a plan that is met or asks for nothing has no ratio`() throws {
        let rows = try answer("coverage", "--by", "person").rows()
        let east = try #require(rows.first { $0.text("node") == "East" })
        #expect(east.text("state") == "met" && east.text("to_go") == "0")
        #expect(east.isNull("coverage") && east.isNull("must_win") && east.isNull("short_by"))
        #expect(rate(east, "coverage_total") == 1.2)
        let west = try #require(rows.first { $0.text("node") == "West" })
        #expect(west.text("plan") == "0" && west.text("state") == "no plan" && west.isNull("coverage"))
        #expect(
            rows.filter { $0.text("level") == "person" }.map { $0.text("node") } == ["Ann", "Bob", "Cleo"])
        let screen = try Self.bench.get().run("coverage")
        #expect(screen.text.contains("Met: nothing is left to go"), "\(screen)")
    }

    @Test func `headlines say so when a plan is met, asks for nothing, or is not there`() throws {
        #expect(
            try answer("coverage", "--team", "East").headline
                == "East FY2026Q2: the budget of 50 USD is met with 50 USD closed; 60 USD more is open")
        #expect(
            try answer("coverage", "--team", "West").headline
                == "West FY2026Q2: open 90 USD, and a budget of nothing")
        #expect(
            try answer("coverage", "--period", "FY2026Q3").headline
                == "Corvid FY2026Q3: open 0 USD, and no plan for it")
    }

    @Test func `a person is compared with the own past`() throws {
        let answer = try answer("coverage", "--person", "Bob")
        #expect(answer.rows().map { $0.text("node") } == ["Bob"])
        let bob = try #require(answer.rows().first)
        // 100 to go and 90 open; of 60 then 50 was won, of 120 100. No quota is planned for the past.
        #expect(rate(bob, "coverage") == 0.9 && bob.isNull("usual") && rate(bob, "required") == 1.2)
    }

    @Test(arguments: [
        ("FY2026Q2", "2026-03-31", ["2025-12-31"]), ("FY2026Q1", "2026-03-07", ["2025-12-07"]),
    ])
    func `a period that has not begun is compared by days before its beginning`(
        period: String, asOf: String, days: [String]
    ) throws {
        // On the last day before it begins, the other periods on theirs.
        let answer = try answer("coverage", "--period", period, "--as-of", asOf)
        #expect(answer.rows("periods").map { $0.text("day") } == days)
    }

    // MARK: - Pacing

    @Test func `pacing compares each measure with the same day`() throws {
        let answer = try answer("pacing", "--by", "company")
        #expect(
            answer.headline
                == "Corvid FY2026Q2, 24 days left: closed 50 USD, 40 USD behind the median of the last 2 quarters on this day; closed + commit is 140 USD, then 96 % of what the period landed at; landings were 180 USD to 200 USD"
        )
        let rows = answer.rows()
        #expect(
            rows.map { $0.text("measure") } == [
                "Closed", "Commit", "Best case", "Pipeline", "Closed + commit", "Open",
            ])
        #expect(rows.map { $0.text("now") } == ["50", "90", "60", "0", "140", "150"])
        #expect(rows.map { $0.text("last_8_median") } == ["90", "90", "20", "40", "180", "150"])
        #expect(rows.map { $0.text("ahead") } == ["-40", "0", "40", "-40", "-40", "0"])
        #expect(rows.map { $0.integer("n") } == Array(repeating: 2, count: 6))
        // 80 / 180 and 100 / 200.
        #expect(rate(rows[0], "of_landed_high") == 0.5)
        let periods = answer.rows("periods")
        #expect(periods.map { $0.text("landed_commit") } == ["100", "50"])
        #expect(periods.map { $0.text("landed_pipeline") } == ["0", "0"])
        #expect(periods.map { $0.text("landed_closed") } == ["80", "100"])
    }

    @Test func `pacing leaves out a period of whose day nothing is known, and names it`() throws {
        let days = Corvid.days.filter { $0 != "2026-03-07" }
        let answer = try Corvid.bench(days).answer("pacing")
        #expect(answer.rows("periods").map { $0.text("period") } == ["FY2025Q4"])
        let left = answer.warnings["past_periods_left_out"]
        #expect(left?.contains("FY2026Q1 (no snapshot of 2026-03-07)") == true, "\(left ?? "")")
    }

    @Test func `without a past there is nothing to compare with, and that is said`() throws {
        let bench = try Corvid.bench(["2025-12-07"])
        let pacing = try bench.answer("pacing")
        #expect(pacing.headline.hasSuffix("closed 100 USD, and no past period to compare with"))
        #expect(pacing.rows("periods").isEmpty)
        #expect(pacing.warnings["few_past_periods"]?.hasPrefix("no past period is known") == true)
        let coverage = try bench.answer("coverage")
        #expect(
            coverage.headline
                == "Corvid FY2025Q4: 200 USD to go to the budget of 300 USD, and open 100 USD is 0.50 × that")
        #expect(coverage.rows()[0].isNull("usual") && coverage.rows()[0].integer("usual_n") == 0)
        let linearity = try bench.answer("linearity")
        #expect(linearity.headline.hasSuffix("and no past period to compare with"))
        // Nothing at all is asked of all of time.
        #expect(try bench.answer("pacing", "--period", "all").rows()[0].text("now") == "100")
    }

    @Test func `with one past period it is the median, and a warning says so`() throws {
        let answer = try Corvid.bench(Array(Corvid.days.prefix(3))).answer("coverage")
        let company = try #require(answer.rows().first)
        #expect(rate(company, "usual") == 0.5 && company.integer("usual_n") == 1)
        #expect(answer.warnings["few_past_periods"]?.contains("only 1 past period is known") == true)
    }

    @Test func `a frozen period landed on the day that froze it`() throws {
        // The third business day after the year's end, without New Year's Day, is 2026-01-06.
        let frozen = "id,name,currency,fiscal_year_start_month,freeze_business_day\nc,Corvid,USD,1,3\n"
        let bench = try Corvid.bench(
            Corvid.days, ["company": frozen, "holiday": "id,holiday_date\nh1,2026-01-01\n"])
        // No snapshot is of that day: the next one after it is 2026-03-07.
        let landed = try bench.answer("coverage").rows("periods").map { $0.text("landed_day") }
        #expect(landed == ["2026-06-06", "2026-03-07"])
    }

    // MARK: - Attainment

    @Test func `attainment counts who carries the number`() throws {
        let answer = try answer("attainment", "--by", "person")
        // Cleo came on 2026-05-16, 46 of 91 days before the end: 92 of her 182.
        #expect(
            answer.headline
                == "Corvid FY2026Q2, 24 days left: 50 USD closed is 15 % of the quota of 332 USD; of 3 people 1 at 100 % or more, 0 at 70 to 100 %, 2 below; quota is 166 % of the budget"
        )
        let rows = answer.rows()
        let company = try #require(rows.first)
        #expect(company.integer("people") == 3 && company.integer("at_100") == 1)
        #expect(company.integer("at_70") == 0 && company.integer("below_70") == 2)
        #expect(rate(company, "over_budget") == 1.66 && company.text("prorated") == "242")
        let cleo = try #require(rows.first { $0.text("node") == "Cleo" })
        #expect(cleo.text("prorated") == "92" && rate(cleo, "attainment") == 0)
        let groups = answer.rows("people")
        #expect(groups.map { $0.text("group") } == ["all"])
        #expect(rate(groups[0], "median") == 0 && rate(groups[0], "upper_quartile") == 0.5)
    }

    // MARK: - Concentration

    @Test func `concentration counts the deals that must close`() throws {
        let answer = try answer("concentration", "--by", "person")
        let company = try #require(answer.rows().first)
        #expect(
            answer.headline
                == "Corvid FY2026Q2: the largest deal (Soon, 90 USD) is 100 % of commit; closed + commit is short of the budget already"
        )
        #expect(company.text("commit") == "90" && company.integer("must_close_plan") == 0)
        #expect(rate(company, "top_1") == 1 && rate(company, "hhi") == 1)
        // East holds its budget without any commit: nothing can be missed by losing it.
        let east = try #require(answer.rows().first { $0.text("node") == "East" })
        #expect(east.integer("deals") == 0 && east.isNull("must_close_plan") && east.isNull("top_1"))
        #expect(answer.rows("deals").map { $0.text("deal") } == ["Soon"])
        #expect(answer.rows("accounts").map { $0.text("name") } == ["Globex"])
        let before = try self.answer("concentration", "--as-of", "2026-03-07")
        // 80 closed + 120 in commit against 180: the one deal must close.
        #expect(before.rows()[0].integer("must_close_plan") == 1)
        #expect(before.headline.hasSuffix("without the largest deal closed + commit is short of the budget"))
    }

    // MARK: - Linearity

    @Test func `linearity tells weeks and months beside those of the past`() throws {
        let answer = try answer("linearity", "--period", "FY2026Q1", "--as-of", "2026-03-31")
        // 80 on 15 January, 100 on 20 March; FY2025Q4: 100 on 1 November, 100 in December.
        #expect(
            answer.headline
                == "Corvid FY2026Q1: 180 USD closed, 56 % of it in month 3; usually 50 % comes in month 3 (50 % to 50 % in the last 1)"
        )
        let company = try #require(answer.rows().first)
        #expect(isNear(rate(company, "part_1"), 0.444_444_444_4))
        #expect(rate(company, "part_2") == 0)
        // Eleven empty weeks, 80 and 100 in 13: (2·12 − 14)·80 + (2·13 − 14)·100 = 2,000 / (13 · 180).
        #expect(isNear(rate(company, "gini"), 0.854_700_854_7))
        let weeks = answer.rows("weeks")
        #expect(weeks.count == 13 && weeks[2].text("closed") == "80" && weeks[11].text("closed") == "100")
        #expect(rate(weeks[12], "share_cum") == 1)
        let running = try self.answer("linearity")
        #expect(running.headline.hasPrefix("Corvid FY2026Q2 so far: 50 USD closed; usually"))
        #expect(running.rows()[0].isNull("gini") && running.rows("weeks")[12].isNull("closed"))
    }

    // MARK: - Wrong questions

    @Test(arguments: [
        ["linearity", "--period", "all"], ["coverage", "--period", "FY2026Q5"], ["pacing", "--team", "Eest"],
        ["attainment", "--ramp", "2"], ["concentration", "--limit", "0"], ["coverage", "--by", "deal"],
        ["summarise", "--daily"], ["pacing", "--as-of", "2020-01-01"],
    ])
    func `asked wrongly is status 64`(arguments: [String]) throws {
        let outcome = try Self.bench.get().run(arguments)
        #expect(outcome.status == 64 && outcome.output.isEmpty && !outcome.errors.isEmpty, "\(outcome)")
    }

    @Test(arguments: ["coverage", "pacing", "attainment", "concentration", "linearity"])
    func `fits a screen, and is the same in every format`(command: String) throws {
        let bench = try Self.bench.get()
        for arguments in [[command], [command, "--by", "person"], [command, "--period", "FY2026"]] {
            let screen = try bench.run(arguments)
            #expect(screen.status == 0 && screen.errors.isEmpty, "\(screen)")
            #expect(screen.output.split(separator: "\n").allSatisfy { $0.count <= 100 }, "\(screen)")
            let script = try TemporaryFolder()
            try script.write("answer.json", try bench.run(arguments + ["--format", "json"]).output)
            try script.write("answer.csv", try bench.run(arguments + ["--format", "csv"]).output)
            let read = try Oracle.run(
                "answer_formats.py", [script.path + "/answer.json", script.path + "/answer.csv"])
            #expect(read["differences"] as? [String] == [], "\(arguments)")
        }
    }
}
