import Model
import TestSupport
import Testing

/// Frozen periods and restatements by the command, in a company whose figures are worked by hand: see Larkin.
@Suite("Frozen periods")
struct FrozenTests {
    private func closed(_ bench: Bench, _ options: String...) throws -> Amount? {
        try bench.answer(["forecast", "--period", "FY2026Q1"] + options).rows().first?.amount("closed")
    }

    private func nodes(_ answer: PrintedAnswer) -> [String: [Amount?]] {
        Dictionary(
            answer.rows().map { row in
                (row.text("node") ?? "", ["frozen", "by_crm", "by_loads", "current"].map { row.amount($0) })
            }, uniquingKeysWith: { first, _ in first })
    }

    private func amounts(_ thousands: Int...) -> [Amount?] { thousands.map { Amount($0 * 1000) } }

    @Test func `are read as of the freeze day and as known when it was covered`() throws {
        let bench = try Larkin.restated.get()
        let forecast = try bench.answer("forecast", "--period", "FY2026Q1")
        #expect(forecast.rows().first?.amount("closed") == Amount(1_335_000))
        #expect(forecast.passport("as_of") as? String == "2026-04-03")
        #expect(forecast.passport("load") as? Int == 3)
        #expect(
            forecast.headline
                == "Larkin FY2026Q1, frozen on 2026-04-03: closed 1.34 M USD, 0.17 M USD under the budget of 1.50 M USD; restated since by the CRM -0.03 M USD in 2 deals, by corrected loads +0.01 M USD in 1 deal: 1.32 M USD now"
        )
        #expect(Set(["period_frozen", "restated"]).isSubset(of: forecast.warnings.keys))
        #expect(try closed(bench, "--frozen") == Amount(1_335_000))
        #expect(try closed(bench, "--current") == Amount(1_315_000))
        // As of a day before the freeze it is not frozen, however much is known since.
        #expect(try closed(bench, "--as-of", "2026-04-02") == Amount(1_335_000))
        #expect(try closed(bench, "--as-of", "2026-03-11") == Amount(500_000))
        #expect(try closed(bench, "--team", "East") == Amount(1_195_000))
    }

    @Test func `list what the CRM changed apart from what a corrected load changed`() throws {
        let bench = try Larkin.restated.get()
        let answer = try bench.answer("restatements", "--period", "FY2026Q1")
        #expect(
            nodes(answer) == [
                "Larkin": amounts(1335, -30, 10, 1315), "East": amounts(1195, -120, 10, 1085),
                "West": amounts(140, 90, 0, 230),
            ])
        let deals = answer.rows("deals").map { row in
            [
                row.text("deal"), row.text("cause"), row.text("what"), row.text("changed_on"),
                row.integer("load").map(String.init), row.text("amount"),
            ].map { $0 ?? "–" }.joined(separator: "; ")
        }
        #expect(
            deals == [
                "Fir; CRM; lost after all; 2026-04-10; –; -120000",
                "Hazel; CRM; won, dated 2026-03-31; 2026-04-10; –; 90000",
                "Alder; load; amount 500000 → 510000 USD; –; 7; 10000",
            ])
        let west = try bench.answer(
            "restatements", "--period", "FY2026Q1", "--team", "West", "--by", "person")
        #expect(nodes(west) == ["West": amounts(140, 90, 0, 230), "Ben Moor": amounts(140, 90, 0, 230)])
        #expect(west.rows("deals").map { $0.text("deal") } == ["Hazel"])
        #expect(west.headline.hasPrefix("West FY2026Q1 was frozen on 2026-04-03 at 140,000 USD; "))
    }

    @Test func `as known earlier are what they were then`() throws {
        let bench = try Larkin.restated.get()
        func told(_ load: String) throws -> [Amount?]? {
            nodes(try bench.answer("restatements", "--period", "FY2026Q1", "--as-known", load))["Larkin"]
        }
        #expect(try told("3") == amounts(1335, 0, 0, 1335))
        #expect(try told("4") == amounts(1335, -30, 0, 1305))
        // Loads 5 and 6 are the calls; load 7 corrects the frozen day.
        #expect(try told("7") == amounts(1335, -40, 10, 1305))
        #expect(try told("8") == amounts(1335, -30, 10, 1315))
    }

    @Test func `in a gap are those of the next snapshot, and a late one is a restatement`() throws {
        let bench = try Bench()
        try bench.mustLoad(Larkin.days[1], Larkin.nights[1])
        let before = try bench.run("forecast", "--period", "FY2026Q1", "--frozen")
        #expect(before.status == 64 && before.errors.contains("BW590"), "\(before)")
        #expect(before.errors.contains("It will be on 2026-04-03"), "\(before)")
        try bench.mustLoad("2026-04-07", Larkin.nights[2])
        let frozen = try bench.answer("forecast", "--period", "FY2026Q1", "--frozen")
        #expect(frozen.passport("as_of") as? String == "2026-04-07")
        #expect(
            frozen.warnings["period_frozen"]
                == "as frozen on 2026-04-07, to be frozen on 2026-04-03, a gap, known at load 2; --current shows 2026-04-07"
        )
        // The day itself, told late, knew of less: Ivy's 60,000 was not won yet.
        let late = Larkin.nights[2].merging([
            "opportunity": (Larkin.nights[2]["opportunity"] ?? "").replacing(
                "d9,Ivy,p2,Won", with: "d9,Ivy,p2,New")
        ]) { $1 }
        try bench.mustLoad("2026-04-03", late)
        #expect(try closed(bench) == Amount(1_335_000))
        let listed = try bench.answer("restatements", "--period", "FY2026Q1")
        #expect(listed.rows("deals").isEmpty)
        #expect(nodes(listed)["Larkin"] == amounts(1335, 0, 0, 1335))
    }

    @Test func `stay when the load that covered them is taken back`() throws {
        let bench = try Larkin.bench(nights: 3, withCalls: false)
        #expect(try bench.run("loads", "undo", "3").status == 0)
        // Nothing is known of the day any more, and as of the day before it nothing is frozen.
        #expect(try bench.run("restatements", "--period", "FY2026Q1").errors.contains("BW590"))
        try bench.mustLoad(Larkin.days[2], Larkin.correctedNight)
        #expect(try closed(bench) == Amount(1_335_000))
        let listed = try bench.answer("restatements", "--period", "FY2026Q1")
        #expect(nodes(listed)["Larkin"] == amounts(1335, 0, 10, 1345))
        #expect(listed.passport("load") as? Int == 5)
    }

    @Test func `go by the company's own day, by holidays, and by a loaded period's`() throws {
        func frozenOn(_ exports: [String: String]) throws -> String? {
            let bench = try Bench()
            for day in ["2026-03-31", "2026-04-07"] {
                try bench.mustLoad(day, Larkin.nights[1].merging(exports) { $1 })
            }
            let outcome = try bench.run("restatements", "--period", "FY2026Q1", "--format", "json")
            guard outcome.status == 0 else { return outcome.errors.contains("BW590") ? nil : "\(outcome)" }
            let filters = try PrintedAnswer(outcome.output).passport("filters") as? [[String: Any]]
            return filters?.first { $0["name"] as? String == "frozen_on" }?["value"] as? String
        }
        func company(_ day: String) -> [String: String] {
            [
                "company":
                    "id,name,currency,fiscal_year_start_month,freeze_business_day\nl,Larkin,USD,1,\(day)\n"
            ]
        }
        #expect(try frozenOn([:]) == "2026-04-03")
        #expect(try frozenOn(company("1")) == "2026-04-01")
        #expect(try frozenOn(company("0")) == nil)
        #expect(
            try frozenOn(["holiday": "id,name,holiday_date\nh1,Good Friday,2026-04-03\n"]) == "2026-04-06")
        #expect(
            try frozenOn([
                "fiscal_period":
                    "id,period,kind,start_date,end_date,freeze_date\nf1,FY2026Q1,quarter,2026-01-01,2026-03-31,2026-04-02\n"
            ]) == "2026-04-02")
    }

    @Test func `a rule that changes after the freeze changes nothing`() throws {
        let bench = try Larkin.bench(nights: 3, withCalls: false)
        let later = Larkin.nights[3].merging([
            "company":
                "id,name,currency,time_zone,fiscal_year_start_month,freeze_business_day\nl,Larkin,USD,Europe/Berlin,1,8\n"
        ]) { $1 }
        try bench.mustLoad("2026-04-13", later)
        #expect(try closed(bench) == Amount(1_335_000))
        let listed = try bench.answer("restatements", "--period", "FY2026Q1")
        #expect(nodes(listed)["Larkin"] == amounts(1335, -30, 0, 1305))
    }

    @Test func `deals are those of the frozen sum, and are as they are now when asked for so`() throws {
        let bench = try Larkin.restated.get()
        func total(_ options: String...) throws -> (headline: String, names: Set<String>) {
            let answer = try bench.answer(
                ["deals", "--period", "FY2026Q1", "--category", "closed"] + options)
            return (answer.headline, Set(answer.rows().compactMap { $0.text("deal") }))
        }
        let frozen = try total()
        #expect(frozen.headline == "8 deals of 1.34 M USD in FY2026Q1, Larkin (closed)")
        #expect(frozen.names.contains("Fir") && !frozen.names.contains("Hazel"))
        let current = try total("--current")
        #expect(current.headline == "8 deals of 1.32 M USD in FY2026Q1, Larkin (closed)")
        #expect(current.names.contains("Hazel") && !current.names.contains("Fir"))
    }

    @Test func `refuse what cannot be answered`() throws {
        let bench = try Larkin.bench(withCalls: false)
        for (arguments, code) in [
            (["restatements", "--period", "FY2026Q2"], "BW590"),
            (["restatements", "--period", "all"], "BW590"),
            (["restatements", "--period", "FY2026Q1", "--org", "as-is"], "BW506"),
            (["forecast", "--period", "FY2026Q1", "--frozen", "--org", "as-is"], "BW506"),
            (["restatements", "--period", "FY2026Q1", "--team", "Wets"], "BW502"),
            (["restatements", "--period", "FY2025Q1"], "BW590"),
        ] {
            let outcome = try bench.run(arguments)
            #expect(outcome.status == 64 && outcome.errors.contains(code), "\(arguments)\n\(outcome)")
            #expect(outcome.output.isEmpty)
        }
        let both = try bench.run("forecast", "--frozen", "--current")
        #expect(both.status == 64 && both.errors.contains("--frozen or --current"), "\(both)")
        // By another organisation a forecast is shown as it stands.
        #expect(try closed(bench, "--org", "as-is") == Amount(1_305_000))
    }
}
