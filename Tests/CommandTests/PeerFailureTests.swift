import Foundation
import Postgres
import TestSupport
import Testing

/// What other tools that keep history were measured to get wrong, each case by name.
@Suite("What others get wrong")
struct PeerFailureTests {
    private static let header = Acme.dealHeader

    private static func deal(_ id: String, _ name: String = "n", _ amount: String = "1") -> String {
        "\(id),\(name),a1,p1,New,commit,\(amount),USD,2026-06-30"
    }

    private static func file(_ deals: [String], header: String = header) -> [String: String] {
        ["opportunity": ([header] + deals).joined(separator: "\n") + "\n"]
    }

    private static func thousand() -> [String] { (1...1_000).map { deal("d\($0)") } }

    /// The spans of one deal, a line each.
    private func spans(_ bench: Bench, _ id: String = "d1") throws -> [String?] {
        try bench.values(
            """
            select concat_ws(' ', valid_from, valid_to, coalesce(name, 'NULL')) as value
            from bellwether.opportunity_history
            where id = '\(id)'
            order by valid_from
            """)
    }

    /// Every version that counts: how many, and how many of them break a rule of history.
    private func versions(_ bench: Bench) throws -> (count: String?, broken: String?) {
        (
            try bench.value(
                "select count(*) as value from bellwether_store.opportunity where superseded_in is null"),
            try bench.value(
                """
                select count(*) as value
                from (
                    select
                        valid_from, valid_to,
                        lead(valid_from) over (partition by source, id order by valid_from) as next_from
                    from bellwether_store.opportunity
                    where superseded_in is null
                ) as version
                where valid_to <= valid_from or next_from < valid_to
                """)
        )
    }

    private func changes(_ outcome: Command.Outcome) throws -> [Int?] {
        let row = try #require(
            try PrintedAnswer(outcome.output).rows("load").first { $0.text("entity") == "opportunity" })
        return ["new", "changed", "gone", "rejected"].map { row.integer($0) }
    }

    // MARK: - Snapshots that should not be believed

    @Test func `an empty snapshot closes nothing, and one that is meant closes all`() throws {
        let bench = try Bench()
        try bench.mustLoad("2026-05-04", Self.file(Self.thousand()))
        let empty = try bench.load("2026-05-05", Self.file([]))
        #expect(empty.status == 3 && empty.errors.contains("BW302"), "\(empty)")
        #expect(try versions(bench) == ("1000", "0"))
        #expect(try bench.value("select count(*) as value from bellwether.opportunity") == "1000")
        // A true mass delete is not lost either.
        let meant = try bench.run("load", "generic", "2026-05-05", "--accept", "empty")
        #expect(meant.status == 0, "\(meant)")
        #expect(try bench.value("select count(*) as value from bellwether.opportunity") == "0")
    }

    @Test func `a snapshot truncated to one row closes nothing`() throws {
        let bench = try Bench()
        try bench.mustLoad("2026-05-04", Self.file(Self.thousand()))
        let held = try bench.load("2026-05-05", Self.file([Self.deal("d1")]))
        #expect(held.status == 3 && held.errors.contains("999 of 1000 records missing"), "\(held)")
        #expect(try bench.value("select count(*) as value from bellwether.opportunity") == "1000")
    }

    @Test func `a new column without a value re-versions no row`() throws {
        let bench = try Bench()
        try bench.mustLoad("2026-05-04", Self.file(Self.thousand()))
        for (day, column) in [("2026-05-05", "next_step"), ("2026-05-06", "Region__c")] {
            let load = try bench.load(
                day, Self.file(Self.thousand().map { $0 + "," }, header: Self.header + "," + column),
                "--format", "json")
            #expect(load.status == 0, "\(load)")
            #expect(try changes(load) == [0, 0, 0, 0])
        }
        #expect(try versions(bench) == ("1000", "0"))
    }

    @Test func `keys that stand twice with other content change nothing, however often they are loaded`()
        throws
    {
        let bench = try Bench()
        try bench.mustLoad("2026-05-04", Self.file(Self.thousand()))
        let twice = Self.file(Self.thousand() + (1...3).map { Self.deal("d\($0)", "other") })
        for day in ["2026-05-05", "2026-05-06", "2026-05-07"] {
            let load = try bench.load(day, twice, "--format", "json")
            #expect(load.status == 0, "\(load)")
            #expect(try changes(load)[0...2] == [0, 0, 0])
        }
        #expect(try versions(bench) == ("1000", "0"))
        #expect(try bench.answer("rejects").rows().allSatisfy { $0.text("code") == "BW152" })
    }

    @Test func `ten rows that changed are ten changes, whatever their time of change says`() throws {
        let bench = try Bench()
        try bench.mustLoad("2026-05-04", Self.file(Self.thousand()))
        let load = try bench.load(
            "2026-05-05", Self.file((1...1_000).map { Self.deal("d\($0)", $0 <= 10 ? "m" : "n") }),
            "--format",
            "json")
        #expect(try changes(load) == [0, 10, 0, 0])
        #expect(try versions(bench) == ("1010", "0"))
    }

    // MARK: - Spans

    @Test func `A, then B, then A again are three spans`() throws {
        let bench = try Bench()
        for (day, name) in [("2026-05-04", "A"), ("2026-05-05", "B"), ("2026-05-06", "A")] {
            try bench.mustLoad(day, Self.file([Self.deal("d1", name)]))
        }
        #expect(
            try spans(bench)
                == ["2026-05-04 2026-05-05 A", "2026-05-05 2026-05-06 B", "2026-05-06 infinity A"])
    }

    @Test func `a record that is deleted and returns has a hole in between`() throws {
        let bench = try Bench()
        try bench.mustLoad("2026-05-04", Self.file([Self.deal("d1"), Self.deal("d2")]))
        try bench.mustLoad("2026-05-05", Self.file([Self.deal("d2")]))
        try bench.mustLoad("2026-05-06", Self.file([Self.deal("d1"), Self.deal("d2")]))
        #expect(try spans(bench) == ["2026-05-04 2026-05-05 n", "2026-05-06 infinity n"])
        #expect(try spans(bench, "d2") == ["2026-05-04 infinity n"])
    }

    @Test func `the first span begins on the snapshot's day, not at the time of the load`() throws {
        let bench = try Bench()
        try bench.mustLoad("1999-12-31", Self.file([Self.deal("d1")]))
        #expect(try spans(bench) == ["1999-12-31 infinity n"])
    }

    @Test func `yesterday's file after today's slots in before it`() throws {
        let bench = try Bench()
        try bench.mustLoad("2026-05-05", Self.file(Self.thousand()))
        let late = try bench.load(
            "2026-05-04", Self.file((1...1_000).map { Self.deal("d\($0)", $0 == 1 ? "old" : "n") }))
        #expect(late.status == 0, "\(late)")
        #expect(try versions(bench) == ("1001", "0"))
        #expect(try spans(bench) == ["2026-05-04 2026-05-05 old", "2026-05-05 infinity n"])
        #expect(try spans(bench, "d2") == ["2026-05-04 infinity n"])
    }

    // MARK: - Values

    @Test func `no value becoming a value, and back, are changes`() throws {
        let bench = try Bench()
        for (day, name) in [("2026-05-04", ""), ("2026-05-05", "x"), ("2026-05-06", "")] {
            try bench.mustLoad(day, Self.file([Self.deal("d1", name)]))
        }
        #expect(
            try spans(bench)
                == ["2026-05-04 2026-05-05 NULL", "2026-05-05 2026-05-06 x", "2026-05-06 infinity NULL"])
    }

    @Test func `no value and the empty text are two things where the mapping tells them apart`() throws {
        let bench = try Bench()
        try bench.folder.write(
            "null.yml",
            """
            mapping: "null"
            source: crm
            format: {"null": NULL}
            entities:
              opportunity:
                file: opportunity.csv
                columns: {id: id, name: name}

            """)
        for (day, name) in [("2026-05-04", "NULL"), ("2026-05-05", ""), ("2026-05-06", "NULL")] {
            try bench.folder.write("\(day)/opportunity.csv", "id,name\nd1,\(name)\n")
            let load = try bench.run("load", "null.yml", day)
            #expect(load.status == 0, "\(load)")
        }
        #expect(
            try spans(bench)
                == ["2026-05-04 2026-05-05 NULL", "2026-05-05 2026-05-06 ", "2026-05-06 infinity NULL"])
    }

    @Test func `keys of several columns that run together are told apart or set aside, never merged`() throws
    {
        let bench = try Bench()
        try bench.folder.write(
            "parts.yml",
            """
            mapping: parts
            source: crm
            entities:
              opportunity:
                file: opportunity.csv
                columns: {id: "{doc}-{line}", name: name}

            """)
        try bench.folder.write(
            "2026-05-04/opportunity.csv",
            "doc,line,name\ndoc-7,12,one\ndoc-71,2,two\nx-y,z,three\nx,y-z,four\n")
        let load = try bench.answer("load", "parts.yml", "2026-05-04")
        #expect(load.rows("load")[0].integer("new") == 2 && load.rows("load")[0].integer("rejected") == 2)
        #expect(
            try bench.values("select id || ' ' || name as value from bellwether.opportunity order by id")
                == ["doc-7-12 one", "doc-71-2 two"])
    }

    // MARK: - Bytes that say the same

    @Test func `another order, other line ends and quotes are no change`() throws {
        let bench = try Bench()
        let deals = (1...200).map { Self.deal("d\($0)") }
        try bench.mustLoad("2026-05-04", Self.file(deals))
        let text = { (lines: [String], end: String) in lines.map { $0 + end }.joined() }
        let quoted = deals.map { $0.split(separator: ",").map { "\"\($0)\"" }.joined(separator: ",") }
        for (day, bytes) in [
            ("2026-05-05", text([Self.header] + deals.reversed(), "\n")),
            ("2026-05-06", text([Self.header] + deals, "\r\n")),
            ("2026-05-07", text([Self.header] + quoted, "\n")),
            ("2026-05-08", text([Self.header] + deals, "\n") + "\n"),
        ] {
            let load = try bench.load(day, ["opportunity": bytes], "--format", "json")
            #expect(load.status == 0, "\(load)")
            #expect(try changes(load) == [0, 0, 0, 0], "\(day)")
        }
        #expect(try versions(bench) == ("200", "0"))
    }

    // MARK: - Clocks and settings of the server

    @Test func `the server's and the client's time zone and date style change nothing`() throws {
        func history(_ environment: [String: String], _ settings: [String]) throws -> [String?] {
            let bench = try Bench()
            let connection = try bench.connection()
            for setting in settings {
                try connection.execute("alter database \(bench.database) set \(setting)")
            }
            let command = Command(
                environment: environment.merging(["BELLWETHER_DB": bench.url]) { $1 },
                folder: bench.folder.path)
            var exports = Acme.exports
            exports["company"] =
                "id,name,currency,fiscal_year_start_month,time_zone\nacme,Acme,USD,1,Europe/Berlin\n"
            for (day, name) in [("2026-05-04", "A"), ("2026-05-06", "B"), ("2026-05-05", "C")] {
                exports["opportunity"] = Acme.deals(Self.deal("d1", name, "1234.5"), Self.deal("d2"))
                for (entity, text) in exports { try bench.folder.write("\(day)/\(entity).csv", text) }
                let load = try command.run(["load", "generic", day])
                #expect(load.status == 0, "\(load)")
            }
            let forecast = try command.run(["forecast", "--as-of", "2026-05-05", "--format", "csv"])
            #expect(forecast.status == 0, "\(forecast)")
            let gaps = try command.run(["loads", "gaps", "--format", "csv"])
            return [forecast.output, gaps.output]
                + (try bench.values(
                    """
                    select concat_ws(' ', id, valid_from - date '2026-01-01', valid_to > '2027-01-01', name, amount,
                        close_date - date '2026-01-01') as value
                    from bellwether.opportunity_history
                    order by id, valid_from
                    """))
        }
        let plain = try history([:], [])
        #expect(plain.count > 4)
        for (environment, settings) in [
            (["PGTZ": "Pacific/Auckland", "TZ": "Pacific/Auckland"], []),
            (["PGDATESTYLE": "SQL, DMY"], []),
            (
                [:],
                ["timezone = 'America/Los_Angeles'", "datestyle = 'German'", "intervalstyle = 'iso_8601'"]
            ),
            (["PGTZ": "Pacific/Kiritimati"], ["datestyle = 'Postgres, MDY'", "extra_float_digits = 0"]),
        ] as [([String: String], [String])] {
            #expect(try history(environment, settings) == plain, "\(environment) \(settings)")
        }
    }

    // MARK: - Four writers at once

    @Test func `four processes with the same night publish it once`() throws {
        let bench = try Bench()
        try bench.mustLoad("2026-05-04", Self.file(Self.thousand()))
        let next = Self.file((1...1_000).map { Self.deal("d\($0)", $0 % 3 == 0 ? "m" : "n") })
        for (entity, text) in next { try bench.folder.write("2026-05-05/\(entity).csv", text) }
        let writers = try (1...4).map { _ in try bench.start("load", "generic", "2026-05-05") }
        let outcomes = try writers.map { try $0.outcome(timeout: 120) }
        #expect(outcomes.allSatisfy { $0.status == 0 }, "\(outcomes)")
        #expect(outcomes.filter { $0.output.contains("published") }.count == 1, "\(outcomes)")
        #expect(outcomes.filter { $0.output.contains("loaded already") }.count == 3, "\(outcomes)")
        #expect(try versions(bench) == ("1333", "0"))
        #expect(try bench.value("select count(*) as value from bellwether.opportunity") == "1000")
    }

    @Test func `four processes with four nights end in the history of one after another`() throws {
        let days = ["2026-05-05", "2026-05-06", "2026-05-07", "2026-05-08"]
        func deals(_ day: Int) -> [String: String] {
            Self.file((1...300).map { Self.deal("d\($0)", $0 % 4 == day ? "m\(day)" : "n") })
        }
        func history(atOnce: Bool) throws -> [String?] {
            let bench = try Bench()
            try bench.mustLoad("2026-05-04", Self.file((1...300).map { Self.deal("d\($0)") }))
            for (index, day) in days.enumerated() {
                for (entity, text) in deals(index) { try bench.folder.write("\(day)/\(entity).csv", text) }
                if !atOnce {
                    let load = try bench.run("load", "generic", day)
                    #expect(load.status == 0, "\(load)")
                }
            }
            if atOnce {
                let writers = try days.reversed().map { try bench.start("load", "generic", $0) }
                for writer in writers {
                    let outcome = try writer.outcome(timeout: 120)
                    #expect(outcome.status == 0, "\(outcome)")
                }
            }
            #expect(try versions(bench).broken == "0")
            return try bench.values(
                """
                select concat_ws(' ', id, valid_from, valid_to, name) as value
                from bellwether.opportunity_history
                order by id, valid_from
                """)
        }
        let oneByOne = try history(atOnce: false)
        #expect(oneByOne.count > 600)
        #expect(try history(atOnce: true) == oneByOne)
    }
}
