import Model
import Postgres

extension Warehouse {
    /// Held by a load from the moment at which it takes its publish time until readers see it.
    static let publishLock = "hashtextextended('bellwether publish', 0)"
    /// Held by a load, an undo and an upgrade: one at a time in a database.
    static let loadLock = "hashtextextended('bellwether load', 0)"

    /// Whether a row of `pg_locks` is a load's lock on this database.
    static let isHeldLoadLock = """
        pg_locks.locktype = 'advisory' and pg_locks.granted and pg_locks.objsubid = 1
            and pg_locks.database = (select oid from pg_database where datname = current_database())
            and (pg_locks.classid::bigint << 32 | pg_locks.objid::bigint) = \(loadLock)
        """

    /// Waits for a publish in flight, so that a time already past is answered as it always will be.
    func awaitPublish() throws(BellwetherError) {
        try execute("select pg_advisory_lock_shared(\(Self.publishLock))")
        try execute("select pg_advisory_unlock_shared(\(Self.publishLock))")
    }

    /// Runs `body` while no other load and no upgrade runs.
    ///
    /// A session lock, so that a load that dies frees it with its connection.
    ///
    /// - Throws: `BW208` when another load or an upgrade is under way and `waits` is false.
    func withLoadLock<Result>(
        waits: Bool, waiting: () -> Void, _ body: () throws(BellwetherError) -> Result
    ) throws(BellwetherError) -> Result {
        let key = Self.loadLock
        if try !single("select pg_try_advisory_lock(\(key)) as value", as: Bool.self) {
            guard waits else {
                throw BellwetherError(
                    .locked, "another load or an upgrade is under way", detail: try lockHolder(),
                    hint: "Wait for it, or leave out --no-wait.")
            }
            waiting()
            try execute("select pg_advisory_lock(\(key))")
        }
        let result: Result
        do throws(BellwetherError) {
            result = try body()
        } catch {
            // The connection may be gone, and the lock with it: the first error is the one to tell.
            try? execute("select pg_advisory_unlock(\(key))")
            throw error
        }
        // What is published stays so: a lost connection has freed the lock by itself.
        try? execute("select pg_advisory_unlock(\(key))")
        return result
    }

    private func lockHolder() throws(BellwetherError) -> String? {
        try rows(
            """
            select concat(
                'held by process ', activity.pid, ' of ', activity.usename, ' since ' || activity.query_start)
                as holder
            from pg_locks
            inner join pg_stat_activity as activity on activity.pid = pg_locks.pid
            where \(Self.isHeldLoadLock)
            """
        ) { row throws(DatabaseError) in try row.decode("holder", as: String.self) }.first
    }
}
