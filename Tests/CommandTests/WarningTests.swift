import TestSupport
import Testing

/// What is odd about the deals of a scope is said by every answer that they touch, and by no other.
@Suite("Warnings")
struct WarningTests {
    /// What is odd, and the deal that has it, of Ann in the East unless it says so.
    private static let odd: [(code: String, deal: String)] = [
        ("negative_amounts", "d1,D,a1,p1,New,commit,-5,USD,2026-06-30"),
        ("stage_unmapped", "d1,D,a1,p1,Newish,commit,5,USD,2026-06-30"),
        ("unmapped_deals", "d1,D,a1,p1,Newish,,5,USD,2026-06-30"),
        ("won_without_close_date", "d1,D,a1,p1,Won,,5,USD,"),
        ("undated_deals", "d1,D,a1,p1,New,,5,USD,"),
        ("past_due_deals", "d1,D,a1,p1,New,,5,USD,2026-05-01"),
        ("past_due_from_earlier_periods", "d1,D,a1,p1,New,,5,USD,2026-01-01"),
        ("rate_missing", "d1,D,a1,p1,New,,5,XAU,2026-06-30"),
        ("deals_without_amount", "d1,D,a1,p1,New,,,USD,2026-06-30"),
        ("unassigned_deals", "d1,D,a1,p9,New,,5,USD,2026-06-30"),
        ("deals_without_team", "d1,D,a1,p3,New,,5,USD,2026-06-30"),
    ]

    @Test(arguments: odd.map(\.code))
    func `name what is odd in sums and lists of its scope`(code: String) throws {
        let deal = try #require(Self.odd.first { $0.code == code }).deal
        let bench = try bench(deal)
        let home = ["unassigned_deals": "unassigned", "deals_without_team": "no team"][code] ?? "East"
        for question in ["forecast", "deals"] {
            for scope in [[], ["--team", home]] {
                let answer = try bench.answer([question, "--period", "FY2026Q2"] + scope)
                #expect(Set(answer.warnings.keys) == [code], "\(question) \(scope)")
                #expect(answer.warnings[code]?.hasPrefix("1 ") == true, "\(question) \(scope)")
            }
            let other = try bench.answer(question, "--period", "FY2026Q2", "--team", "West")
            #expect(other.warnings.isEmpty, "\(question)")
        }
        #expect(
            try bench.answer("forecast", "--period", "FY2026Q4").warnings.keys.allSatisfy {
                $0.contains("undated") || $0.contains("without_close_date") || $0.contains("past_due")
            })
    }

    @Test func `tell a won deal without a close date, which a list shows`() throws {
        let bench = try bench("d1,D,a1,p1,Won,,5,USD,")
        let row = try bench.answer("forecast", "--period", "FY2026Q2").rows()[0]
        #expect(row.text("closed") == "0" && row.text("won_undated") == "5")
        #expect(row.integer("won_undated_count") == 1)
        let deals = try bench.answer("deals", "--period", "FY2026Q2", "--line", "won-undated")
        #expect(deals.rows().map { $0.text("id") } == ["d1"])
    }

    @Test func `tell amounts of which nobody knows the currency, which still count`() throws {
        let bench = try bench(
            "d1,D,a1,p1,New,commit,5,,2026-06-30", company: "id,name,currency\nacme,Acme,\n")
        for question in ["forecast", "deals"] {
            let answer = try bench.answer(question, "--period", "FY2026Q2")
            #expect(answer.warnings["currency_unknown"]?.hasPrefix("1 deal ") == true, "\(answer.warnings)")
            // Bob's 200 USD cannot be brought into a currency that nobody knows.
            #expect(answer.warnings["rate_missing"]?.hasPrefix("1 deal ") == true, "\(answer.warnings)")
        }
        #expect(try bench.answer("forecast", "--period", "FY2026Q2").rows()[0].text("commit") == "5")
        let found = try bench.values(
            "select id || ' ' || code as value from bellwether.finding where entity = 'opportunity' order by id"
        )
        #expect(found == ["d1 currency_unknown", "d2 rate_missing"])
        #expect(
            try bench.values(
                """
                select id as value from bellwether.deal
                where is_rate_missing <> (amount is not null and amount_company is null)
                """
            ).isEmpty)
    }

    private func bench(_ deal: String, company: String? = nil) throws -> Bench {
        let bench = try Bench()
        var exports = Acme.reference
        exports["person"]?.append("p3,Cleo,\n")
        if let company { exports["company"] = company }
        exports["opportunity"] = Acme.deals(deal, "d2,Second,a1,p2,New,commit,200,USD,2026-06-30")
        try bench.mustLoad("2026-05-04", exports)
        return bench
    }
}
