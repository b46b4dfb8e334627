import Foundation
import Model
import Postgres
import TestSupport
import Testing

/// What `bellwether migrate` keeps, what it refuses, and what each role may see.
@Suite("Upgrades")
struct UpgradeTests {
    @Test func `a first run makes the warehouse, a second finds it current`() throws {
        let bench = try Bench(isMigrated: false)
        let first = try bench.run("migrate")
        #expect(first.status == 0 && first.output.contains("ready"), "\(first)")
        let second = try bench.run("migrate")
        #expect(second.status == 0 && second.output == "The warehouse is current.\n", "\(second)")
    }

    /// Roles belong to the server: two first upgrades meet there although each has a database of its own.
    @Test func `several databases of a server are upgraded at once`() async throws {
        let roles = "r\(UInt32.random(in: 0...UInt32.max))"
        let benches = try (1...4).map { _ in try Bench(isMigrated: false) }
        let outcomes = try await withThrowingTaskGroup(of: Command.Outcome.self) { group in
            for bench in benches {
                group.addTask {
                    try bench.run(
                        "migrate", "--owner-role", roles + "o", "--loader-role", roles + "l", "--reader-role",
                        roles + "r")
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        for outcome in outcomes { #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome)") }
    }

    @Test func `analysts' views come back with owner, grants and comments`() throws {
        let bench = try Bench()
        try bench.mustLoad("2026-05-04", Acme.exports)
        let connection = try bench.connection()
        try connection.run(
            script: """
                create view analysis.commit_by_owner with (security_barrier = true) as
                    select deal.owner_name, sum(deal.amount_company) as amount
                    from bellwether.deal where deal.category = 'commit' group by deal.owner_name;
                comment on view analysis.commit_by_owner is 'What each owner''s commit is.';
                comment on column analysis.commit_by_owner.amount is 'In the company''s currency.';
                create view analysis."Top owner" as select * from analysis.commit_by_owner order by amount desc limit 1;
                create function analysis.who() returns text language sql as 'select current_user::text';
                create materialized view analysis.days as
                    select bellwether.as_of() as day, analysis.who() as who;
                alter materialized view analysis.days owner to bellwether_reader;
                create unique index days_day on analysis.days (day);
                grant select on analysis.commit_by_owner to bellwether_reader;
                alter view analysis.commit_by_owner owner to bellwether_reader;
                create table analysis.notes as select 'kept' as word;
                """)
        try forceRemake(connection)
        let outcome = try bench.run("migrate")
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome)")
        #expect(outcome.output.contains("3 views of your own put back"), "\(outcome)")
        #expect(
            try bench.value(#"select owner_name || ' ' || amount as value from analysis."Top owner""#)
                == "Bob 200.00")
        #expect(try bench.value("select day::text as value from analysis.days") == "2026-05-04")
        // The owner's query ran as the owner, not as the superuser who upgrades.
        #expect(try bench.value("select who as value from analysis.days") == "bellwether_reader")
        #expect(try bench.value("select word as value from analysis.notes") == "kept")
        #expect(
            try bench.value("select obj_description('analysis.commit_by_owner'::regclass) as value")
                == "What each owner's commit is.")
        #expect(
            try bench.value("select col_description('analysis.commit_by_owner'::regclass, 2) as value")
                == "In the company's currency.")
        #expect(
            try bench.value(
                """
                select pg_get_userbyid(relowner) || ' ' || array_to_string(reloptions, ',') as value
                from pg_class where oid = 'analysis.commit_by_owner'::regclass
                """) == "bellwether_reader security_barrier=true")
        #expect(
            try bench.value(
                "select has_table_privilege('bellwether_reader', 'analysis.commit_by_owner', 'select')::text as value"
            )
                == "true")
        #expect(
            try bench.value("select count(*) as value from pg_indexes where indexname = 'days_day'") == "1")
        #expect(try bench.run("forecast").status == 0)
    }

    @Test func `a view that no longer compiles is kept as text, with those that read it`() throws {
        let bench = try Bench()
        let connection = try bench.connection()
        // A column that an older program had and this one's views do not.
        try connection.run(
            script: """
                create or replace view bellwether.source_currency with (security_invoker = true) as
                    select company.source, company.currency, 'gone tomorrow' as old_column
                    from bellwether.company;
                create view analysis.reads_old as select old_column from bellwether.source_currency;
                create view analysis.reads_reader as select old_column as word from analysis.reads_old;
                create view analysis.sound as select id from bellwether.deal;
                """)
        try forceRemake(connection)
        let outcome = try bench.run("migrate")
        #expect(outcome.status == 0, "\(outcome)")
        #expect(
            outcome.errors.contains("analysis.reads_old") && outcome.errors.contains("analysis.reads_reader"))
        #expect(outcome.output.contains("1 view of your own put back"), "\(outcome)")
        #expect(
            try bench.value(
                """
                select string_agg(name, ' ' order by name) as value from bellwether_store.broken_view
                where definition like '%old_column%' and reason <> ''
                """) == "analysis.reads_old analysis.reads_reader")
        #expect(try bench.value("select to_regclass('analysis.reads_old')::text as value") == nil)
        #expect(try bench.value("select to_regclass('analysis.sound')::text as value") == "analysis.sound")
    }

    @Test func `what would be dropped and cannot be put back is in the way`() throws {
        let bench = try Bench()
        try bench.mustLoad("2026-05-04", Acme.exports)
        let connection = try bench.connection()
        try connection.run(
            script: """
                create function analysis.big_deals() returns setof bellwether.deal language sql
                    as 'select * from bellwether.deal where amount_company > 150';
                create table analysis.notes (day date default bellwether.as_of(), word text);
                create view analysis.big as select id from analysis.big_deals();
                """)
        try forceRemake(connection)
        let refused = try bench.run("migrate")
        #expect(refused.status == 1 && refused.errors.contains("BW213"), "\(refused)")
        #expect(refused.errors.contains("function analysis.big_deals()"), "\(refused)")
        #expect(refused.errors.contains("default value for column day of table analysis.notes"), "\(refused)")
        #expect(try bench.values("select id as value from analysis.big") == ["d2"])

        try connection.run(
            script: """
                drop function analysis.big_deals() cascade;
                alter table analysis.notes alter column day drop default;
                """)
        #expect(try bench.run("migrate").status == 0)
    }

    @Test func `an applied table file that was edited is refused`() throws {
        let bench = try Bench()
        try bench.connection().execute(
            "update bellwether_store.migration set checksum = repeat('0', 64) where number = 20")
        let outcome = try bench.run("migrate")
        #expect(outcome.status == 1, "\(outcome)")
        #expect(
            outcome.errors.contains("BW207") && outcome.errors.contains("sql/tables/0020_opportunity.sql"),
            "\(outcome)")
        #expect(
            try bench.value(
                "select count(*) as value from bellwether_store.migration where checksum = repeat('0', 64)")
                == "1")
    }

    @Test func `a newer warehouse is refused by every command`() throws {
        let bench = try Bench()
        try bench.mustLoad("2026-05-04", Acme.exports)
        try bench.connection().execute(
            "insert into bellwether_store.migration values (9999, '9999_future.sql', 'x', now(), 'somebody')")
        for arguments in [
            ["migrate"], ["forecast"], ["load", "generic", "2026-05-04"], ["loads"], ["rejects"],
            ["findings"],
        ] {
            let outcome = try bench.run(arguments)
            #expect(outcome.status == 1 && outcome.errors.contains("BW206"), "\(arguments): \(outcome)")
        }
    }

    @Test func `an older warehouse asks for the upgrade`() throws {
        let bench = try Bench()
        try bench.mustLoad("2026-05-04", Acme.exports)
        try forceRemake(try bench.connection())
        let outcome = try bench.run("forecast")
        #expect(outcome.status == 1, "\(outcome)")
        #expect(
            outcome.errors.contains("BW205") && outcome.errors.contains("bellwether migrate"), "\(outcome)")
        #expect(try bench.run("migrate").status == 0)
        #expect(try bench.run("forecast").status == 0)
    }

    @Test func `a reader asks everything but the rejects, a loader loads and cannot upgrade`() throws {
        let bench = try Bench()
        try bench.mustLoad("2026-05-04", Acme.exports)
        let name = bench.database
        let (reader, loader) = ("reader_of_\(name)", "loader_of_\(name)")
        try bench.connection().run(
            script: """
                create role \(reader) login in role bellwether_reader;
                create role \(loader) login in role bellwether_loader;
                """)
        func command(_ role: String) -> Command {
            let place = "host='\(bench.socketFolder)' port=5432 dbname=\(name) user=\(role)"
            return Command(environment: ["BELLWETHER_DB": place], folder: bench.folder.path)
        }
        for question in ["forecast", "deals", "loads", "findings"] {
            let outcome = try command(reader).run([question])
            #expect(outcome.status == 0, "\(question): \(outcome)")
        }
        let rejects = try command(reader).run(["rejects"])
        #expect(rejects.status == 1 && rejects.errors.contains("does not permit"), "\(rejects)")
        #expect(rejects.errors.contains("the role that loads"), "\(rejects)")
        #expect(!rejects.errors.contains("reader to ask"), "\(rejects)")
        try bench.folder.write("2026-05-05/opportunity.csv", Acme.deals)
        let refused = try command(reader).run(["load", "generic", "2026-05-05"])
        #expect(refused.status == 1 && refused.errors.contains("does not permit"), "\(refused)")
        #expect(try bench.answer("loads").rows().count == 1)

        let loaded = try command(loader).run(["load", "generic", "2026-05-05"])
        #expect(loaded.status == 0, "\(loaded)")
        for question in ["forecast", "deals", "loads", "findings", "rejects"] {
            let outcome = try command(loader).run([question])
            #expect(outcome.status == 0, "\(question): \(outcome)")
        }
        try forceRemake(try bench.connection())
        let upgrade = try command(loader).run(["migrate"])
        #expect(upgrade.status == 1 && upgrade.errors.contains("permi"), "\(upgrade)")
    }

    /// The author is nobody special: a login in the readers' role.
    @Test func `an analyst's own views come back to the analyst`() throws {
        let bench = try Bench()
        try bench.mustLoad("2026-05-04", Acme.exports)
        let (alice, dba) = try makeAnalystWork(bench)
        try forceRemake(try bench.connection())
        let outcome = try bench.run("migrate")
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome)")
        #expect(outcome.output.contains("2 views of your own put back"), "\(outcome)")
        #expect(try owners(bench) == [alice, alice])
        #expect(try bench.value("select who as value from analysis.days") == alice)
        #expect(
            try bench.value("select obj_description('analysis.mine'::regclass) as value") == "Hers.")
        for (role, column, right) in [(dba, "id", "true"), (dba, "name", "false")] {
            #expect(
                try bench.value(
                    "select has_column_privilege('\(role)', 'analysis.mine', '\(column)', 'select')::text as value"
                ) == right, "\(column)")
        }
    }

    /// Who upgrades owns the schema but is no member of the analyst's role, as on a server without superuser.
    @Test func `a view whose owner cannot be set is kept, and that is said`() throws {
        let bench = try Bench()
        try bench.mustLoad("2026-05-04", Acme.exports)
        let (alice, dba) = try makeAnalystWork(bench)
        try forceRemake(try bench.connection())
        let outcome = try command(bench, dba).run(["migrate"])
        #expect(outcome.status == 0, "\(outcome)")
        #expect(outcome.output.contains("2 views of your own put back"), "\(outcome)")
        for words in [
            "analysis.mine was put back in part: must be member of role", "owner to \(alice)",
            "analysis.days was put back in part: left out",
        ] { #expect(outcome.errors.contains(words), "\(words)\n\(outcome)") }
        #expect(try bench.value("select count(*) as value from bellwether_store.broken_view") == "0")
        #expect(try owners(bench) == [dba, dba])
        #expect(try bench.value("select count(*) as value from analysis.mine") == "2")
        // Her function is not run with the rights of whoever upgrades.
        #expect(
            try bench.value(
                "select relispopulated::text as value from pg_class where oid = 'analysis.days'::regclass")
                == "false")
    }

    @Test(arguments: [
        (
            "create function analysis.far() returns date begin atomic; select bellwether.as_of(); end",
            "function analysis.far()"
        ),
        (
            "create table analysis.log (id text); create rule kept as on insert to analysis.log do also select bellwether.as_of()",
            "rule kept on table analysis.log"
        ),
        (
            "create view analysis.v as select id from bellwether.deal; create rule put as on insert to analysis.v do instead nothing",
            "rule put on view analysis.v"
        ),
        (
            "create view analysis.v as select id from bellwether.deal; alter view analysis.v alter column id set default 'x'",
            "default value for column id of view analysis.v"
        ),
        (
            "create domain analysis.deals as bellwether.deal",
            "type analysis.deals"
        ),
    ])
    func `nothing that hangs on the views is dropped in silence`(script: String, name: String) throws {
        let bench = try Bench()
        let connection = try bench.connection()
        try connection.run(script: script + ";")
        try forceRemake(connection)
        let refused = try bench.run("migrate")
        #expect(refused.status == 1 && refused.errors.contains("BW213"), "\(refused)")
        #expect(refused.errors.contains(name), "\(refused)")
    }

    @Test func `an upgrade waits for the load that is under way`() throws {
        let bench = try Bench()
        let other = try bench.connection()
        try forceRemake(other)
        try other.execute("select pg_advisory_lock(hashtextextended('bellwether load', 0))")
        let upgrade = try bench.start("migrate")
        try waitForTurn(other)
        #expect(
            try bench.value("select checksum as value from bellwether_store.view_set") == "another program's")
        try other.execute("select pg_advisory_unlock(hashtextextended('bellwether load', 0))")
        let outcome = try upgrade.outcome(timeout: 60)
        #expect(outcome.status == 0 && outcome.errors.contains("waiting"), "\(outcome)")
    }

    @Test func `a load that waited looks at the schema when its turn comes`() throws {
        let bench = try Bench()
        try bench.folder.write("2026-05-04/opportunity.csv", Acme.deals)
        let other = try bench.connection()
        try other.execute("select pg_advisory_lock(hashtextextended('bellwether load', 0))")
        let load = try bench.start("load", "generic", "2026-05-04")
        try waitForTurn(other)
        try forceRemake(other)
        try other.execute("select pg_advisory_unlock(hashtextextended('bellwether load', 0))")
        let outcome = try load.outcome(timeout: 60)
        #expect(outcome.status == 1 && outcome.errors.contains("BW205"), "\(outcome)")
    }

    @Test func `a loader changes nothing but what loading changes`() throws {
        let bench = try Bench()
        try bench.mustLoad("2026-05-04", Acme.exports)
        let name = "only_loads_\(bench.database)"
        try bench.connection().run(script: "create role \(name) login in role bellwether_loader;")
        let nightly = try command(bench, name)
        try bench.folder.write(
            "2026-05-05/opportunity.csv", Acme.deals("d1,First,a1,p1,New,commit,150,USD,2026-06-30"))
        try bench.folder.write("2026-05-06/opportunity.csv", Acme.deals)
        for arguments in [
            ["load", "generic", "2026-05-06"], ["load", "generic", "2026-05-05"], ["loads", "undo", "3"],
            ["loads"], ["rejects"], ["forecast"],
        ] {
            let outcome = try nightly.run(arguments)
            #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(arguments): \(outcome)")
        }
        let connection = try Connection(
            ConnectionParameters(try #require(nightly.environment["BELLWETHER_DB"])))
        for statement in [
            "delete from bellwether_store.opportunity", "update bellwether_store.opportunity set amount = 0",
            "delete from bellwether_store.load", "update bellwether_store.load set day = day",
            "update bellwether_store.snapshot set rows_read = 0", "delete from bellwether_store.mark",
            "delete from bellwether_store.reject", "update bellwether_store.attempt set command = ''",
            "truncate bellwether_store.opportunity", "delete from bellwether_store.migration",
            "insert into bellwether_store.view_set values ('x', now())",
        ] {
            #expect(throws: DatabaseError.self, "\(statement)") { try connection.execute(statement) }
        }
        // By somebody who does not own the table: skipped with a warning, no error.
        try connection.execute("analyze bellwether_store.opportunity")
    }

    /// Until another session waits for the lock that loads and upgrades take turns with.
    private func waitForTurn(_ connection: Connection) throws {
        for _ in 0..<400 {
            let waiting = try connection.query(
                "select 1 as found from pg_stat_activity where datname = current_database() and wait_event = 'advisory'"
            )
            if !waiting.isEmpty { return }
            usleep(50_000)
        }
        throw Command.Failure("nobody waits for the lock")
    }

    // MARK: - People

    /// An analyst with a view, a materialised view and a function of her own, and somebody who may upgrade but is no
    /// superuser.
    private func makeAnalystWork(_ bench: Bench) throws -> (alice: String, dba: String) {
        let (alice, dba) = ("alice_\(bench.database)", "dba_\(bench.database)")
        try bench.connection().run(
            script: """
                create role \(alice) login in role bellwether_reader;
                create role \(dba) login in role bellwether_owner;
                -- As the first upgrade of this database would have; a copied database has lost it.
                grant create on database \(bench.database) to bellwether_owner;
                """)
        let place = try #require(try command(bench, alice).environment["BELLWETHER_DB"])
        try Connection(ConnectionParameters(place)).run(
            script: """
                create view analysis.mine as select id, name from bellwether.deal;
                comment on view analysis.mine is 'Hers.';
                grant select (id) on analysis.mine to \(dba);
                create function analysis.who() returns text language sql as 'select current_user::text';
                create materialized view analysis.days as
                    select bellwether.as_of() as day, analysis.who() as who;
                """)
        return (alice, dba)
    }

    private func owners(_ bench: Bench) throws -> [String?] {
        try bench.values(
            """
            select pg_get_userbyid(relowner)::text as value from pg_class
            where oid in ('analysis.mine'::regclass, 'analysis.days'::regclass)
            """)
    }

    private func command(_ bench: Bench, _ role: String) throws -> Command {
        let place = "host='\(bench.socketFolder)' port=5432 dbname=\(bench.database) user=\(role)"
        return Command(environment: ["BELLWETHER_DB": place], folder: bench.folder.path)
    }

    /// A set of views that no program has, so that the next upgrade makes them all anew.
    private func forceRemake(_ connection: Connection) throws {
        try connection.execute("update bellwether_store.view_set set checksum = 'another program''s'")
    }
}
