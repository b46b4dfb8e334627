import Foundation
import Postgres
import TestSupport
import Testing

/// A load that ends in its middle, politely or not, has changed nothing and can be run again.
@Suite("Interrupted loads")
struct InterruptionTests {
    @Test(arguments: [(SIGINT, 130), (SIGTERM, 143), (SIGKILL, 137)] as [(Int32, Int32)])
    func `leave the warehouse as it was`(signal: Int32, status: Int32) throws {
        let bench = try Bench()
        try bench.mustLoad("2026-05-04", Acme.exports)
        let before = try bench.visibleState()
        // The accounts of the folder are written by the time the deals are waited for.
        try bench.folder.write("2026-05-05/account.csv", "id,name\na1,Other name\na2,New account\n")
        try bench.folder.write(
            "2026-05-05/opportunity.csv", Acme.deals("d1,First,a1,p1,New,commit,150,USD,2026-06-30"))
        let other = try bench.connection()
        try other.execute("begin")
        try other.execute("lock table bellwether_store.opportunity in exclusive mode")
        let load = try bench.start("load", "generic", "2026-05-05")
        try waitUntilBlocked(bench)
        load.signal(signal)
        let outcome = try load.outcome(timeout: 20)
        #expect(outcome.status == status && outcome.output.isEmpty, "\(outcome)")
        try other.execute("rollback")

        #expect(try bench.visibleState() == before)
        #expect(try bench.value("select count(*) as value from bellwether.account") == "1")
        let again = try bench.answer("load", "generic", "2026-05-05")
        #expect(again.passport("load") as? Int == 2)
        #expect(try bench.answer("forecast", "--period", "FY2026Q2").rows()[0].text("commit") == "150")
    }

    @Test func `a server that goes away ends a load and nothing else`() throws {
        let bench = try Bench()
        try bench.mustLoad("2026-05-04", Acme.exports)
        let before = try bench.visibleState()
        try bench.folder.write(
            "2026-05-05/opportunity.csv", Acme.deals("d1,First,a1,p1,New,commit,150,USD,2026-06-30"))
        let other = try bench.connection()
        try other.execute("begin")
        try other.execute("lock table bellwether_store.opportunity in exclusive mode")
        let load = try bench.start("load", "generic", "2026-05-05")
        try waitUntilBlocked(bench)
        try bench.connection().execute(
            """
            select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'
            """)
        let outcome = try load.outcome(timeout: 20)
        #expect(outcome.status == 1 && outcome.errors.contains("BW202"), "\(outcome)")
        try other.execute("rollback")
        #expect(try bench.visibleState() == before)
        #expect(try bench.run("load", "generic", "2026-05-05").status == 0)
    }

    /// What holds it here is the planner's round after the commit: the load is published by then.
    @Test(arguments: [SIGINT, SIGTERM])
    func `a signal after the commit lets a load end and say what it published`(signal: Int32) throws {
        let bench = try Bench()
        try bench.mustLoad("2026-05-04", Acme.exports)
        let accounts = (1...1_200).map { "b\($0),Account \($0)\n" }.joined()
        try bench.folder.write("2026-05-05/account.csv", "id,name\na1,Globex\n" + accounts)
        let other = try bench.connection()
        try other.execute("begin")
        try other.execute("lock table bellwether_store.account in share update exclusive mode")
        let load = try bench.start(
            "load", "generic", "2026-05-05", "--accept", "rows", "--on-failure", "touch failed")
        try waitUntilBlocked(bench)
        load.signal(signal)
        usleep(200_000)
        try other.execute("rollback")
        let outcome = try load.outcome(timeout: 20)
        #expect(
            outcome.status == 0 && outcome.output.hasPrefix("Load 2 of 2026-05-05 published"), "\(outcome)")
        #expect(!FileManager.default.fileExists(atPath: bench.folder.path + "/failed"))
        #expect(try bench.value("select count(*) as value from bellwether_store.account") == "1201")
    }

    @Test func `a signal between nights tells what was published before it`() throws {
        let bench = try Bench()
        for (entity, text) in Acme.exports { try bench.folder.write("nights/2026-05-04/\(entity).csv", text) }
        try bench.folder.write("nights/2026-05-05/account.csv", "id,name\na1,Other\n")
        let other = try bench.connection()
        try other.execute(
            """
            create function wait_at_two() returns trigger language plpgsql as
            $$ begin if new.number = 2 then perform pg_advisory_lock(4711); end if; return new; end $$
            """)
        try other.execute(
            "create trigger wait before insert on bellwether_store.load for each row execute function wait_at_two()"
        )
        try other.execute("select pg_advisory_lock(4711)")
        let load = try bench.start(
            "load", "generic", "--from-dir", "nights", "--all-missing", "--log", "log.jsonl", "--on-failure",
            "cat >told.json")
        try waitUntilBlocked(bench)
        load.signal(SIGTERM)
        let outcome = try load.outcome(timeout: 20)
        #expect(outcome.status == 143, "\(outcome)")
        #expect(outcome.errors.contains("published before that: load 1 of 2026-05-04"), "\(outcome)")
        let told = try String(contentsOfFile: bench.folder.path + "/told.json", encoding: .utf8)
        #expect(told.contains("load.interrupted") && told.contains("\"exit\": 143"))
        #expect(try bench.values("select number::text as value from bellwether_store.load") == ["1"])
    }

    /// Until the load waits for the table that the test has locked.
    private func waitUntilBlocked(_ bench: Bench) throws {
        let connection = try bench.connection()
        for _ in 0..<400 {
            let waiting = try connection.query(
                """
                select 1 as found from pg_stat_activity
                where datname = current_database() and wait_event_type = 'Lock'
                """)
            if !waiting.isEmpty { return }
            usleep(50_000)
        }
        throw Command.Failure("the load never reached the locked table")
    }
}
