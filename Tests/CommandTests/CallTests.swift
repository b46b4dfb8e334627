import Foundation
import Model
import Postgres
import TestSupport
import Testing

/// Calls that are said by command: each a load of its own, in the forecast at once, never lost.
@Suite("Calls by command")
struct CallTests {
    private static let called = Result { try Meridian.called() }

    @Test func `make the forecast's number, beside what the deals say`() throws {
        let bench = try Self.called.get()
        let answer = try bench.answer("forecast", "--period", "FY2026Q4")
        #expect(
            answer.headline.contains("the call is 7.10 M USD, 0.10 M USD under the budget of 7.20 M USD"),
            "\(answer.headline)")
        #expect(
            answer.headline.contains(
                "deals support 6.40 M USD, judgement 0.70 M USD (EMEA 0.50 M USD, East 0.20 M USD)"),
            "\(answer.headline)")
        let columns = [
            "node", "commit_cum", "call", "call_override", "submitted", "rolled_up", "judgement", "gap",
        ]
        let rows = answer.rows().map { row in columns.map { row.text($0) ?? "-" }.joined(separator: " ") }
        #expect(
            rows == [
                "Meridian 6400000 7100000 - - 7100000 700000 100000",
                "EMEA 1950000 2450000 2450000 - 1950000 500000 -",
                "East 2350000 2550000 - 2550000 2350000 200000 -",
                "West 2100000 2100000 - - 2100000 0 -",
            ])
        let stale = try #require(answer.warnings["override_stale"])
        #expect(
            stale.contains("override of 2.45 M USD stands since 2026-11-16 on deals of 2.55 M USD"),
            "\(stale)")
        #expect(
            stale.contains("which say 1.95 M USD now; 2 left, 0.60 M USD (Brightwater, Kestrel)"),
            "\(stale)")
        #expect(
            answer.warnings["calls_missing"]
                == "no call since 2026-12-01 from EMEA (last on 2026-11-16), West (never, no lead)")
    }

    @Test func `answer for the day that is asked for`() throws {
        let bench = try Self.called.get()
        func calls(_ arguments: String...) throws -> [String?] {
            try bench.answer(["call", "list", "--period", "FY2026Q4"] + arguments).rows().map {
                $0.text("call")
            }
        }
        #expect(try calls("--as-of", "2026-12-03") == ["6900000", "2450000", "2350000", "2100000"])
        #expect(
            try calls("--as-known", "3", "--as-of", "2026-12-07") == [
                "6900000", "2450000", "2350000", "2100000",
            ])
        #expect(
            try calls("--as-known", "2", "--as-of", "2026-11-16") == [
                "7000000", "2550000", "2350000", "2100000",
            ])
        let early = try bench.answer("forecast", "--period", "FY2026Q4", "--as-of", "2026-11-16")
        #expect(early.warnings["override_stale"] == nil, "on its own day its ground holds")
        let before = try bench.answer("forecast", "--period", "FY2026Q3")
        #expect(
            before.warnings.keys.filter { $0.hasPrefix("call") }.isEmpty && before.headline.contains("closed")
        )
    }

    @Test func `of one day are one snapshot, each a load that can be taken back`() throws {
        let bench = try Meridian.called()
        func say(_ amount: String, _ time: String) throws {
            let outcome = try bench.run(
                "call", "submit", "--node", "t1", "--amount", amount, "--by", "p1", "--at",
                "2026-12-04T\(time)",
                "--period", "this")
            #expect(outcome.status == 0, "\(outcome)")
        }
        func east() throws -> String? {
            try bench.answer("call", "list", "--team", "East").rows()[0].text("submitted")
        }
        try say("2.6M", "18:00")
        try say("2.5M", "16:00")
        #expect(try east() == "2600000", "what was said last counts, not what was entered last")
        #expect(
            try bench.values(
                "select rows_read::text as value from bellwether.live_snapshot where source = 'bellwether' order by day"
            )
                == ["1", "3"])
        #expect(try bench.run("loads", "undo", "6").status == 0)
        #expect(try east() == "2600000")
        #expect(try bench.run("loads", "undo", "5").status == 0)
        #expect(try east() == "2550000")
        try say("2.7M", "19:00")
        #expect(try east() == "2700000")
        #expect(
            try bench.values(
                "select amount::text as value from bellwether.call where node_id = 't1' order by submitted_at"
            )
                == ["2550000", "2700000"])
        let verify = try bench.run("verify")
        #expect(verify.status == 0, "\(verify)")
        let rebuilt = try bench.run("verify", "--rebuild", ".")
        #expect(rebuilt.status == 0, "\(rebuilt)")
    }

    @Test func `stay in the history with what they replaced, resets with their reason`() throws {
        let bench = try Meridian.called()
        let reset = try bench.run(
            "call", "reset", "--node", "EMEA", "--by", "Jonas Keller", "--note", "they slipped", "--at",
            "2026-12-07 09:00")
        #expect(
            reset.status == 0 && reset.text.contains("the override of 2.45 M USD is taken back"), "\(reset)")
        #expect(reset.text.contains("1.95 M USD counts"), "\(reset)")
        let history = try bench.answer("call", "history", "--period", "FY2026Q4")
        let lines = history.rows().map { row in
            ["at", "node", "kind", "amount", "previous", "calculated", "by", "note"].map {
                row.text($0) ?? "-"
            }
            .joined(separator: "|")
        }
        #expect(
            lines == [
                "2026-12-07 09:00|EMEA|override reset|-|2450000|1950000|Jonas Keller|they slipped",
                "2026-12-04 17:00|East|own|2550000|-|2350000|Dana Ortiz|-",
                "2026-11-16 17:00|EMEA|override|2450000|-|2550000|Jonas Keller|two deals will slip",
            ])
        #expect(try bench.answer("call", "history", "--team", "East").rows().count == 1)
        #expect(try bench.answer("call", "history", "--limit", "1").rows().count == 1)
        let forecast = try bench.answer("forecast", "--period", "FY2026Q4")
        #expect(forecast.warnings["override_stale"] == nil && forecast.rows()[1].text("call") == "1950000")
        let own = try bench.run("call", "reset", "--own", "--node", "East", "--by", "p1", "--note", "x")
        #expect(own.status == 0 || own.errors.contains("BW522"), "\(own)")
    }

    @Test func `of several people at once all count`() throws {
        let bench = try Meridian.bench()
        let children = try (1...6).map { number in
            try bench.start(
                "call", "submit", "--node", number % 2 == 0 ? "East" : "West", "--period", "FY2026Q4",
                "--amount",
                "\(number)M", "--by", "p1", "--at", "2026-12-07T10:0\(number)")
        }
        for child in children {
            let outcome = try child.outcome()
            #expect(outcome.status == 0, "\(outcome)")
        }
        #expect(
            try bench.values("select amount::text as value from bellwether.call order by amount")
                == (1...6).map { "\($0)000000" })
        let calls = try bench.answer("call", "list", "--period", "FY2026Q4").rows().map {
            $0.text("submitted")
        }
        #expect(calls == [nil, nil, "6000000", "5000000"])
        #expect(try bench.run("verify").status == 0)
    }

    @Test func `newer than the deals count unless the day is asked for`() throws {
        let bench = try Meridian.called()
        // Friday's snapshot is the newest; the call is of the Monday after, which the clock has not reached yet.
        try bench.mustLoad("2026-12-14", ["call": "id\nc0\n"])
        let said = try bench.run(
            "call", "submit", "--node", "West", "--amount", "2M", "--by", "p2", "--at", "2026-12-14T09:00")
        #expect(said.status == 0, "\(said)")
        let newest = try bench.answer("forecast")
        #expect(newest.rows()[0].text("call") == "7000000" && newest.warnings["calls_newer"] != nil)
        let asked = try bench.answer("forecast", "--as-of", "2026-12-07")
        #expect(asked.rows()[0].text("call") == "7100000" && asked.warnings["calls_newer"] == nil)
        let monday = try bench.answer("forecast", "--as-of", "2026-12-14")
        #expect(monday.rows()[0].text("call") == "7000000")
    }

    @Test func `keep what was noted to the letter`() throws {
        let bench = try Meridian.bench()
        let note = "“said” \"so\": 'yes', {no} [#1] \\n\nnext\tline\u{2028}\u{85} Ünï 東京 🙂 \u{7F}--- null"
        for time in ["10:00", "11:00"] {
            let outcome = try bench.run(
                "call", "submit", "--node", "company", "--amount", "7M", "--by", "p1", "--note", note, "--at",
                "2026-12-07T\(time)")
            #expect(outcome.status == 0, "\(outcome)")
        }
        #expect(try bench.values("select note as value from bellwether.call") == [note, note])
        #expect(try bench.answer("forecast").rows()[0].text("submitted") == "7000000")
    }

    @Test func `of another currency convert at the plan rate, exclusive ones stand on what is closed`() throws
    {
        let bench = try Meridian.bench()
        let euro = try bench.run(
            "call", "submit", "--node", "EMEA", "--amount", "2M", "--currency", "eur", "--by", "p3", "--at",
            "2026-12-07T10:00")
        #expect(euro.status == 0, "\(euro)")
        let exclusive = try bench.run(
            "call", "submit", "--node", "East", "--amount", "800k", "--basis", "exclusive", "--by", "p1",
            "--at",
            "2026-12-07T10:00")
        #expect(exclusive.status == 0, "\(exclusive)")
        let calls = try bench.answer("call", "list").rows().map { $0.text("call") }
        #expect(calls == ["6750000", "2200000", "2450000", "2100000"])
        let best = try bench.answer("call", "list", "--category", "best_case").rows().map { $0.text("call") }
        #expect(best == ["6400000", "1950000", "2350000", "2100000"])
    }

    @Test func `of a part of the business stay apart`() throws {
        let bench = try Meridian.called()
        let said = try bench.run(
            "call", "submit", "--node", "EMEA", "--amount", "0.4M", "--business-line", "renewal", "--by",
            "p3", "--at",
            "2026-12-07T10:00")
        #expect(said.status == 0, "\(said)")
        let whole = try bench.answer("forecast")
        #expect(whole.rows()[0].text("call") == "7100000" && whole.warnings["calls_of_parts"] != nil)
        let part = try bench.answer("call", "list", "--business-line", "renewal")
        #expect(part.rows().map { $0.text("call") } == ["400000", "400000", "0", "0"])
        #expect(part.rows()[0].isNull("calculated") && part.rows()[0].isNull("judgement"))
    }

    @Test func `are due on the company's weekday`() throws {
        let bench = try Bench()
        var reference = Meridian.nights[0]
        reference["company"] =
            "id,name,currency,time_zone,fiscal_year_start_month,call_weekday\nm,Meridian,USD,UTC,1,friday\n"
        try bench.mustLoad("2026-11-16", reference)
        for (node, day) in [("East", "2026-11-07"), ("West", "2026-11-06")] {
            let said = try bench.run(
                "call", "submit", "--node", node, "--amount", "2M", "--by", "p1", "--period", "FY2026Q4",
                "--at",
                "\(day)T10:00")
            #expect(
                said.status == 64 && said.errors.contains("BW504"), "nothing is known of that day: \(said)")
        }
        let list = "id,node_kind,node_id,period,category,amount,submitted_at\n"
        try bench.mustLoad(
            "2026-11-17",
            [
                "call": list + "c1,team,t1,FY2026Q4,commit,1,2026-11-07T10:00\n"
                    + "c2,team,t2,FY2026Q4,commit,1,2026-11-06T10:00\n"
            ])
        // On Monday the 16th Friday the 13th has passed: the week from Saturday the 7th counts.
        let warnings = try bench.answer("forecast", "--as-of", "2026-11-16").warnings
        #expect(
            warnings["calls_missing"]
                == "no call since 2026-11-07 from EMEA (never), West (last on 2026-11-06, no lead)")
    }

    // MARK: - Deals

    @Test func `of single deals stand beside the CRM's word and the one before`() throws {
        let bench = try Meridian.bench()
        func say(_ arguments: String...) throws {
            let outcome = try bench.run(["call"] + arguments)
            #expect(outcome.status == 0, "\(outcome)")
        }
        try say(
            "submit", "--deal", "d6", "--amount", "900k", "--close-date", "2026-12-18", "--by", "Luc Moreau",
            "--note",
            "in legal", "--at", "2026-12-05T10:00")
        try say(
            "submit", "--deal", "Fir", "--category", "best_case", "--by", "p4", "--note", "no budget", "--at",
            "2026-12-07T10:00")
        try say("override", "--deal", "d2", "--category", "omitted", "--by", "p1", "--at", "2026-12-07T11:00")
        func lines(_ arguments: String...) throws -> [String] {
            try bench.answer(["call"] + arguments).rows().map { row in
                [
                    "deal", "category", "kind", "level", "called_amount", "called_close_date",
                    "previous_level",
                    "previous_amount", "by", "reason",
                ].map { row.text($0) ?? "-" }.joined(separator: "|")
            }
        }
        #expect(
            try lines("list", "--deals") == [
                "Fir|Commit|own|Best case|-|-|Commit|900000|Luc Moreau|no budget",
                "Beech|Commit|override|Omitted|-|-|-|-|Dana Ortiz|-",
            ])
        #expect(try lines("list", "--deals", "--team", "East").count == 1)
        #expect(
            try lines("history", "--deal", "d6") == [
                "Fir|Commit|own|Best case|-|-|Commit|900000|Luc Moreau|no budget",
                "Fir|Commit|own|Commit|900000|2026-12-18|-|-|Luc Moreau|in legal",
            ])
        try say("reset", "--deal", "d2", "--by", "p1", "--note", "mistaken", "--at", "2026-12-07T12:00")
        #expect(try lines("list", "--deals").count == 1)
        #expect(try bench.answer("forecast").rows()[0].text("call") == "6400000", "they change no sum")
        let again = try bench.run(
            "call", "reset", "--deal", "d2", "--by", "p1", "--note", "x", "--at", "2026-12-07T13:00")
        #expect(again.status == 64 && again.errors.contains("BW522"), "\(again)")
        #expect(try bench.run("verify").status == 0)
    }

    // MARK: - What cannot be said

    private static let emea = [
        "call", "submit", "--node", "EMEA", "--amount", "1", "--by", "p3", "--at", "2026-12-07T10:00",
    ]

    private static func changed(_ option: String, _ value: String) -> [String] {
        var arguments = emea
        if let place = arguments.firstIndex(of: option) {
            arguments[place + 1] = value
        } else {
            arguments += [option, value]
        }
        return arguments
    }

    static let refused: [(arguments: [String], code: String, hint: String)] = [
        (changed("--node", "EMAE"), "BW520", "EMEA"), (changed("--node", "Luc Morau"), "BW520", "Luc Moreau"),
        (changed("--period", "FY2026Q5"), "BW501", "FY2026Q4"),
        (changed("--period", "Q4"), "BW501", "FY2026Q4"),
        (changed("--by", "Jonas Kellar"), "BW503", "Jonas Keller"), (changed("--by", "nobody"), "BW503", ""),
        (changed("--amount", "2,450,000"), "BW506", "2450000"),
        (changed("--amount", "much"), "BW506", "2.45M"),
        (changed("--amount", "-5"), "", ""), (changed("--amount", "1e6"), "BW506", ""),
        (changed("--amount", ""), "BW506", ""), (changed("--amount", "9999999999bn"), "BW506", ""),
        (changed("--amount", "0.0000001"), "BW506", ""),
        (changed("--currency", "EURO"), "BW506", "EUR"), (changed("--currency", "GBP"), "BW506", "plan rate"),
        (changed("--at", "yesterday"), "BW506", "2026-12-07T09:30"),
        (changed("--at", "2026-12-07"), "BW506", ""),
        (changed("--at", "2026-02-30T10:00"), "BW506", ""),
        (changed("--at", "2999-01-01T10:00"), "BW506", "ahead"),
        (changed("--at", "2026-11-15T10:00"), "BW504", "2026-11-16"),
        (changed("--category", "sure"), "", "--category"), (changed("--basis", "gross"), "", "basis"),
        (
            ["call", "reset", "--node", "EMEA", "--by", "p3", "--note", "x", "--at", "2026-12-07T10:00"],
            "BW522", "list"
        ),
        (["call", "reset", "--node", "EMEA", "--by", "p3"], "", "--note"),
        (["call", "submit", "--amount", "1", "--by", "p3"], "", "--node"),
        (["call", "submit", "--node", "EMEA", "--by", "p3"], "", "--amount"),
        (["call", "submit", "--node", "EMEA", "--amount", "1"], "", "--by"),
        (["call", "submit", "--deal", "d99", "--by", "p3", "--at", "2026-12-07T10:00"], "BW523", "id"),
        (["call", "submit", "--deal", "d1", "--category", "closed", "--by", "p3"], "", "--category"),
    ]

    @Test func `that nobody can mean are refused, and nothing is said`() throws {
        let bench = try Meridian.bench()
        let before = try bench.visibleState()
        for (arguments, code, hint) in Self.refused {
            let outcome = try bench.run(arguments)
            #expect(outcome.status == 64, "\(arguments) \(outcome)")
            for word in [code, hint] where !word.isEmpty {
                #expect(outcome.errors.contains(word), "\(word) \(arguments) \(outcome)")
            }
            #expect(outcome.output.isEmpty, "\(arguments) \(outcome)")
        }
        #expect(try bench.visibleState() == before)
        #expect(try bench.value("select count(*)::text as value from bellwether.call_history") == "0")
    }

    @Test func `of one instant on one thing are refused`() throws {
        let bench = try Meridian.bench()
        #expect(try bench.run(Self.emea).status == 0)
        for arguments in [
            Self.emea, Self.changed("--at", "2026-12-07T09:00Z"), Self.changed("--amount", "2"),
        ] {
            let twice = try bench.run(arguments)
            #expect(twice.status == 64 && twice.errors.contains("BW521"), "\(twice)")
        }
        #expect(try bench.run(Self.changed("--category", "best_case")).status == 0)
        #expect(try bench.run(Self.changed("--node", "East")).status == 0)
        #expect(try bench.value("select count(*)::text as value from bellwether.call") == "3")
    }

    @Test func `that fill a day are refused with what to do`() throws {
        let bench = try Meridian.bench()
        let long = String(repeating: "long ", count: 20_000)
        for minute in 10..<20 {
            let outcome = try bench.run(Self.changed("--at", "2026-12-07T10:\(minute)") + ["--note", long])
            #expect(outcome.status == 0, "\(outcome.errors)")
        }
        let full = try bench.run(Self.changed("--at", "2026-12-07T10:20") + ["--note", long])
        #expect(full.status == 2 && full.errors.contains("BW124") && full.errors.contains("weekly-calls"))
        #expect(try bench.value("select count(*)::text as value from bellwether.call") == "10")
        #expect(try bench.run(Self.changed("--at", "2026-12-06T10:20") + ["--note", long]).status == 0)
    }

    @Test func `by who may only read, and while another load runs, are refused`() throws {
        let bench = try Meridian.bench()
        let holder = try bench.connection()
        try holder.execute("select pg_advisory_lock(hashtextextended('bellwether load', 0))")
        let locked = try bench.run(Self.emea + ["--no-wait"])
        #expect(locked.status == 75 && locked.errors.contains("BW208"), "\(locked)")
        try holder.execute("select pg_advisory_unlock(hashtextextended('bellwether load', 0))")
        let name = "caller_" + bench.database
        try holder.execute("create role \(name) login in role bellwether_reader")
        let reader = try Command(
            environment: [
                "PGHOST": bench.socketFolder, "PGDATABASE": bench.database, "PGUSER": name,
                "PGPORT": try bench.value("select current_setting('port') as value") ?? "",
            ]
        ).run(Self.emea)
        #expect(reader.status == 1 && reader.errors.contains("BW203"), "\(reader)")
        #expect(try bench.value("select count(*)::text as value from bellwether_store.load") == "2")
    }

    @Test func `before anything is loaded are refused`() throws {
        let bench = try Bench()
        let outcome = try bench.run(Self.emea)
        #expect(outcome.status == 64 && outcome.errors.contains("BW505"), "\(outcome)")
    }
}
