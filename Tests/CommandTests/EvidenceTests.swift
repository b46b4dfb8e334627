import Foundation
import Model
import TestSupport
import Testing

/// `milestones` and `losses` of the sample company, against a reckoning in Python from its exports alone.
@Suite("Evidence of the sample company")
struct EvidenceTests {
    private static var bench: Result<Bench, any Error> { SampleEnoughTests.bench }

    private static func oracle(_ script: String, _ arguments: String...) throws -> [String: Any] {
        try Oracle.run(script, [bench.get().folder.path + "/halden", "2026-12-07"] + arguments)
    }

    /// Rates to 1e-9, statistics to 1e-6.
    static func expect(
        _ found: Any?, near wanted: Any?, _ what: String, within tolerance: Double = 1e-6,
        _ location: SourceLocation = #_sourceLocation
    ) {
        let left = (found as? NSNumber)?.doubleValue
        let right = (wanted as? NSNumber)?.doubleValue
        guard let left, let right else {
            #expect(
                left == nil && right == nil, "\(what): \(found ?? "–") \(wanted ?? "–")",
                sourceLocation: location)
            return
        }
        #expect(abs(left - right) <= tolerance, "\(what): \(left) \(right)", sourceLocation: location)
    }

    @Test(arguments: [14, 30])
    func `milestones are as the exports say`(landmark: Int) throws {
        let bench = try Self.bench.get()
        let wanted = try Self.oracle("milestones.py", String(landmark))
        let answer = try bench.answer("milestones", "--landmark", String(landmark), "--limit", "10000")
        let milestones = try #require(wanted["milestones"] as? [String: [Int]])
        #expect(answer.rows("milestones").count == milestones.count)
        for row in answer.rows("milestones") {
            let found = ["came", "reached", "bare", "stuck"].map { row.integer($0) }
            #expect(found == milestones[row.text("milestone_id") ?? ""]?.map { $0 })
        }
        try comparePeople(answer, wanted)
        try compareSets(answer, wanted)
        try compareTriad(answer, wanted)
    }

    private func comparePeople(_ answer: PrintedAnswer, _ wanted: [String: Any]) throws {
        let people = try #require(wanted["people"] as? [String: [Any]])
        let ids = try Self.ids()
        #expect(answer.rows("people").count == people.count)
        for row in answer.rows("people") {
            let key = "\(ids[row.text("person") ?? ""] ?? "")|\(ids[row.text("milestone") ?? ""] ?? "")"
            let line = try #require(people[key], "\(key)")
            #expect(
                row.integer("came") == line[0] as? Int && row.integer("reached") == line[1] as? Int, "\(key)")
            Self.expect(row.values["p"], near: line[2], key)
            Self.expect(row.values["p_adjusted"], near: line[3], key)
        }
    }

    /// The ids of people and milestones by name.
    private static func ids() throws -> [String: String] {
        let bench = try bench.get()
        let pairs = try bench.values(
            """
            select name || '|' || id as value from bellwether.person
            union all select name || '|' || id from bellwether.milestone
            """
        ).compactMap { $0?.split(separator: "|").map(String.init) }
        return Dictionary(pairs.map { ($0[0], $0[1]) }, uniquingKeysWith: { first, _ in first })
    }

    private func compareSets(_ answer: PrintedAnswer, _ wanted: [String: Any]) throws {
        let sets = try #require(wanted["sets"] as? [String: [Any]])
        let rows = answer.rows("sets").filter { $0.text("level") == "set" }
        #expect(rows.count == sets.count && !rows.isEmpty)
        for row in rows {
            let key = "\(row.text("stage") ?? "")|\(row.text("milestones") ?? "")"
            let line = try #require(sets[key], "\(key)")
            #expect(
                row.integer("resolved") == line[0] as? Int && row.integer("won") == line[1] as? Int, "\(key)")
            Self.expect(row.values["lift"], near: line[2], key, within: 1e-9)
            Self.expect(row.values["smoothed"], near: line[3], key, within: 1e-9)
            Self.expect(row.values["p"], near: line[4], key)
            Self.expect(row.values["p_adjusted"], near: line[5], key)
        }
    }

    private func compareTriad(_ answer: PrintedAnswer, _ wanted: [String: Any]) throws {
        let triad = try #require(wanted["qualification"] as? [String: [Any]])
        let names = [
            "Commit": "commit", "Best case": "best_case", "Pipeline": "pipeline", "Omitted": "omitted",
            "All": "all",
        ]
        #expect(answer.rows("qualification").count == triad.count)
        for row in answer.rows("qualification") {
            let line = try #require(triad[names[row.text("category") ?? ""] ?? ""])
            let columns = [
                "deals", "unknown", "functional", "financial", "political", "complete", "qualified",
            ]
            #expect(columns.map { row.integer($0) } == [0, 2, 3, 4, 5, 6, 7].map { line[$0] as? Int })
            #expect(
                row.amount("amount") == amount(line[1]) && row.amount("qualified_amount") == amount(line[8]))
        }
    }

    @Test func `the planted stall is found, and nobody else is told to be stuck`() throws {
        let answer = try Self.bench.get().answer("milestones", "--limit", "10000")
        #expect(
            answer.headline.hasPrefix(
                "Rachel Steinberg reaches “Access to the decision maker” in 10 % of 30 deals"))
        let stuck = answer.rows("people").filter { $0.text("verdict") == "stuck" }
        #expect(stuck.map { $0.text("person") } == ["Rachel Steinberg"])
        #expect(answer.warnings["claimed_without_evidence"]?.hasPrefix("310 ") == true)
        // Of a team only its people are shown, against everybody all the same.
        let east = try Self.bench.get().answer("milestones", "--team", "East", "--limit", "10000")
        let rachel = try #require(east.rows("people").first)
        #expect(rachel.text("person") == "Rachel Steinberg" && rachel.integer("others_n") == 615)
        #expect(Set(east.rows("people").map { $0.text("team") }) == ["East"])
    }

    @Test(arguments: [("FY2026", "2026-01-01", "2026-12-31"), ("FY2025Q3", "2025-07-01", "2025-09-30")])
    func `losses are as the exports say`(period: String, first: String, last: String) throws {
        let bench = try Self.bench.get()
        let wanted = try Self.oracle("losses.py", first, last)
        let answer = try bench.answer("losses", "--period", period, "--by", "person", "--limit", "10000")
        try compareOutcomes(answer, wanted)
        for (table, column, absence) in [
            ("reasons", "reason", "Nobody knows"), ("competitors", "competitor", "Nobody"),
            ("stages", "stage", "Not known"),
        ] {
            let lines = try #require(wanted[table] as? [String: [Any]])
            #expect(answer.rows(table).count == lines.count, "\(table)")
            for row in answer.rows(table) {
                let name = row.text(column) ?? ""
                let line = try #require(lines[name == absence ? "None" : name], "\(table) \(name)")
                #expect(
                    row.integer("deals") == line[0] as? Int && row.amount("amount") == amount(line[1]),
                    "\(name)")
            }
        }
        let reviews = try #require(wanted["reviews"] as? [String: [Int]])
        for row in answer.rows("reasons") {
            let found = ["reviewed", "corrected", "outsold"].map { row.integer($0) }
            #expect(found == reviews[row.text("reason") ?? ""]?.map { $0 })
        }
        let links = try #require(wanted["links"] as? [String: [Any]])
        #expect(answer.rows("links").count == links.count)
        for row in answer.rows("links") {
            let key = ["attribute", "value", "reason"].map { row.text($0) ?? "" }.joined(separator: "|")
            let line = try #require(links[key], "\(key)")
            #expect(row.integer("deals") == line[0] as? Int && row.integer("n") == line[1] as? Int, "\(key)")
            Self.expect(row.values["lift"], near: line[2], key, within: 1e-9)
            Self.expect(row.values["p"], near: line[3], key)
            Self.expect(row.values["p_adjusted"], near: line[4], key)
        }
        let given = try #require(wanted["concessions"] as? [String: [Any]])
        #expect(answer.rows("concessions").count == given.count)
        for row in answer.rows("concessions") {
            let line = try #require(given[row.text("kind") ?? ""])
            #expect(
                ["concessions", "deals", "untraded"].map { row.integer($0) }
                    == [0, 1, 4].map { line[$0] as? Int })
            #expect(row.amount("amount") == amount(line[2]))
            Self.expect(row.values["mean_discount"], near: line[3], "discount", within: 1e-9)
        }
    }

    private func compareOutcomes(_ answer: PrintedAnswer, _ wanted: [String: Any]) throws {
        let outcomes = try #require(wanted["outcomes"] as? [String: [Any]])
        let company = try #require(answer.rows().first)
        for name in ["won", "lost", "no_decision", "disqualified"] {
            #expect(company.integer(name + "_count") == outcomes[name]?[0] as? Int ?? 0, "\(name)")
            #expect(company.amount(name) == amount(outcomes[name]?[1]) ?? .zero, "\(name)")
        }
        let rates = try #require(wanted["rates"] as? [Any])
        Self.expect(company.values["no_decision_rate"], near: rates[0], "rate", within: 1e-9)
        Self.expect(company.values["no_decision_rate_amount"], near: rates[1], "by amount", within: 1e-9)
        #expect(company.integer("unknown_count") == rates[2] as? Int)
        let silent = try #require(wanted["silent"] as? [Any])
        #expect(
            company.integer("silent_count") == silent[2] as? Int
                && company.amount("silent") == amount(silent[3]))
        let people = try #require(wanted["people"] as? [String: [String: Int]])
        let ids = try Self.ids()
        for row in answer.rows() where row.text("level") == "person" {
            // Who has moved has a line in each of the teams.
            guard let id = ids[row.text("node") ?? ""], id != "P001" else { continue }
            for name in ["won", "lost", "no_decision"] {
                #expect(row.integer(name + "_count") == people[id]?[name] ?? 0, "\(id) \(name)")
            }
        }
    }
}

/// Companies with nothing, one deal, one person, nothing but losses or open deals, and deals worth nothing: absent numbers
/// stay absent, and none is 0 % or 100 % for emptiness.
@Suite("Evidence of small companies")
struct SmallEvidenceTests {
    private static let header = "id,name,owner_id,stage_id,amount,close_date,created_date\n"

    private static let companies: [(name: String, deals: String)] = [
        ("empty", ""), ("one open", "d1,One,p1,New,100,2026-06-30,2026-04-01\n"),
        ("one lost", "d1,One,p1,Lost,100,2026-04-30,2026-04-01\n"),
        ("one won", "d1,One,p1,Won,100,2026-04-30,2026-04-01\n"),
        (
            "all lost",
            (1...12).map { "d\($0),Deal \($0),p1,Lost,\($0)0,2026-04-\(10 + $0),2026-04-01\n" }.joined()
        ),
        ("all open", (1...12).map { "d\($0),Deal \($0),p1,New,10,2026-06-30,2026-04-01\n" }.joined()),
        (
            "worth nothing",
            (1...12).map { "d\($0),Deal \($0),p1,\($0 % 2 == 0 ? "Won" : "Lost"),0,2026-04-20,2026-04-01\n" }
                .joined()
        ),
    ]

    private func bench(_ deals: String, _ more: [String: String] = [:]) throws -> Bench {
        let bench = try Bench()
        var exports = [
            "company": "id,name,currency,fiscal_year_start_month\nc,Tern,USD,1\n",
            "team": "id,name,parent_id\nt1,East,\n", "person": "id,name,team_id\np1,Ann,t1\n",
            "stage": """
            id,name,position,kind,category
            New,New,1,open,pipeline
            Won,Won,2,won,closed
            Lost,Lost,3,lost,omitted

            """,
            // Even a company without deals has exported them: one that is gone again.
            "opportunity": Self.header + (deals.isEmpty ? "d0,Gone,p1,New,1,2026-06-30,2026-04-01\n" : deals),
        ]
        for (entity, text) in more { exports[entity] = text }
        try bench.mustLoad("2026-05-01", exports)
        return bench
    }

    private static let questions = ["milestones", "losses", "resources", "peers"]

    /// No table has a rate that is none, or one that stands for emptiness.
    private func expectHonest(_ answer: PrintedAnswer, _ what: String) {
        for table in answer.tables {
            for row in table.rows {
                for (column, value) in row.values {
                    guard let number = (value as? NSNumber)?.doubleValue else { continue }
                    #expect(number.isFinite, "\(what) \(table.name).\(column)")
                }
            }
        }
    }

    @Test(arguments: companies.map(\.name))
    func `answer with what is known and no more`(name: String) throws {
        let deals = try #require(Self.companies.first { $0.name == name }).deals
        let bench = try bench(deals)
        for question in Self.questions {
            for level in [[], ["--person", "Ann"], ["--team", "East"]] {
                let answer = try bench.answer([question] + level)
                #expect(!answer.headline.isEmpty)
                expectHonest(answer, "\(name) \(question)")
            }
        }
        let milestones = try bench.answer("milestones")
        #expect(milestones.headline == "Tern: no milestones are loaded")
        #expect(
            milestones.rows("people").isEmpty && !milestones.tables.contains { $0.name == "qualification" })
        let losses = try bench.answer("losses", "--period", "FY2026Q2")
        let top = try #require(losses.rows().first)
        #expect(losses.warnings["age_unknown"] != nil && top.isNull("silent_count"))
        switch name {
        case "all lost":
            #expect(top.integer("lost_count") == 12 && top.integer("unknown_count") == 12)
            // Twelve of twelve: a rate of twelve deals, with its interval, and not of emptiness.
            #expect((top.values["unknown_rate"] as? NSNumber)?.doubleValue == 1)
            #expect((top.values["no_decision_rate"] as? NSNumber)?.doubleValue == 0)
            #expect((top.values["no_decision_rate_high"] as? NSNumber)?.doubleValue ?? 0 > 0.2)
        case "worth nothing":
            #expect(top.integer("decided_count") == 12 && top.isNull("no_decision_rate_amount"))
        default:
            #expect(top.isNull("no_decision_rate") && top.isNull("unknown_rate"))
        }
    }

    @Test func `what is claimed without evidence, withdrawn or of tomorrow is not reached`() throws {
        let deals = (1...4).map { "d\($0),Deal \($0),p1,New,10,2026-06-30,2026-04-02\n" }.joined()
        let bench = try bench(
            deals,
            [
                "milestone": "id,name,stage_id,position,usual_days\nm1,Need,New,1,5\nm2,Other,Nowhere,2,5\n",
                "milestone_claim": """
                id,opportunity_id,milestone_id,reached_date,evidence_kind,evidence_date,withdrawn_date
                c1,d1,m1,2026-04-10,document,2026-04-10,
                c2,d2,m1,2026-04-10,,,
                c3,d3,m1,2026-04-10,document,2026-04-10,2026-04-20
                c4,d4,m1,2026-05-20,document,2026-05-20,
                c5,d9,m1,2026-04-01,document,2026-04-01,

                """,
                "qualification": """
                id,opportunity_id,criterion,is_met,assessed_date
                q1,d1,functional,true,2026-04-10
                q2,d1,financial,true,2026-04-10
                q3,d1,Political,true,2026-04-10
                q4,d2,functional,false,2026-04-10
                q5,d3,functional,true,2026-05-20

                """,
            ])
        let answer = try bench.answer("milestones")
        let need = try #require(answer.rows("milestones").first)
        // All are on the first day known: they stand in the stage since then, for no day of their time.
        #expect(need.integer("came") == 0)
        let row = try #require(answer.rows("qualification").last)
        let found = ["deals", "unknown", "functional", "qualified"].map { row.integer($0) }
        #expect(found == [4, 2, 1, 1] && row.amount("qualified_amount") == Amount(10))
        try bench.mustLoad("2026-05-15", ["opportunity": Self.header + deals])
        let later = try #require(try bench.answer("milestones").rows("milestones").first)
        #expect(["came", "reached", "bare", "stuck"].map { later.integer($0) } == [4, 1, 1, 3])
        #expect(later.isNull("rate"))
    }
}

/// The exact amount that a script prints as text.
private func amount(_ value: Any?) -> Amount? {
    (value as? String).flatMap { Amount($0) }
}

/// `resources` and `peers` of the sample company, against the same kind of reckoning.
@Suite("Peers and resources of the sample company")
struct PeerTests {
    private static var bench: Result<Bench, any Error> { SampleEnoughTests.bench }

    private static func oracle() throws -> [String: Any] {
        try Oracle.run(
            "peers.py",
            [bench.get().folder.path + "/halden", "2026-12-07", "2024-12-07", "2026-01-01", "2026-12-31"])
    }

    @Test func `are as the exports say`() throws {
        let bench = try Self.bench.get()
        let wanted = try Self.oracle()
        let answer = try bench.answer("peers")
        let people = try #require(wanted["people"] as? [String: [Any]])
        let names = try bench.values("select name || '|' || id as value from bellwether.person").compactMap {
            $0?.split(separator: "|").map(String.init)
        }
        let ids = Dictionary(names.map { ($0[0], $0[1]) }, uniquingKeysWith: { first, _ in first })
        #expect(answer.rows("peers").count == people.count)
        for row in answer.rows("peers") {
            let line = try #require(people[ids[row.text("peer") ?? ""] ?? ""])
            #expect(row.integer("won") == line[0] as? Int && row.integer("decided") == line[1] as? Int)
            EvidenceTests.expect(row.values["shrunk"], near: line[2], row.text("peer") ?? "")
        }
        // Nothing is planted among them, and they say so.
        #expect(
            wanted["weight"] is NSNull && answer.headline.hasSuffix("they cannot be told apart from chance"))
        #expect(answer.rows("peers").allSatisfy { $0.integer("group") == 1 && $0.isNull("shrunk_low") })
        let mentors = answer.rows("mentors")
        #expect(mentors.map { $0.text("person") } == ["Rachel Steinberg"])
        #expect(mentors[0].integer("mentor_n") ?? 0 >= 10)
        #expect(try bench.answer("peers", "--by", "team").rows("peers").count == 3)
        #expect(try bench.run("peers", "--by", "company").status == 64)
    }

    @Test func `of requests, success factors, meetings and new people are as the exports say`() throws {
        let bench = try Self.bench.get()
        let wanted = try Self.oracle()
        let answer = try bench.answer("resources", "--period", "FY2026")
        let requests = try #require(wanted["requests"] as? [String: [Int]])
        for row in answer.rows() {
            let line = requests[row.text("standing_id") ?? ""] ?? [0, 0, 0, 0]
            #expect(["requests", "ended", "won"].map { row.integer($0) } == line.prefix(3).map { $0 })
            #expect(row.amount("hours") == Amount(line[3]))
        }
        #expect(answer.headline.contains("granted against the criteria (1 of 6 that have ended won"))
        let success = try #require(wanted["success"] as? [String: Int])
        let row = try #require(answer.rows("success").first)
        for name in ["met", "missed", "overdue", "open"] {
            #expect(row.integer(name) == success[name] ?? 0, "\(name)")
        }
        let cadence = try #require(wanted["cadence"] as? [String: [Int]])
        let teams = ["East": "T-EAST", "West": "T-WEST", "EMEA": "T-EMEA"]
        #expect(answer.rows("cadence").count == cadence.count)
        for row in answer.rows("cadence") {
            let line = cadence["\(row.text("kind") ?? "")|\(teams[row.text("node") ?? ""] ?? "")"]
            #expect(row.integer("planned") == line?[0] && row.integer("held") == line?[1])
        }
        let ramp = try #require(wanted["ramp"] as? [String: Any])
        let people = answer.rows("ramp").filter { $0.text("level") == "person" }
        #expect(people.count == ramp.count && !people.isEmpty)
        for row in people { #expect(row.integer("days") == ramp[row.text("person") ?? ""] as? Int) }
        let median = try #require(answer.rows("ramp").first { $0.text("level") == "all" })
        #expect(median.integer("n") == ramp.count)
        #expect(median.integer("days") == (ramp.count >= 5 ? wanted["median"] as? Int : nil))
    }
}
