import TestSupport
import Testing

/// Plans are compared with what they are for, and what drops out of them is a finding.
@Suite("Plans")
struct PlanTests {
    @Test(arguments: ["FY2026Q2", "FY26Q2", "fy2026q2", "Fy26q02"])
    func `count however their period is written`(label: String) throws {
        let bench = try bench("q1,quota,person,p1,\(label),150,USD")
        #expect(try forecast(bench).rows()[0].text("quota") == "150")
        #expect(try findings(bench).isEmpty)
    }

    @Test func `that are in no sum are findings`() throws {
        let bench = try bench(
            "q1,quota,person,p1,2026-Q2,150,USD", "q2,quota,person,p1,FY2026Q5,150,USD",
            "q3,quotum,person,p1,FY2026Q2,150,USD", "q4,quota,region,p1,FY2026Q2,150,USD",
            "q5,quota,person,p8,FY2026Q2,150,USD", "q6,quota,person,p1,FY2026Q2,,USD",
            "q7,quota,person,p1,FY2026Q2,150,XAU", "q8,quota,person,p1,,150,USD")
        #expect(try forecast(bench).rows()[0].isNull("quota"))
        #expect(
            try findings(bench) == [
                "q1 plan_period_unreadable", "q2 plan_period_unreadable", "q3 plan_kind_unknown",
                "q4 plan_node_kind_unknown", "q5 plan_node_unknown", "q6 plan_amount_missing",
                "q7 plan_rate_missing", "q8 plan_period_unreadable",
            ])
    }

    @Test func `of one person are not taken for the company's`() throws {
        let one = try forecast(bench("q1,quota,person,p1,FY2026Q2,450,USD"))
        #expect(
            one.headline.contains("150 USD under the sum of the quotas below, 450 USD"), "\(one.headline)")
        let own = try forecast(bench("q1,quota,company,,FY2026Q2,450,USD"))
        #expect(own.headline.contains("150 USD under the quota of 450 USD"), "\(own.headline)")
        let exact = try forecast(bench("q1,budget,team,t1,FY2026Q2,300,USD"))
        #expect(exact.headline.contains("exactly the sum of the budgets below"), "\(exact.headline)")
        let over = try forecast(bench("q1,quota,person,p1,FY2026Q2,250,USD"))
        #expect(
            over.headline.contains("50 USD over the sum of the quotas below, 250 USD"), "\(over.headline)")
    }

    private func bench(_ lines: String...) throws -> Bench {
        let bench = try Bench()
        let plan = ["id,kind,node_kind,node_id,period,amount,currency"] + lines
        try bench.mustLoad(
            "2026-05-04", Acme.exports.merging(["plan_line": plan.joined(separator: "\n") + "\n"]) { $1 })
        return bench
    }

    private func forecast(_ bench: Bench) throws -> PrintedAnswer {
        try bench.answer("forecast", "--period", "FY2026Q2")
    }

    private func findings(_ bench: Bench) throws -> [String?] {
        try bench.values(
            "select id || ' ' || code as value from bellwether.finding where entity = 'plan_line' order by id"
        )
    }
}
