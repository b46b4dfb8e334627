import Model
import Postgres

/// An attempt that a guard held.
public struct HeldAttempt: Sendable {
    /// The attempt's number.
    public let attempt: Int
    /// The day it was to load.
    public let day: Day
    /// The mapping's name.
    public let mapping: String
    /// When it began, in UTC to the minute.
    public let startedAt: String
    /// Who ran it.
    public let triedBy: String
    /// The command line.
    public let command: String
    /// The load of the same mapping and day that was published after it; nil while there is none.
    public let settledBy: Int?
    /// What the guards found, accepted or not.
    public internal(set) var trips: [GuardTrip] = []
}

extension Warehouse {
    /// The newest attempts that a guard held, the newest first.
    ///
    /// - Throws: `BW204`–`BW206` for a schema that is not this program's, `BW203` for a user who may not see
    ///   attempts.
    public func heldAttempts(limit: Int) throws(BellwetherError) -> [HeldAttempt] {
        try requireSchema()
        var attempts = try rows(
            """
            select
                attempt.number, attempt.day, attempt.mapping_name, attempt.tried_by, attempt.command,
                to_char(attempt.started_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as started_at,
                (
                    select min(later.load)
                    from bellwether_store.attempt as later
                    where later.day = attempt.day and later.mapping_name = attempt.mapping_name
                        and later.number > attempt.number and later.load is not null
                ) as settled_by
            from bellwether_store.attempt
            where attempt.load is null and attempt.error_code like 'BW3%' and not attempt.is_rehearsal
            order by attempt.number desc
            limit $1
            """, [.int(limit, type: .int8)]
        ) { row throws(DatabaseError) in
            HeldAttempt(
                attempt: try row.decode("number"), day: try row.decode("day"),
                mapping: try row.decode("mapping_name"), startedAt: try row.decode("started_at"),
                triedBy: try row.decode("tried_by"), command: try row.decode("command"),
                settledBy: try row.decode("settled_by"))
        }
        for index in attempts.indices {
            attempts[index].trips = try trips(
                where: "tripped_guard.attempt = $1", [.int(attempts[index].attempt, type: .int4)])
        }
        return attempts
    }
}
