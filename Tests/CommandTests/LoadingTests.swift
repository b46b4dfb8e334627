import Foundation
import Model
import Postgres
import TestSupport
import Testing

/// What a night's load does when it is repeated, corrected, late, rehearsed or in somebody's way.
@Suite("Loading")
struct LoadingTests {
    @Test func `the same folder twice is loaded once`() throws {
        let bench = try Bench()
        try bench.mustLoad("2026-05-04", Acme.exports)
        let before = try bench.visibleState()
        let again = try bench.run("load", "generic", "2026-05-04")
        #expect(again.status == 0 && again.output.contains("loaded already"), "\(again)")
        #expect(try bench.visibleState() == before)
        #expect(try bench.answer("loads").rows().count == 1)
    }

    @Test func `other content for a loaded day is held until it is told to replace`() throws {
        let bench = try Bench()
        try bench.mustLoad("2026-05-04", Acme.exports)
        let before = try bench.visibleState()
        let other = ["opportunity": Acme.deals("d1,First,a1,p1,New,commit,150,USD,2026-06-30")]
        let held = try bench.load("2026-05-04", other)
        #expect(held.status == 3, "\(held)")
        #expect(held.errors.contains("BW303") && held.errors.contains("--replace"), "\(held)")
        #expect(try bench.visibleState() == before)

        let replaced = try bench.run("load", "generic", "2026-05-04", "--replace")
        #expect(replaced.status == 0, "\(replaced)")
        #expect(try commit(bench) == ["150"])
        // What was believed before is still there to be asked.
        #expect(try commit(bench, "--as-known", "1") == ["300"])
        #expect(try bench.value("select count(*) as value from bellwether.opportunity") == "1")
    }

    @Test func `a late day slots in and changes no other day`() throws {
        let bench = try Bench()
        func deals(_ amount: Int) -> [String: String] {
            ["opportunity": Acme.deals("d1,First,a1,p1,New,commit,\(amount),USD,2026-06-30")]
        }
        try bench.mustLoad("2026-05-04", Acme.reference.merging(deals(100)) { $1 })
        try bench.mustLoad("2026-05-08", deals(300))
        #expect(try commit(bench, "--as-of", "2026-05-06") == ["100"])
        try bench.mustLoad("2026-05-06", deals(200))
        for (day, amount) in [
            ("2026-05-04", "100"), ("2026-05-05", "100"), ("2026-05-06", "200"), ("2026-05-07", "200"),
            ("2026-05-08", "300"),
        ] {
            #expect(try commit(bench, "--as-of", day) == [amount], "\(day)")
            let before = day >= "2026-05-08" ? "300" : "100"
            #expect(try commit(bench, "--as-of", day, "--as-known", "2") == [before], "\(day) as known at 2")
        }
        // Nothing newer is known of than the newest day, whatever was loaded last.
        let newest = try bench.answer("forecast", "--period", "FY2026Q2")
        #expect(
            newest.passport("as_of") as? String == "2026-05-08" && newest.rows()[0].text("commit") == "300")
        let stale = try bench.answer("forecast", "--period", "FY2026Q2", "--as-of", "2026-05-07")
        #expect(stale.warnings["stale_snapshot"]?.contains("2026-05-06") == true)
    }

    @Test func `a day before the first is asked in vain, a load to come too`() throws {
        let bench = try Bench()
        let nothing = try bench.run("forecast")
        #expect(nothing.status == 64 && nothing.errors.contains("BW505"), "\(nothing)")
        try bench.mustLoad("2026-05-04", Acme.exports)
        // A zero would be an answer.
        for question in ["forecast", "deals"] {
            let early = try bench.run(question, "--as-of", "2026-05-03")
            #expect(early.status == 64 && early.errors.contains("BW504"), "\(early)")
            #expect(
                early.errors.contains("nothing is known of 2026-05-03: the first snapshot is of 2026-05-04"))
            #expect(early.output.isEmpty)
        }
        let future = try bench.run("forecast", "--as-known", "2")
        #expect(future.status == 64 && future.errors.contains("BW507"), "\(future)")
        let wrong = try bench.run("forecast", "--as-known", "yesterday week")
        #expect(wrong.status == 64, "\(wrong)")
    }

    @Test func `a rehearsal changes nothing and says what it would change`() throws {
        let bench = try Bench()
        try bench.mustLoad("2026-05-04", Acme.exports)
        let before = try bench.visibleState()
        let dump = try contents(bench)
        let next = ["opportunity": Acme.deals("d1,First,a1,p1,New,commit,150,USD,2026-06-30")]
        let rehearsed = try bench.load("2026-05-05", next, "--dry-run", "--format", "json")
        #expect(rehearsed.status == 0, "\(rehearsed)")
        let answer = try PrintedAnswer(rehearsed.output)
        let row = try #require(answer.rows().first { $0.text("entity") == "opportunity" })
        #expect(row.integer("changed") == 1 && row.integer("gone") == 1 && row.integer("new") == 0)
        #expect(try bench.visibleState() == before)
        #expect(try contents(bench) == dump)
        let real = try bench.run("load", "generic", "2026-05-05")
        #expect(real.status == 0 && real.output.contains("2 changes"), "\(real)")
    }

    @Test func `without a warehouse a command says how to make one`() throws {
        let bench = try Bench(isMigrated: false)
        for (entity, text) in Acme.exports { try bench.folder.write("2026-05-04/\(entity).csv", text) }
        for arguments in [
            ["forecast"], ["deals"], ["loads"], ["rejects"], ["findings"], ["load", "generic", "2026-05-04"],
        ] {
            let outcome = try bench.run(arguments)
            #expect(outcome.status == 1, "\(arguments): \(outcome)")
            #expect(
                outcome.errors.contains("BW204") && outcome.errors.contains("bellwether migrate"),
                "\(arguments): \(outcome)")
        }
    }

    @Test func `a server that cannot be reached is status 69`() throws {
        let folder = try TemporaryFolder()
        try folder.write("2026-05-04/opportunity.csv", Acme.deals)
        let nowhere = "host='\(folder.path)' port=5432 dbname=none user=nobody password=top-secret"
        for arguments in [["forecast"], ["load", "generic", "2026-05-04"], ["migrate"]] {
            let outcome = try Command(environment: ["BELLWETHER_DB": nowhere], folder: folder.path).run(
                arguments)
            #expect(outcome.status == 69 && outcome.errors.contains("BW201"), "\(arguments): \(outcome)")
            #expect(!outcome.errors.contains("top-secret"), "\(outcome)")
        }
    }

    @Test func `a format that there is not is found out before the load`() throws {
        let bench = try Bench()
        try bench.mustLoad("2026-05-04", Acme.exports)
        try bench.folder.write("2026-05-05/opportunity.csv", Acme.deals)
        let command = Command(
            environment: ["BELLWETHER_DB": bench.url, "BELLWETHER_FORMAT": "xls"], folder: bench.folder.path)
        for arguments in [["load", "generic", "2026-05-05"], ["loads", "undo", "1"], ["forecast"]] {
            let outcome = try command.run(arguments)
            #expect(outcome.status == 64 && outcome.errors.contains("“xls”"), "\(arguments): \(outcome)")
        }
        #expect(try bench.answer("loads").rows().count == 1)
    }

    @Test func `every row that was read is accounted for`() throws {
        let bench = try Bench()
        try bench.folder.write(
            "some.yml",
            """
            mapping: some
            source: crm
            entities:
              opportunity:
                file: opportunity.csv
                where: {column: kind, is: [deal]}
                columns: {id: id, name: name, amount: amount}

            """)
        try bench.folder.write(
            "2026-05-04/opportunity.csv",
            "id,name,amount,kind\nd1,One,1,deal\nd1,One,1,deal\nd2,Two,2,lead\nd3,Three,much,deal\nd4,Four,4,deal\n"
        )
        let load = try bench.answer("load", "some.yml", "2026-05-04", "--accept", "rejects")
        let listed = try bench.answer("loads")
        for row in [load.rows("load")[0], listed.rows()[0]] {
            let parts = ["new", "changed", "unchanged", "rejected", "duplicates", "left_out"].map {
                row.integer($0)
            }
            #expect(row.integer("read") == 5 && parts == [2, 0, 0, 1, 1, 1], "\(row.values)")
        }
    }

    @Test func `a rehearsal says under which attempt its rejects stand`() throws {
        let bench = try Bench()
        try bench.mustLoad("2026-05-04", Acme.exports)
        try bench.folder.write(
            "2026-05-05/opportunity.csv", Acme.deals + "d3,Third,a1,p1,New,commit,much,USD,2026-06-30\n")
        let rehearsed = try bench.answer(
            "load", "generic", "2026-05-05", "--dry-run", "--accept", "rejects")
        #expect(rehearsed.warnings["rejects"]?.contains("`bellwether rejects --attempt 2`") == true)
        let rejects = try bench.answer("rejects", "--attempt", "2")
        #expect(rejects.rows().map { $0.text("value") } == ["much"])
    }

    @Test func `a time zone that there is not is named when a day is asked for`() throws {
        let bench = try Bench()
        var exports = Acme.exports
        exports["company"] =
            "id,name,currency,fiscal_year_start_month,time_zone\nacme,Acme,USD,1,Europe/Bonn\n"
        try bench.mustLoad("2026-05-04", exports)
        let outcome = try bench.run("forecast", "--as-known", "2026-01-01")
        #expect(outcome.status == 64 && outcome.errors.contains("BW506"), "\(outcome)")
        #expect(
            outcome.errors.contains("time_zone is “Europe/Bonn”") && outcome.errors.contains("Europe/Berlin"),
            "\(outcome)")
        // A number and a time that names its own zone need no zone of the company's.
        #expect(try bench.run("forecast", "--as-known", "1").status == 0)
        let early = try bench.run("forecast", "--as-known", "2026-01-01T12:00Z")
        #expect(early.errors.contains("nothing was loaded by then"), "\(early)")
        let findings = try bench.answer("findings").rows()
        #expect(findings.contains { $0.text("finding") == "time_zone_unknown" })
    }

    @Test func `the record of a load keeps no password`() throws {
        let bench = try Bench()
        for (entity, text) in Acme.exports { try bench.folder.write("2026-05-04/\(entity).csv", text) }
        let user = try #require(try bench.value("select session_user::text as value"))
        let place =
            "user=\(user) host='\(bench.socketFolder)' port=5432 dbname=\(bench.database) password=top-secret"
        let url =
            "postgresql://\(user):top-secret@/\(bench.database)?host=\(bench.socketFolder)"
        let command = Command(environment: [:], folder: bench.folder.path)
        for arguments in [
            ["load", "generic", "2026-05-04", "--db", place], ["loads", "undo", "1", "--db=" + place],
            ["load", "generic", "2026-05-04", "--db", url],
        ] {
            let outcome = try command.run(arguments)
            #expect(outcome.status == 0, "\(outcome)")
        }
        let kept = try bench.values(
            "select command as value from bellwether_store.load union all select command from bellwether_store.attempt"
        )
        #expect(kept.count == 5 && kept.allSatisfy { $0?.contains("top-secret") == false }, "\(kept)")
    }

    @Test func `a load in another's way waits, or gives up when told to`() throws {
        let bench = try Bench()
        try bench.mustLoad("2026-05-04", Acme.exports)
        // The lock of another warehouse of the server is no lock here.
        let elsewhere = try Bench().connection()
        try elsewhere.execute("select pg_advisory_lock(hashtextextended('bellwether load', 0))")
        let other = try bench.connection()
        try other.execute("select pg_advisory_lock(hashtextextended('bellwether load', 0))")
        let holder = try #require(try other.queryOne("select pg_backend_pid()::text as value"))
        try bench.folder.write("2026-05-05/opportunity.csv", Acme.deals)
        let refused = try bench.run("load", "generic", "2026-05-05", "--no-wait")
        #expect(refused.status == 75 && refused.errors.contains("BW208"), "\(refused)")
        #expect(
            refused.errors.contains("held by process \(try holder.decode("value", as: String.self)) "),
            "\(refused)")
        // Questions are nobody's business.
        #expect(try bench.run("forecast").status == 0)
        #expect(throws: Command.Failure.self) { try bench.run("load", "generic", "2026-05-05", timeout: 2) }
        try other.execute("select pg_advisory_unlock(hashtextextended('bellwether load', 0))")
        let taken = try bench.run("load", "generic", "2026-05-05")
        #expect(taken.status == 0, "\(taken)")
    }

    @Test func `an export that ends and comes back is two spans of history`() throws {
        let bench = try Bench()
        try bench.mustLoad("2026-05-04", Acme.exports)
        try bench.mustLoad(
            "2026-05-05", ["opportunity": Acme.deals("d2,Second,a1,p2,New,commit,200,USD,2026-06-30")])
        try bench.mustLoad("2026-05-06", ["opportunity": Acme.deals])
        let days = ["2026-05-04", "2026-05-05", "2026-05-06"]
        #expect(try days.map { try commit(bench, "--as-of", $0)[0] } == ["300", "200", "300"])
        let empty = try bench.load("2026-05-07", ["opportunity": Acme.dealHeader + "\n"], "--accept", "empty")
        #expect(empty.status == 0, "\(empty)")
        #expect(try commit(bench) == ["0"])
    }

    @Test func `a folder whose name is no day needs the day`() throws {
        let bench = try Bench()
        for (entity, text) in Acme.exports { try bench.folder.write("monday/\(entity).csv", text) }
        let refused = try bench.run("load", "generic", "monday")
        #expect(refused.status == 64 && refused.errors.contains("--date"), "\(refused)")
        #expect(try bench.run("load", "generic", "monday", "--date", "2026-02-30").status == 64)
        #expect(try bench.run("load", "generic", "monday", "--date", "2026-05-04").status == 0)
        let unknown = try bench.run("load", "generik", "monday", "--date", "2026-05-04")
        #expect(unknown.status == 2 && unknown.errors.contains("generic"), "\(unknown)")
    }

    @Test func `what a replacement says again stays when the load before it is taken back`() throws {
        let bench = try Bench()
        // One account has no key: what is set aside of it is put on record once.
        let accounts = "id,name\na1,Globex\n,Nameless\n"
        let exports = Acme.exports.merging(["account": accounts]) { $1 }
        #expect(try bench.load("2026-05-04", exports, "--accept", "rejects").status == 0)
        let raised = Acme.deals("d1,First,a1,p1,New,commit,150,USD,2026-06-30")
        let options = ["--replace", "--accept", "gone"]
        try bench.folder.write("2026-05-04/opportunity.csv", raised)
        #expect(try bench.run(["load", "generic", "2026-05-04"] + options).status == 0)
        let before = try bench.answer(["forecast", "--period", "FY2026Q2", "--by", "person"]).rows()
        #expect(try bench.run("loads", "undo", "1").status == 0)
        let after = try bench.answer(["forecast", "--period", "FY2026Q2", "--by", "person"]).rows()
        #expect(after.map { $0.text("node") } == before.map { $0.text("node") })
        #expect(try commit(bench) == ["150"])
        #expect(try bench.value("select count(*)::text as value from bellwether.person") == "2")
        #expect(try bench.run("verify").status == 0)
        // Now the replacement's own words count alone: without them there is nothing left of the day.
        #expect(try bench.run("loads", "undo", "2").status == 0)
        #expect(try bench.value("select count(*)::text as value from bellwether.person") == "0")
        #expect(try bench.run("verify").status == 0)
    }

    @Test func `a row as it was known and another of its key count neither`() throws {
        let bench = try Bench()
        try bench.mustLoad("2026-05-04", Acme.exports)
        let twice = Acme.deals(
            "d1,First,a1,p1,New,commit,100,USD,2026-06-30", "d2,Second,a1,p2,New,commit,200,USD,2026-06-30",
            "d1,First,a1,p1,New,commit,900,USD,2026-06-30", "d3,Third,a1,p2,New,commit,1,USD,2026-06-30")
        let exports = Acme.reference.merging(["opportunity": twice]) { $1 }
        #expect(try bench.load("2026-05-05", exports, "--accept", "rejects").status == 0)
        let rejects = try bench.answer("rejects").rows()
        #expect(rejects.map { $0.text("code") } == ["BW152"])
        #expect(try commit(bench) == ["301"])
        #expect(
            try bench.values(
                "select id || ' ' || amount as value from bellwether_store.opportunity order by id, loaded_in"
            )
                == ["d1 100", "d2 200", "d3 1"])
        #expect(try bench.run("verify").status == 0)
    }

    @Test func `what an undone undo brought back is live, and is replaced`() throws {
        let bench = try Bench()
        try bench.mustLoad("2026-05-04", Acme.exports)
        #expect(try bench.run("loads", "undo", "1").status == 0)
        let first = Acme.deals("d1,First,a1,p1,New,commit,100,USD,2026-06-30")
        let exports = Acme.reference.merging(["opportunity": first]) { $1 }
        try bench.mustLoad("2026-05-04", exports)
        #expect(try bench.run("loads", "undo", "2").status == 0)
        #expect(try commit(bench) == ["300"])
        // The very content of load 3, which is live no longer.
        let options = ["--replace", "--accept", "gone"]
        #expect(try bench.run(["load", "generic", "2026-05-04"] + options).status == 0)
        #expect(try commit(bench) == ["100"])
        #expect(try bench.run("verify").status == 0)
    }

    /// The commit of the company.
    private func commit(_ bench: Bench, _ options: String...) throws -> [String] {
        try bench.answer(["forecast", "--period", "FY2026Q2", "--by", "company"] + options).rows()
            .compactMap { $0.text("commit") }
    }

    /// How many rows each table has, and which transaction wrote the newest: a rehearsal must leave both alone.
    private func contents(_ bench: Bench) throws -> [String?] {
        let tables = try bench.values(
            """
            select oid::regclass::text as value from pg_class
            where relnamespace = 'bellwether_store'::regnamespace and relkind = 'r' order by 1
            """)
        return try tables.compactMap { $0 }.map { table in
            try bench.value(
                """
                select '\(table) ' || count(*) || ' ' || coalesce(max(xmin::text::bigint), 0) as value from \(table)
                """)
        }
    }
}
