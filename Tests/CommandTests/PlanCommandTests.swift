import Model
import TestSupport
import Testing

/// `bellwether plan`, held against a walk up the tree in Python, and against sums done by hand.
@Suite("The plan, as people read it")
struct PlanCommandTests {
    @Test(arguments: [20_261_122, 5, 88])
    func `is what a walk up the tree finds`(seed: UInt64) throws {
        let bench = try Bench()
        try bench.mustLoad("2026-06-20", RandomPlan(seed: seed).exports)
        for (period, ramp) in [
            ("FY2026Q2", "0.5"), ("FY2026", "1"), ("FY2026M05", "0.25"), ("FY2026Q3", "0"),
        ] {
            let oracle = try Oracle.run(
                "plan.py", [bench.folder.path + "/2026-06-20", period, "2026-06-20", ramp])
            let expected = try #require(oracle["rows"] as? [[String: Any]])
            let people = try bench.answer("plan", "--period", period, "--by", "person", "--ramp", ramp)
            let lines = try bench.answer("plan", "--period", period, "--by", "line", "--ramp", ramp)
            let found = (people.rows() + lines.rows().filter { $0.text("level") == "line" }).map(\.values)
            let wanted = Set(expected.map { Self.text($0) })
            #expect(Set(found.map { Self.text($0) }) == wanted, "seed \(seed), \(period)")
            #expect(found.count == wanted.count && wanted.count > 5, "seed \(seed), \(period)")
            let uncounted = try #require(oracle["uncounted"] as? [String: Int])
            #expect(Self.uncounted(people) == uncounted, "seed \(seed), \(period)")
            let longer = try #require(oracle["longer"] as? [String])
            let named = people.warnings["plan_for_longer_period"]?.split(separator: "\n") ?? []
            #expect(
                named.map { String($0.prefix { $0 != "(" }.dropLast()) }.sorted() == longer,
                "seed \(seed), \(period)")
            let twice = try #require(oracle["twice"] as? [String])
            #expect(
                try bench.values(
                    "select id as value from bellwether.finding where code = 'plan_line_twice' order by id"
                ).compactMap(\.self) == twice, "seed \(seed)")
        }
    }

    /// The columns that the oracle reckons, as one text.
    private static func text(_ row: [String: Any]) -> String {
        let names = [
            "node", "level", "quota", "budget", "target", "guidance", "people", "people_quota", "over_quota",
            "over_budget", "prorated", "ramping",
        ]
        let parent = row["level"] as? String == "line" ? "\(row["parent"] ?? "")/" : ""
        return parent
            + names.map { name in
                switch row[name] {
                case let number as Double where name.hasPrefix("over"):
                    String((number * 1_000_000).rounded() / 1_000_000)
                case let value as String: value
                case let value as Int: String(value)
                default: "–"
                }
            }.joined(separator: " ")
    }

    /// What counts in no plan, by reason, without nodes that are not there.
    private static func uncounted(_ answer: PrintedAnswer) -> [String: Int] {
        let exclusions = answer.passport("exclusions") as? [[String: Any]] ?? []
        return exclusions.reduce(into: [:]) { counts, exclusion in
            guard let reason = exclusion["reason"] as? String, reason != "plan_node_unknown" else { return }
            counts[reason] = exclusion["count"] as? Int
        }
    }

    @Test func `for a year alone is named and not divided`() throws {
        let bench = try bench(
            "b1,budget,company,,FY2026,400,", "q1,quota,person,p1,FY2026,150,",
            "q2,quota,person,p2,FY2026,50,",
            "q3,quota,person,p2,FY2026Q2,20,")
        let quarter = try bench.answer("plan", "--period", "FY2026Q2")
        #expect(quarter.rows()[0].isNull("budget") && quarter.rows()[0].text("quota") == "20")
        let warning = try #require(quarter.warnings["plan_for_longer_period"])
        #expect(warning.contains("budget of 1 node is planned for FY2026 alone (400 USD)"), "\(warning)")
        #expect(warning.contains("quota of 1 node is planned for FY2026 alone (150 USD)"), "\(warning)")
        // The same in the forecast, and for what is asked for: not of another team.
        let forecast = try bench.answer("forecast", "--period", "FY2026Q2")
        #expect(forecast.warnings["plan_for_longer_period"]?.contains("budget of 1 node") == true)
        let west = try bench.answer("forecast", "--period", "FY2026Q2", "--team", "West", "--by", "person")
        #expect(west.warnings["plan_for_longer_period"] == nil)
        let year = try bench.answer("plan", "--period", "FY2026")
        #expect(year.warnings.isEmpty && year.rows()[0].text("budget") == "400")
        #expect(year.rows()[0].text("quota") == "200")
    }

    @Test func `shows over-assignment at every node`() throws {
        let bench = try bench(
            "b1,budget,company,,FY2026Q2,160,", "q0,quota,team,t1,FY2026Q2,80,0.9",
            "q1,quota,person,p1,FY2026Q2,100,", "q2,quota,person,p2,FY2026Q2,60,")
        let answer = try bench.answer("plan", "--period", "FY2026Q2")
        #expect(
            answer.headline
                == "Acme FY2026Q2: quota 140 USD, and 160 USD asked of 2 people: 88 % of the budget of 160 USD"
        )
        let east = try #require(answer.rows().first { $0.text("node") == "East" })
        #expect(east.values["over_quota"] as? Double == 1.25 && east.text("people_quota") == "100")
        #expect(east.values["quota_confidence"] as? Double == 0.9)
        #expect(answer.rows()[0].values["over_budget"] as? Double == 0.875)
        #expect(answer.rows()[0].values["quota_is_sum"] as? Bool == true)
        let ann = try bench.answer("plan", "--period", "FY2026Q2", "--person", "Ann")
        #expect(ann.headline == "Ann FY2026Q2: quota 100 USD, and no budget")
    }

    @Test func `bad lines are findings and in no plan`() throws {
        let bench = try bench(
            "a,quota,person,p1,FY2026Q2,100,0.5", "b,quota,person,p1,FY26Q2,120,",
            "c,quota,person,p2,FY2026Q2,-5,",
            "d,budget,company,,FY2026Q2,50,80", "e,quota,person,p2,FY2026W53,70,",
            "f,budget,team,t1,FY2026Q2,-9,",
            "g,quota,person,p8,FY2026Q2,33,", "h,quota,team,,FY2026Q2,1,")
        #expect(
            try bench.values(
                "select id || ' ' || code as value from bellwether.finding where entity = 'plan_line' order by 1"
            ) == [
                "b plan_line_twice", "c plan_quota_negative", "d plan_confidence_unknown",
                "g plan_node_unknown",
                "h plan_node_unknown",
            ])
        let answer = try bench.answer("plan", "--period", "FY2026Q2")
        let company = answer.rows()[0]
        #expect(company.text("quota") == "100" && company.text("budget") == "50")
        #expect(company.isNull("budget_confidence"))
        #expect(answer.rows().first { $0.text("node") == "East" }?.text("budget") == "-9")
        #expect(
            answer.warnings["plan_line_twice"]
                == "1 plan line of 120 USD in no plan: another line says the same node, period, kind, line and measure (b)"
        )
        #expect(answer.warnings["plan_quota_negative"]?.contains("-5 USD") == true)
        #expect(
            answer.warnings["plan_period_unknown"]
                == "1 plan line is for no period of the calendar: FY2026W53")
        #expect(answer.warnings["plan_node_unknown"]?.contains("33 USD planned for 1 team or person") == true)
        #expect(
            answer.warnings["plan_node_unknown"]?.contains("for a team or person that is not there (h)")
                == true)
    }

    @Test func `names the quotas of those who lead`() throws {
        let bench = try Bench()
        let plan =
            "id,kind,node_kind,node_id,period,amount\nq1,quota,person,p1,FY2026Q2,70\nq2,quota,person,p2,FY2026Q2,5\n"
        let exports = Acme.exports.merging([
            "team": "id,name,parent_id,lead_id\nt1,East,,p1\nt2,West,,p2\n",
            "person": "id,name,team_id,is_quota_carrying\np1,Ann,t1,\np2,Bob,t2,true\n", "plan_line": plan,
        ]) { $1 }
        try bench.mustLoad("2026-05-04", exports)
        let warning = try bench.answer("plan", "--period", "FY2026Q2").warnings["quotas_of_leads"]
        #expect(
            warning?.hasPrefix("70 USD of quota is of 1 person who leads a team") == true, "\(warning ?? "")")
    }

    @Test func `can be of another measure`() throws {
        let bench = try bench("a,quota,person,p1,FY2026Q2,100,", measure: "c,quota,person,p1,FY2026Q2,ARR,7")
        let bookings = try bench.answer("plan", "--period", "FY2026Q2")
        #expect(bookings.rows()[0].text("quota") == "100")
        #expect(bookings.warnings["other_measures"]?.contains("arr") == true)
        let arr = try bench.answer("plan", "--period", "FY2026Q2", "--measure", "ARR")
        #expect(arr.rows()[0].text("quota") == "7")
    }

    @Test(arguments: [
        ["--period", "all"], ["--ramp", "2"], ["--ramp", "half"], ["--by", "deal"], ["--team", "Eest"],
    ])
    func `asked wrongly is status 64`(arguments: [String]) throws {
        let outcome = try bench("a,quota,person,p1,FY2026Q2,100,").run(["plan"] + arguments)
        #expect(outcome.status == 64 && outcome.output.isEmpty && !outcome.errors.isEmpty, "\(outcome)")
    }

    private func bench(_ lines: String..., measure: String? = nil) throws -> Bench {
        let bench = try Bench()
        let header = "id,kind,node_kind,node_id,period,measure,amount,confidence"
        let plan = lines.map { line in
            var cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            cells.insert("", at: 5)
            return cells.joined(separator: ",")
        }
        let text = ([header] + plan + (measure.map { [$0 + ","] } ?? [])).joined(separator: "\n") + "\n"
        try bench.mustLoad("2026-05-04", Acme.exports.merging(["plan_line": text]) { $1 })
        return bench
    }
}
