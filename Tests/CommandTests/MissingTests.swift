import Model
import TestSupport
import Testing

/// Every deal that is in no sum of its team and period is listed with its reason, and the forecast knows of the same.
@Suite("Missing deals")
struct MissingTests {
    /// Borealis, worked by hand: Ginkgo is of nobody and in no known stage, Fir is omitted and of nobody's team.
    @Test func `are listed with amount and reason`() throws {
        let bench = try Bench()
        for (day, exports) in zip(Borealis.days, Borealis.nights) { try bench.mustLoad(day, exports) }
        let answer = try bench.answer("missing", "--period", "FY2026Q2")
        #expect(
            answer.headline == "Borealis FY2026Q2: 4 deals of 33,000 USD are in no sum of team and period")
        #expect(
            reasons(answer) == [
                "unassigned 1 7000", "no_team 1 5000", "unmapped 1 7000", "undated 1 9000",
                "past_due_from_earlier_periods 1 12000", "omitted 1 5000", "lost 1 99000",
            ])
        let deals = answer.rows("deals").map { row in
            ["deal", "reasons", "amount"].map { row.text($0) ?? "-" }.joined(separator: "; ")
        }
        #expect(
            deals == [
                "Ginkgo; unassigned, unmapped; 7000", "Fir; no team, omitted; 5000", "Hazel; undated; 9000",
                "Ivy; past due; 12000",
            ])
        #expect(answer.passport("row_count") as? Int == 4)
        let west = try bench.answer("missing", "--period", "FY2026Q2", "--team", "West")
        #expect(reasons(west) == ["undated 1 9000"])
        let before = try bench.answer("missing", "--period", "FY2026Q2", "--as-of", "2026-05-04")
        #expect(reasons(before) == reasons(answer))
        let outcome = try bench.run("missing", "--period", "FY2026Q2")
        try GoldenTests().compare(outcome.output, with: "missing")
    }

    @Test func `are told apart by every reason`() throws {
        let bench = try Bench()
        var exports = Acme.reference
        exports["person"]?.append("p3,Cleo,\np4,Dan,t9\n")
        exports["opportunity"] = Acme.deals(
            "d1,None of these,a1,p1,New,commit,1,USD,2026-06-30",
            "d2,Rate,a1,p1,New,commit,2,XAU,2026-06-30",
            "d3,Amount,a1,p1,New,commit,,USD,2026-06-30", "d4,Won undated,a1,p1,Won,,4,USD,",
            "d5,Undated and loose,a1,p3,New,,8,USD,", "d6,Unknown team,a1,p4,New,,16,USD,2026-06-30",
            "d7,Nobody's and lost,a1,,Lost,,32,USD,2026-06-01",
            "d8,Lost elsewhen,a1,p1,Lost,,64,USD,2026-01-01",
            "d9,Omitted,a1,p2,New,omitted,128,USD,2026-06-30", "d10,Next,a1,,New,,256,USD,2026-07-01")
        try bench.mustLoad("2026-05-04", exports)
        let answer = try bench.answer("missing", "--period", "FY2026Q2")
        #expect(
            reasons(answer) == [
                "no_team 2 24", "undated 1 8", "won_without_close_date 1 4", "rate_missing 1 -",
                "amount_missing 1 -", "omitted 1 128", "lost 1 32",
            ])
        let deals = answer.rows("deals")
        #expect(deals.map { $0.text("id") } == ["d6", "d5", "d4", "d2", "d3"])
        #expect(deals[3].isNull("amount") && deals[3].text("amount_original") == "2")
        #expect(deals[3].text("currency") == "XAU")
        let cut = try bench.answer("missing", "--period", "FY2026Q2", "--limit", "2")
        #expect(cut.rows("deals").count == 2 && reasons(cut) == reasons(answer))
        #expect(cut.headline == answer.headline)
        let bob = try bench.answer("missing", "--period", "FY2026Q2", "--team", "West")
        #expect(
            bob.headline == "West FY2026Q2: no deal is missing from the sums of its team and period"
                && reasons(bob) == ["omitted 1 128"])
        let none = try bench.run(
            "missing", "--period", "FY2026Q2", "--person", "Bob", "--as-of", "2026-05-04")
        #expect(none.status == 0, "\(none)")
        let unassigned = try bench.answer("missing", "--period", "FY2026Q2", "--team", "unassigned")
        #expect(reasons(unassigned) == ["lost 1 32"])
    }

    /// The passport's exclusions and the lines without owner or team are sums of cells, the list is of deals.
    @Test(arguments: DrillDownTests.seeds)
    func `tie to what the forecast leaves out`(seed: UInt64) throws {
        let bench = try Bench()
        let company = RandomCompany(seed: seed)
        for (day, exports) in zip(RandomCompany.days, company.nights) {
            let outcome = try bench.load(day, exports, "--accept", "gone")
            try #require(outcome.status == 0, "\(outcome)")
        }
        for (number, period) in company.periods.enumerated() {
            let days = try days(of: period, bench)
            for organisation in [["as-was", RandomCompany.days[0]], ["as-was"], [RandomCompany.days[0]]][
                number]
            {
                let place = "seed \(seed), \(period), \(organisation)"
                let options = ["--period", period, "--org", organisation]
                let forecast = try bench.answer(["forecast"] + options)
                let missing = try bench.answer(["missing"] + options)
                try compare(missing, forecast, place)
                let lost = try bench.value(
                    """
                    select concat_ws(' ', 'lost', count(*), coalesce(sum(amount_company), 0)::text) as value
                    from bellwether.deal
                    where kind in ('lost', 'no_decision') and \(days)
                    """)
                let told = missing.rows().first { $0.text("reason") == "lost" }
                let count = told?.integer("deals") ?? 0
                let amount = told?.amount("amount") ?? .zero
                #expect(lost.map { Lost($0) } == Lost(count, amount), "\(place)")
            }
        }
    }

    private struct Lost: Equatable {
        let count: Int
        let amount: Amount

        init(_ count: Int, _ amount: Amount) {
            self.count = count
            self.amount = amount
        }

        init(_ text: String) {
            let words = text.split(separator: " ")
            count = Int(words[1]) ?? -1
            amount = Amount(String(words[2])) ?? .zero
        }
    }

    /// The condition that a close date lies in a quarter, by what `periods` says of it.
    private func days(of period: String, _ bench: Bench) throws -> String {
        let row = try #require(
            try bench.answer("periods", "--period", String(period.prefix(6)), "--by", "quarter").rows()
                .first { $0.text("period") == period })
        return "close_date between '\(row.text("start") ?? "")' and '\(row.text("end") ?? "")'"
    }

    private func compare(_ missing: PrintedAnswer, _ forecast: PrintedAnswer, _ place: String) throws {
        let exclusions = try #require(forecast.passport("exclusions") as? [[String: Any]])
        var expected: [String: String] = [:]
        for exclusion in exclusions {
            let reason = exclusion["reason"] as? String ?? ""
            expected[reason] =
                "\(reason) \(exclusion["count"] as? Int ?? -1) \(exclusion["amount"] as? String ?? "-")"
        }
        for (line, reason) in [("Unassigned", "unassigned"), ("No team", "no_team")] {
            guard let row = forecast.rows("forecast").first(where: { $0.text("node") == line }) else {
                continue
            }
            let columns =
                ForecastCategory.allCases.map(\.rawValue) + ["undated", "earlier_past_due", "won_undated"]
            let count = columns.reduce(0) { $0 + (row.integer($1 + "_count") ?? 0) }
            let amount = columns.reduce(Amount.zero) { $0 + (row.amount($1) ?? .zero) }
            if count > 0 { expected[reason] = "\(reason) \(count) \(amount)" }
        }
        let found = reasons(missing).filter { !$0.hasPrefix("lost") && !$0.hasPrefix("amount_missing") }
        #expect(Set(found) == Set(expected.values), "\(place)")
        let without = forecast.warnings["deals_without_amount"]?.split(separator: " ").first.map(String.init)
        let told = missing.rows().first { $0.text("reason") == "amount_missing" }?.integer("deals")
        #expect(told.map(String.init) == without, "\(place)")
    }

    private func reasons(_ answer: PrintedAnswer) -> [String] {
        answer.rows().map { row in
            "\(row.text("reason") ?? "") \(row.integer("deals") ?? -1) \(row.text("amount") ?? "-")"
        }
    }
}
