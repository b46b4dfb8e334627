import Model
import TestSupport
import Testing

/// What is odd but loadable is loaded as it stands, and shows in every answer that it touches.
@Suite("Findings")
struct FindingTests {
    @Test func `a negative amount counts as it stands and is a finding`() throws {
        let bench = try bench(Acme.deals("d1,First,a1,p1,New,commit,-100.5,USD,2026-06-30"))
        let finding = try findings(bench)["amount_negative"]
        #expect(finding == Finding(records: 1, example: "-100.5"))
        #expect(try forecast(bench).rows()[0].text("commit") == "-100.5")
    }

    @Test func `an unknown stage is a column of its own, a warning and a finding`() throws {
        let bench = try bench(
            Acme.deals("d1,First,a1,p1,Newish,,100,USD,2026-06-30", "d2,Second,a1,p2,New,,200,USD,2026-06-30")
        )
        #expect(try findings(bench)["stage_unmapped"] == Finding(records: 1, example: "Newish"))
        let answer = try forecast(bench)
        let company = answer.rows()[0]
        #expect(company.text("unmapped") == "100" && company.integer("unmapped_count") == 1)
        #expect(company.text("pipeline") == "200" && company.text("open") == "200")
        #expect(answer.warnings["unmapped_deals"]?.contains("100") == true)
        let screen = try bench.run("forecast", "--period", "FY2026Q2").output
        #expect(screen.contains("Unmapped"))
        let deals = try bench.answer("deals", "--period", "FY2026Q2", "--category", "unmapped").rows()
        #expect(deals.map { $0.text("id") } == ["d1"])
    }

    /// The deal's own category counts although nobody knows its stage.
    @Test func `an unknown stage with a known category stays in its category`() throws {
        let bench = try bench(Acme.deals("d1,First,a1,p1,Newish,commit,100,USD,2026-06-30"))
        #expect(try findings(bench)["stage_unmapped"]?.records == 1)
        #expect(try forecast(bench).rows()[0].text("commit") == "100")
    }

    @Test func `an owner who is nobody is a line of its own, a warning and a finding`() throws {
        let bench = try bench(
            Acme.deals(
                "d1,First,a1,p9,New,commit,100,USD,2026-06-30", "d2,Second,a1,,New,commit,200,USD,2026-06-30")
        )
        let found = try findings(bench)
        #expect(found["owner_unknown"] == Finding(records: 1, example: "p9"))
        #expect(found["owner_missing"]?.records == 1)
        let answer = try forecast(bench)
        let line = try #require(answer.rows().first { $0.text("node") == "Unassigned" })
        #expect(line.text("commit") == "300" && line.integer("commit_count") == 2)
        #expect(answer.rows()[0].text("commit") == "300")
        #expect(answer.warnings["unassigned_deals"]?.contains("2 deals") == true)
    }

    @Test func `references that lead nowhere are findings`() throws {
        let bench = try bench(Acme.deals("d1,First,a9,p1,New,commit,100,USD,2026-06-30"))
        #expect(try findings(bench)["account_unknown"] == Finding(records: 1, example: "a9"))
        try bench.mustLoad(
            "2026-05-05",
            [
                "team": "id,name,parent_id\nt1,East,t9\nt2,West,\n",
                "person": "id,name,team_id\np1,Ann,t1\np2,Bob,t8\n",
                "opportunity": Acme.deals,
            ])
        let found = try findings(bench)
        #expect(found["parent_unknown"] == Finding(records: 1, example: "t9"))
        #expect(found["team_unknown"] == Finding(records: 1, example: "t8"))
        let rows = try forecast(bench, "--by", "person").rows()
        #expect(rows.map { $0.text("node") } == ["Acme", "East", "Ann", "West", "No team", "Bob"])
        #expect(rows[0].text("commit") == "300" && rows[4].text("commit") == "200")
    }

    @Test func `a currency without a plan rate stays out of the sums and says so`() throws {
        let bench = try bench(
            Acme.deals(
                "d1,First,a1,p1,New,commit,100,XAU,2026-06-30",
                "d2,Second,a1,p2,New,commit,200,USD,2026-06-30"))
        #expect(try findings(bench)["rate_missing"] == Finding(records: 1, example: "XAU"))
        let answer = try forecast(bench)
        #expect(answer.rows()[0].text("commit") == "200" && answer.rows()[0].integer("commit_count") == 2)
        #expect(answer.warnings["rate_missing"]?.contains("1 deal left out") == true)
    }

    @Test func `a won deal without a close date is a finding`() throws {
        let bench = try bench(
            Acme.deals("d1,First,a1,p1,Won,,100,USD,", "d2,Second,a1,p2,New,commit,200,USD,"))
        #expect(try findings(bench)["won_without_close_date"]?.records == 1)
        let company = try forecast(bench).rows()[0]
        #expect(company.text("undated") == "200" && company.integer("undated_count") == 1)
    }

    @Test func `teams that report in a circle are named`() throws {
        let bench = try bench(Acme.deals)
        try bench.mustLoad(
            "2026-05-05", ["team": "id,name,parent_id\nt1,East,t2\nt2,West,t1\n", "opportunity": Acme.deals])
        let outcome = try bench.run("forecast")
        #expect(outcome.errors.contains("BW508"), "\(outcome)")
        #expect(outcome.errors.contains("East → West → East"), "\(outcome)")
    }

    private struct Finding: Equatable {
        var records: Int?
        var example: String?
    }

    private func bench(_ deals: String) throws -> Bench {
        let bench = try Bench()
        try bench.mustLoad("2026-05-04", Acme.reference.merging(["opportunity": deals]) { $1 })
        return bench
    }

    private func findings(_ bench: Bench) throws -> [String: Finding] {
        var found: [String: Finding] = [:]
        for row in try bench.answer("findings").rows() {
            found[row.text("finding") ?? ""] = Finding(
                records: row.integer("records"), example: row.text("example"))
        }
        return found
    }

    private func forecast(_ bench: Bench, _ options: String...) throws -> PrintedAnswer {
        try bench.answer(["forecast", "--period", "FY2026Q2"] + options)
    }
}
