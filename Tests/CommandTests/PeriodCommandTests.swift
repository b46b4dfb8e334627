import TestSupport
import Testing

/// `bellwether periods`, and `--period` wherever it is taken, with every kind of calendar.
@Suite("Periods, as people read them")
struct PeriodCommandTests {
    private static let header =
        "id,name,currency,fiscal_year_start_month,calendar,week_anchor,extra_week,freeze_business_day\n"

    @Test func `of American retail have their long year`() throws {
        let bench = try bench(
            company: "a,Acme,USD,2,454,saturday nearest,,3", night: "2024-01-15",
            [
                "holiday": """
                id,holiday_date,region
                h1,2024-02-06,
                h2,2024-02-07,Bavaria
                h3,2023-12-25,

                """
            ])
        let answer = try bench.answer("periods", "--last", "1", "--next", "1")
        #expect(
            answer.rows().map { row in
                ["period", "is", "start", "end", "freeze_day"].map { row.text($0) ?? "–" }.joined(
                    separator: " ")
            } == [
                "FY2024Q3 last 2023-07-30 2023-10-28 2023-11-01",
                "FY2024Q4 this 2023-10-29 2024-02-03 2024-02-08",
                "FY2025Q1 next 2024-02-04 2024-05-04 2024-05-08",
            ])
        let this = answer.rows()[1]
        #expect(this.integer("days") == 98 && this.integer("days_left") == 19)
        // 14 weeks of five days less Christmas; 4 + 5 + 5 days from Tuesday the 16th on.
        #expect(this.integer("business_days") == 69 && this.integer("business_days_left") == 14)
        #expect(
            this.values["is_frozen"] as? Bool == false
                && answer.rows()[0].values["is_frozen"] as? Bool == true)
        #expect(
            answer.headline
                == "2024-01-15 is in week 12 of FY2024Q4: 19 days left, 14 of them business days")
        let weeks = try bench.answer("periods", "--period", "FY2024", "--by", "week")
        #expect(weeks.rows().count == 53 && weeks.rows().last?.text("end") == "2024-02-03")
        #expect(try bench.answer("periods", "--period", "FY2025", "--by", "week").rows().count == 52)
        // Of a question, the period is what the calendar says.
        let deals = try bench.answer("deals", "--period", "FY2024W53")
        #expect(deals.rows().map { $0.text("id") } == ["d1"])
        #expect(try bench.answer("deals", "--period", "next").rows().map { $0.text("id") } == ["d2"])
        #expect(try bench.answer("deals", "--period", "following").rows().map { $0.text("id") } == ["d3"])
        #expect(try bench.answer("deals", "--period", "all").rows().count == 4)
        let outcome = try bench.run("forecast", "--period", "FY2025W53")
        #expect(outcome.status == 64 && outcome.errors.contains("BW501"), "\(outcome)")
    }

    @Test func `that are loaded are the calendar, holes and all`() throws {
        let bench = try bench(
            company: "a,Acme,USD,,loaded,,,2", night: "2024-01-15",
            [
                "fiscal_period": """
                id,period,kind,start_date,end_date,freeze_date
                x1,FY24Q1,quarter,2024-01-02,2024-04-01,2024-04-09
                x2,Spring term,quarter,2024-04-02,2024-05-31,
                x3,Autumn term,quarter,2024-09-02,2024-12-20,

                """,
                "plan_line": """
                id,kind,node_kind,node_id,period,amount
                l1,quota,person,p1,x2,50
                l2,quota,person,p1,spring TERM,70
                l3,quota,person,p2,FY2024Q1,7
                l4,budget,company,,FY2024Q2,9

                """,
            ])
        let all = try bench.answer("periods", "--period", "all")
        #expect(all.rows().map { $0.text("period") } == ["FY2024Q1", "Spring term", "Autumn term"])
        #expect(all.rows().map { $0.text("freeze_day") } == ["2024-04-09", "2024-06-04", "2024-12-24"])
        let spring = try bench.answer("plan", "--period", "spring term")
        #expect(spring.rows()[0].text("quota") == "50" && spring.warnings["plan_line_twice"] != nil)
        #expect(try bench.answer("plan").rows()[0].text("quota") == "7")
        #expect(spring.warnings["plan_period_unknown"]?.contains("FY2024Q2") == true)
        let hole = try bench.run("forecast", "--as-of", "2024-07-15")
        #expect(hole.status == 64 && hole.errors.contains("BW533"), "\(hole)")
        #expect(hole.errors.contains("no loaded quarter holds 2024-07-15"), "\(hole)")
        let unknown = try bench.run("deals", "--period", "Sprung term")
        #expect(unknown.errors.contains("BW501") && unknown.errors.contains("Spring term"), "\(unknown)")
        let year = try bench.run("periods", "--by", "year")
        #expect(year.status == 64 && year.errors.contains("BW506"), "\(year)")
    }

    /// As Salesforce writes quotas: by the id of a period, with its first day alone.
    @Test func `may be named by the id of a record, or by their days`() throws {
        let bench = try bench(
            company: "a,Acme,USD,1,,,,", night: "2024-01-15",
            [
                "fiscal_period": """
                id,period,kind,start_date,end_date
                0261,First of 24,Quarter,2024-01-01,2024-03-31
                0262,odd,Quarter,2024-01-01,2024-04-30

                """,
                "plan_line": """
                id,kind,node_kind,node_id,period,amount,start_date,end_date
                l1,quota,person,p1,0261,50,2024-01-01,
                l2,quota,person,p2,,7,2024-01-01,2024-03-31
                l3,budget,company,,0262,9,2024-01-01,
                l4,budget,team,t1,0269,9,2024-02-01,

                """,
            ])
        let plan = try bench.answer("plan", "--period", "FY2024Q1")
        #expect(plan.rows()[0].text("quota") == "57" && plan.rows()[0].isNull("budget"))
        #expect(
            plan.warnings["plan_period_unknown"]?.contains("2 plan lines of 18 USD in no plan") == true,
            "\(plan.warnings)")
        #expect(
            try bench.values(
                "select id || ' ' || code as value from bellwether.finding where entity = 'plan_line'")
                == ["l4 plan_period_unreadable"])
    }

    @Test func `that overlap are refused, and found`() throws {
        let bench = try bench(
            company: "a,Acme,USD,,loaded,,,", night: "2024-01-15",
            [
                "fiscal_period": """
                id,period,kind,start_date,end_date
                x1,FY2024Q1,quarter,2024-01-01,2024-04-01
                x2,FY2024Q2,quarter,2024-04-01,2024-06-30
                x3,FY2024,year,2024-01-01,2024-12-31
                x4,FY2024Q3,quarter,2024-07-01,
                x5,FY2024Q4,term,2024-10-01,2024-12-31

                """
            ])
        let outcome = try bench.run("forecast")
        #expect(outcome.status == 64 && outcome.errors.contains("BW532"), "\(outcome)")
        #expect(outcome.errors.contains("the loaded periods FY2024Q1 and FY2024Q2 overlap"), "\(outcome)")
        #expect(
            try bench.values(
                "select id || ' ' || code as value from bellwether.finding where entity = 'fiscal_period' order by 1"
            ) == ["x1 period_overlap", "x2 period_overlap", "x4 period_unreadable", "x5 period_unreadable"])
        // What needs no calendar still answers.
        #expect(try bench.run("findings").status == 0)
    }

    @Test(
        arguments: [
            ("lunar,,,", "BW530", "calendar_unknown"), ("445,,,", "BW531", "week_anchor_unknown"),
            ("445,payday last,,", "BW531", "week_anchor_unknown"),
            ("445,friday last,middle,", "BW530", "extra_week_unknown"), ("loaded,,,", "BW533", nil),
            (",,,0", nil, "freeze_business_day_unknown"), ("4-4-5,Friday  last,FIRST,1", nil, nil),
        ] as [(String, String?, String?)])
    func `of a company whose words are unknown are refused, and found`(
        words: String, code: String?, finding: String?
    ) throws {
        let bench = try bench(company: "a,Acme,USD,1,\(words)", night: "2024-01-15")
        let outcome = try bench.run("periods")
        #expect(outcome.status == (code == nil ? 0 : 64), "\(outcome)")
        #expect(code.map { outcome.errors.contains($0) } ?? outcome.errors.isEmpty, "\(outcome)")
        #expect(
            try bench.values("select code as value from bellwether.finding where entity = 'company'")
                == (finding.map { [$0] } ?? []))
    }

    /// From the second night on the company closes its years with a week: both nights are still what they were.
    @Test func `are those of the day`() throws {
        let bench = try bench(company: "a,Acme,USD,1,,,,", night: "2024-01-15")
        try bench.mustLoad(
            "2024-01-16",
            [
                "company": Self.header + "a,Acme,USD,1,445,friday nearest,,1\n",
                "opportunity": "id,owner_id,stage_id,amount,close_date\nd1,p1,New,1,2024-02-01\n",
            ])
        let before = try bench.answer("periods", "--as-of", "2024-01-15", "--last", "0", "--next", "0")
            .rows()[0]
        let after = try bench.answer("periods", "--last", "0", "--next", "0").rows()[0]
        #expect(before.text("end") == "2024-03-31" && before.text("freeze_day") == "2024-04-03")
        #expect(after.text("end") == "2024-03-29" && after.text("freeze_day") == "2024-04-01")
        let known = try bench.answer("periods", "--as-of", "2024-01-16", "--as-known", "1", "--last", "0")
        #expect(known.rows()[0].text("end") == "2024-03-31")
    }

    @Test(arguments: [
        ["periods", "--period", "all"], ["periods", "--by", "week"], ["periods", "--by", "day"],
        ["periods", "--last", "-1"], ["periods", "--period", "Q9"],
    ])
    func `asked wrongly are status 64`(arguments: [String]) throws {
        let outcome = try bench(company: "a,Acme,USD,1,,,,", night: "2024-01-15").run(arguments)
        #expect(outcome.status == 64 && outcome.output.isEmpty && !outcome.errors.isEmpty, "\(outcome)")
    }

    private func bench(company: String, night: String, _ more: [String: String] = [:]) throws -> Bench {
        let bench = try Bench()
        let deals = """
            id,owner_id,stage_id,amount,close_date
            d1,p1,New,1,2024-02-01
            d2,p1,New,2,2024-02-04
            d3,p1,New,4,2024-06-30
            d4,p1,New,8,9999-12-31

            """
        let exports = Acme.reference.merging(["company": Self.header + company + "\n", "opportunity": deals])
        { $1 }
        try bench.mustLoad(night, exports.merging(more) { $1 })
        return bench
    }
}
