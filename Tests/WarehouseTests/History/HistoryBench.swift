import Foundation
import Model
import Postgres
import TestSupport
import Warehouse

/// A database in which one random company after the other is loaded.
final class HistoryBench {
    private let database: ConnectionParameters
    /// Looks at what loads made.
    let reader: Connection
    let warehouse: Warehouse
    let folder: TemporaryFolder

    init() throws {
        database = try TestDatabase.migrated()
        reader = try Connection(database)
        warehouse = try Warehouse(database)
        folder = try TemporaryFolder()
        try reader.execute(Self.crashFunction)
        for table in ["load", "snapshot", "mark", "attempt", "opportunity", "person"] {
            try reader.execute(
                """
                create trigger crash before insert or update on bellwether_store.\(table)
                for each statement execute function public.crash_at_statement()
                """)
        }
    }

    /// Takes the session down with the n-th statement that writes, where `test.crash_at` says n. As good as a cable
    /// that is cut, and the same in every run.
    private static let crashFunction = """
        create function public.crash_at_statement() returns trigger
        language plpgsql as $$
        declare
            statements integer := coalesce(nullif(current_setting('test.statements', true), ''), '0')::integer + 1;
        begin
            perform set_config('test.statements', statements::text, false);
            if statements = nullif(current_setting('test.crash_at', true), '')::integer then
                perform pg_terminate_backend(pg_backend_pid());
            end if;
            return null;
        end
        $$
        """

    /// Forgets every company.
    func clear() throws {
        try reader.execute("set bellwether.as_known = ''")
        try reader.execute("set bellwether.as_of = ''")
        try reader.execute(
            """
            truncate bellwether_store.load, bellwether_store.snapshot, bellwether_store.mark,
                bellwether_store.attempt, bellwether_store.opportunity, bellwether_store.person,
                bellwether_store.company
            cascade
            """)
    }

    /// Sets the clocks of the reader.
    func read(asOf day: Day, asKnown load: Int?) throws {
        try reader.execute(
            "select set_config('bellwether.as_of', $1, false), set_config('bellwether.as_known', $2, false)",
            [.text(day.description), .text(load.map { String($0) } ?? "")])
    }

    /// Loads in a session that ends with its n-th statement that writes; nil when it ended so.
    func load(_ request: LoadRequest, crashingAtStatement number: Int) throws -> LoadReport? {
        let connection = try Connection(database)
        try connection.execute("select set_config('test.crash_at', $1, false)", [.text(String(number))])
        do throws(BellwetherError) {
            return try Warehouse(connection).load(request)
        } catch {
            if error.code == .connectionLost { return nil }
            throw error
        }
    }
}
