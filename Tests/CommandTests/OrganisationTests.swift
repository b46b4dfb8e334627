import Model
import Postgres
import TestSupport
import Testing

/// Deals are rolled up by the organisation as it was, as it is, or as of a day; nobody drops out in silence.
@Suite("The organisation")
struct OrganisationTests {
    private static let first = "2026-05-04"
    private static let second = "2026-05-05"

    // MARK: - The tree

    @Test func `may be eight teams deep`() throws {
        let bench = try Bench()
        let chain = (1...8).map { "t\($0),Level \($0),\($0 == 1 ? "" : "t\($0 - 1)")" }
        try bench.mustLoad(
            Self.first,
            Self.company(
                teams: chain.shuffled(), people: ["p1,Ann,t8"],
                deals: ["d1,First,a1,p1,New,commit,100,USD,2026-06-30"]))
        let rows = try bench.answer("forecast", "--period", "FY2026Q2", "--by", "person").rows()
        #expect(rows.map { $0.text("node") } == ["Acme"] + (1...8).map { "Level \($0)" } + ["Ann"])
        #expect(rows.map { $0.text("parent") } == [nil, "Acme"] + (1...8).map { "Level \($0)" })
        #expect(rows.allSatisfy { $0.text("commit") == "100" && $0.integer("commit_count") == 1 })
        let deep = try bench.answer("forecast", "--period", "FY2026Q2", "--team", "Level 6").rows()
        #expect(deep.map { $0.text("node") } == ["Level 6", "Level 7", "Level 8"])
    }

    @Test func `rolls up a branch without a lead, and shows the vacancy`() throws {
        let bench = try Bench()
        let deals = [
            "d1,First,a1,p1,New,commit,100,USD,2026-06-30", "d2,Second,a1,p2,New,commit,200,USD,2026-06-30",
        ]
        func load(_ day: String, people: [String]) throws {
            var exports = Self.company(teams: [], people: people, deals: deals)
            exports["team"] =
                "id,name,parent_id,lead_id\nt1,East,,p1\nt2,West,,\nt3,Coast,t2,p3\n"
            try bench.mustLoad(day, exports)
        }
        try load(Self.first, people: ["p1,Ann,t1", "p2,Bob,t3", "p3,Cleo,t3"])
        let rows = try bench.answer("forecast", "--period", "FY2026Q2").rows()
        #expect(rows.map { $0.text("node") } == ["Acme", "East", "West", "Coast"])
        #expect(rows.map { $0.text("lead") } == [nil, "Ann", nil, "Cleo"])
        #expect(rows.map { $0.text("commit") } == ["300", "100", "200", "200"])
        #expect(try bench.run("forecast", "--period", "FY2026Q2").output.contains("\nNo lead: West\n"))
        // Whoever is not there any more leads nobody.
        try load(Self.second, people: ["p1,Ann,t1", "p2,Bob,t3"])
        let left = try bench.run("forecast", "--period", "FY2026Q2")
        #expect(left.output.contains("\nNo lead: West, Coast\n"), "\(left)")
        // A CRM that tells of no lead at all tells of no vacancy.
        let other = try Bench()
        try other.mustLoad(Self.first, Acme.exports)
        #expect(try !other.run("forecast", "--period", "FY2026Q2").output.contains("No lead"))
    }

    @Test func `has a team from its first day to its last`() throws {
        let bench = try Bench()
        let people = ["p1,Ann,t1", "p2,Bob,t2"]
        let deals = [
            "d1,First,a1,p1,New,commit,100,USD,2026-06-30", "d2,Second,a1,p2,New,commit,200,USD,2026-06-30",
            "d3,Won,a1,p2,Won,,50,USD,2026-05-04",
        ]
        let nights = [
            ["t1,East,", "t2,West,"], ["t1,East,", "t2,West,", "t3,North,"], ["t1,East,", "t3,North,"],
        ]
        for (day, teams) in zip(["2026-05-04", "2026-05-05", "2026-05-06"], nights) {
            try bench.mustLoad(day, Self.company(teams: teams, people: people, deals: deals))
        }
        func nodes(_ options: String...) throws -> [String] {
            let rows = try bench.answer(["forecast", "--period", "FY2026Q2"] + options).rows()
            return rows.map { "\($0.text("node") ?? "") \($0.text("commit") ?? "")" }
        }
        #expect(try nodes("--as-of", "2026-05-04") == ["Acme 300", "East 100", "West 200"])
        #expect(try nodes("--as-of", "2026-05-05") == ["Acme 300", "East 100", "North 0", "West 200"])
        #expect(try nodes() == ["Acme 300", "East 100", "North 0", "No team 200"])
        #expect(try nodes("--org", "2026-05-05") == ["Acme 300", "East 100", "North 0", "West 200"])
        #expect(
            try nodes("--as-of", "2026-05-04", "--org", "as-is")
                == ["Acme 300", "East 100", "North 0", "No team 200"])
        // What a team won that is gone since is nobody's team's, by name and not in silence.
        let won = try bench.answer("forecast", "--period", "FY2026Q2").rows().map { $0.text("closed") }
        #expect(won == ["50", "0", "0", "50"])
        let differs = try bench.answer(
            "forecast", "--period", "FY2026Q2", "--as-of", "2026-05-04", "--org", "as-is"
        ).warnings["organisation_differs"]
        #expect(
            differs
                == "by the organisation of 2026-05-06, not that of 2026-05-04: 1 team not in it (West); 1 team in it alone (North)"
        )
    }

    @Test func `is refused where teams report in a circle, which is printed`() throws {
        let bench = try Bench()
        try bench.mustLoad(Self.first, Acme.exports)
        try bench.mustLoad(
            Self.second, Acme.exports.merging(["team": "id,name,parent_id\nt1,East,t2\nt2,West,t1\n"]) { $1 })
        let asked: [[String]] = [
            ["forecast"], ["deals"], ["plan"], ["missing"], ["call", "list"],
            ["forecast", "--as-of", Self.first, "--org", "as-is"],
        ]
        for arguments in asked {
            let outcome = try bench.run(arguments + ["--period", "FY2026Q2"])
            #expect(outcome.status == 64 && outcome.output.isEmpty, "\(outcome)")
            #expect(
                outcome.errors.contains("BW508 teams report in a circle: East → West → East"), "\(outcome)")
        }
        // The organisation of the day before is as sound as it was.
        for options in [["--as-of", Self.first], ["--org", Self.first]] {
            let rows = try bench.answer(["forecast", "--period", "FY2026Q2"] + options).rows("forecast")
            #expect(rows.map { $0.text("commit") } == ["300", "100", "200"], "\(options)")
        }
    }

    // MARK: - The people

    /// Ann goes from East to West, Bob leaves, Dan comes, and Cleo never has a team.
    private static func moved() throws -> Bench {
        let bench = try Bench()
        let teams = ["t1,East,", "t2,West,"]
        let deals = [
            "d1,Won by Ann,a1,p1,Won,,70,USD,2026-05-04", "d2,Of Ann,a1,p1,New,commit,100,USD,2026-06-30",
            "d3,Of Bob,a1,p2,New,commit,200,USD,2026-06-30", "d4,Of Cleo,a1,p3,New,commit,30,USD,2026-06-30",
            "d5,Won by Bob,a1,p2,Won,,50,USD,2026-05-04",
        ]
        try bench.mustLoad(
            first,
            company(teams: teams, people: ["p1,Ann,t1", "p2,Bob,t2", "p3,Cleo,"], deals: deals))
        try bench.mustLoad(
            second,
            company(
                teams: teams, people: ["p1,Ann,t2", "p3,Cleo,", "p4,Dan,t1"],
                deals: deals + ["d6,Of Dan,a1,p4,New,commit,9,USD,2026-06-30"]))
        return bench
    }

    private static let choices: [(options: [String], expected: [String])] = [
        // Open deals by today, won ones by the day they were won, Bob's too, who has left.
        (
            [],
            [
                "Acme 120 339", "East 70 9", "Ann 70 0", "Dan 0 9", "West 50 100", "Ann 0 100", "Bob 50 0",
                "No team 0 30", "Cleo 0 30", "Unassigned 0 200",
            ]
        ),
        (
            ["--org", "as-is"],
            [
                "Acme 120 339", "East 0 9", "Dan 0 9", "West 70 100", "Ann 70 100", "No team 0 30",
                "Cleo 0 30",
                "Unassigned 50 200",
            ]
        ),
        (
            ["--org", first],
            [
                "Acme 120 339", "East 70 100", "Ann 70 100", "West 50 200", "Bob 50 200", "No team 0 30",
                "Cleo 0 30", "Unassigned 0 9",
            ]
        ),
        (
            ["--as-of", first, "--org", "as-is"],
            [
                "Acme 120 330", "East 0 0", "Dan 0 0", "West 70 100", "Ann 70 100", "No team 0 30",
                "Cleo 0 30", "Unassigned 50 200",
            ]
        ),
        (["--as-of", first, "--org", "as-was"], asOfFirst), (["--as-of", first], asOfFirst),
        (["--as-of", first, "--org", first], asOfFirst),
    ]

    @Test(arguments: choices)
    func `has each person where the choice says`(options: [String], expected: [String]) throws {
        let answer = try Self.bench.get().answer(
            ["forecast", "--period", "FY2026Q2", "--by", "person"] + options)
        let found = answer.rows("forecast").map {
            "\($0.text("node") ?? "") \($0.text("closed") ?? "") \($0.text("commit") ?? "")"
        }
        #expect(found == expected)
        let filters = answer.passport("filters") as? [[String: String]] ?? []
        let stated = filters.first { $0["name"] == "org" }?["value"]
        switch options.last {
        case "as-is": #expect(stated == "as-is (\(Self.second))")
        case Self.first where options.contains("--org"): #expect(stated == Self.first)
        default: #expect(stated == nil)
        }
    }

    private static let asOfFirst = [
        "Acme 120 330", "East 70 100", "Ann 70 100", "West 50 200", "Bob 50 200", "No team 0 30", "Cleo 0 30",
    ]

    @Test func `says who stands elsewhere, and what that does to each team`() throws {
        let bench = try Self.bench.get()
        let answer = try bench.answer("forecast", "--period", "FY2026Q2", "--org", Self.first)
        #expect(
            answer.warnings["organisation_differs"]
                == "by the organisation of 2026-05-04, not that of 2026-05-05: 1 person in another team (Ann: West → East); 1 person not in it (Dan); 1 person in it alone (Bob)"
        )
        func effects(_ answer: PrintedAnswer) -> [String] {
            answer.rows("organisation").map { row in
                ["node", "as_was", "as_chosen", "difference"].map { row.text($0) ?? "-" }
                    .joined(separator: " ")
            }
        }
        // Closed + open: Ann's 100 come back to East, Bob's 200 to West; Dan's 9 are nobody's.
        #expect(
            effects(answer) == [
                "Acme 459 459 0", "East 79 170 91", "West 150 250 100", "Unassigned 200 9 -191",
            ])
        let asIs = try bench.answer("forecast", "--period", "FY2026Q2", "--org", "as-is")
        #expect(asIs.warnings["organisation_differs"] == nil)
        #expect(
            effects(asIs) == [
                "Acme 459 459 0", "East 79 9 -70", "West 150 170 20", "Unassigned 200 250 50",
            ])
        let screen = try bench.run("forecast", "--period", "FY2026Q2", "--org", Self.first).output
        try GoldenTests().compare(screen, with: "forecast-org")
        let east = try bench.answer("forecast", "--period", "FY2026Q2", "--org", "as-is", "--team", "East")
        #expect(effects(east) == ["East 79 9 -70"])
        #expect(effects(try bench.answer("forecast", "--period", "FY2026Q2")).isEmpty)
    }

    @Test func `is that of every question`() throws {
        let bench = try Self.bench.get()
        func ids(_ options: String...) throws -> [String] {
            try bench.answer(["deals", "--period", "FY2026Q2"] + options).rows().compactMap { $0.text("id") }
        }
        #expect(Set(try ids("--team", "West")) == ["d2", "d5"])
        #expect(Set(try ids("--team", "West", "--org", "as-is")) == ["d1", "d2"])
        #expect(Set(try ids("--team", "West", "--org", Self.first)) == ["d3", "d5"])
        #expect(Set(try ids("--team", "unassigned", "--org", Self.first)) == ["d6"])
        #expect(Set(try ids("--person", "Bob", "--org", Self.first)) == ["d3", "d5"])
        let calls = try bench.answer(
            "call", "list", "--period", "FY2026Q2", "--by", "person", "--org", Self.first
        ).rows()
        #expect(
            calls.map { "\($0.text("node") ?? "") \($0.text("calculated") ?? "")" } == [
                "Acme 459", "East 170", "Ann 170", "West 250", "Bob 250", "No team 30", "Cleo 30",
                "Unassigned 9",
            ])
        let missing = try bench.answer("missing", "--period", "FY2026Q2", "--org", "as-is").rows("deals")
        #expect(missing.map { $0.text("id") } == ["d3", "d5", "d4"])
    }

    @Test func `has calls and plans on their nodes, and names those that it lacks`() throws {
        let bench = try Bench()
        let plan = """
            id,kind,node_kind,node_id,period,amount
            q1,quota,person,p1,FY2026Q2,500
            q2,quota,team,t3,FY2026Q2,800

            """
        var exports = Acme.exports
        exports["plan_line"] = plan
        try bench.mustLoad(Self.first, exports)
        exports["team"]?.append("t3,North,\n")
        exports["person"] = "id,name,team_id\np1,Ann,t3\np2,Bob,t2\n"
        try bench.mustLoad(Self.second, exports)
        let call = try bench.run(
            "call", "submit", "--node", "North", "--amount", "123", "--by", "Ann", "--at",
            "2026-05-05T12:00", "--period", "FY2026Q2")
        try #require(call.status == 0, "\(call)")
        func rows(_ options: String...) throws -> [String] {
            try bench.answer(["forecast", "--period", "FY2026Q2", "--by", "person"] + options)
                .rows("forecast").map { row in
                    ["node", "call", "quota"].map { row.text($0) ?? "-" }.joined(separator: " ")
                }
        }
        #expect(
            try rows() == [
                "Acme 323 800", "East 0 -", "North 123 800", "Ann 100 500", "West 200 -", "Bob 200 -",
            ])
        #expect(
            try rows("--org", Self.first) == [
                "Acme 300 500", "East 100 500", "Ann 100 500", "West 200 -", "Bob 200 -",
            ])
        let warnings = try bench.answer("forecast", "--period", "FY2026Q2", "--org", Self.first).warnings
        #expect(
            warnings["plan_node_unknown"]
                == "800 USD planned for 1 team or person not there on 2026-05-04, in no sum")
        #expect(warnings["calls_without_node"]?.contains("team t3") == true, "\(warnings)")
        let people = try bench.answer("plan", "--period", "FY2026Q2", "--by", "person", "--org", Self.first)
        #expect(people.rows().first { $0.text("node") == "Ann" }?.text("parent") == "East")
    }

    // MARK: - Words

    private static let wrong: [(options: [String], code: String, words: String)] = [
        (["--org", "as-it-was"], "BW540", "as-was, as-is, or a day"),
        (["--org", "AS-IS"], "BW540", "as-was"), (["--org", ""], "BW540", "as-was"),
        (["--org", "2026-02-30"], "BW540", "as-was"), (["--org", "today"], "BW540", "as-was"),
        (["--org", "2026-05-03"], "BW541", "its first snapshot is of 2026-05-04"),
        (["--org", "2026-05-06"], "BW541", "the newest snapshot is of 2026-05-05"),
        (
            ["--org", first, "--team", "North"], "BW502",
            "no team “North” in the organisation of 2026-05-04"
        ),
        (
            ["--org", "as-is", "--person", "Bob"], "BW503",
            "no person “Bob” in the organisation of 2026-05-05"
        ),
    ]

    @Test(arguments: wrong)
    func `is refused in the wrong words, and where nothing is known of it`(
        options: [String], code: String, words: String
    ) throws {
        let outcome = try Self.bench.get().run(["forecast"] + options)
        #expect(outcome.status == 64 && outcome.output.isEmpty, "\(outcome)")
        #expect(outcome.errors.contains(code) && outcome.errors.contains(words), "\(outcome)")
    }

    @Test(arguments: [["deals"], ["plan"], ["missing"], ["call", "list"], ["call", "history"]])
    func `is asked for in the same words everywhere`(question: [String]) throws {
        let outcome = try Self.bench.get().run(question + ["--org", "tomorrow"])
        #expect(outcome.status == 64 && outcome.errors.contains("BW540"), "\(outcome)")
    }

    @Test func `is not known at a load before it`() throws {
        let bench = try Self.bench.get()
        let outcome = try bench.run("forecast", "--as-known", "1", "--org", Self.second)
        #expect(outcome.status == 64 && outcome.errors.contains("BW541"), "\(outcome)")
        let asIs = try bench.answer(
            "forecast", "--period", "FY2026Q2", "--as-known", "1", "--org", "as-is", "--by", "person")
        #expect(asIs.rows("forecast").map { $0.text("node") }.contains("Bob"))
    }

    @Test func `is unknown where neither teams nor people are loaded`() throws {
        let bench = try Bench()
        try bench.mustLoad(Self.first, ["opportunity": Acme.deals])
        let outcome = try bench.run("forecast", "--org", Self.first)
        #expect(outcome.status == 64 && outcome.errors.contains("BW541"), "\(outcome)")
        let rows = try bench.answer("forecast", "--period", "FY2026Q2", "--org", "as-is").rows("forecast")
        #expect(rows.map { $0.text("node") } == ["Company", "Unassigned"])
        #expect(rows.map { $0.integer("commit_count") } == [2, 2])
    }

    @Test func `of a view is what the setting says`() throws {
        let connection = try Self.bench.get().connection()
        func team(of deal: String, _ setting: String) throws -> String? {
            try connection.execute("select set_config('bellwether.org', $1, false)", [.text(setting)])
            let rows = try connection.query(
                "select owner_team_id as value from bellwether.deal where id = $1", [.text(deal)])
            for row in rows { return try row.decode("value", as: String?.self) }
            return nil
        }
        #expect(try team(of: "d1", "") == "t1" && team(of: "d1", "as-was") == "t1")
        #expect(try team(of: "d1", "as-is") == "t2" && team(of: "d2", Self.first) == "t1")
        let error = try #require(throws: DatabaseError.self) { try team(of: "d1", "now") }
        #expect(error.sqlState == "BW540" && error.message.contains("bellwether.org"))
    }

    private static let bench = Result { try moved() }

    /// The exports of a small company with those lines in its files.
    private static func company(teams: [String], people: [String], deals: [String]) -> [String: String] {
        func file(_ header: String, _ lines: [String]) -> String {
            ([header] + lines).joined(separator: "\n") + "\n"
        }
        return Acme.reference.merging([
            "team": file("id,name,parent_id", teams), "person": file("id,name,team_id", people),
            "opportunity": file(Acme.dealHeader, deals),
        ]) { $1 }
    }
}
