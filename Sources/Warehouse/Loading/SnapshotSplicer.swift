import Model
import Postgres

/// Puts the states of `pg_temp.target` into the history of one entity, from a day on until the next day whose
/// snapshot speaks of each key.
struct SnapshotSplicer {
    let warehouse: Warehouse
    let statements: SnapshotStatements
    let source: String
    let entity: String
    let day: Day
    let load: Int

    private var key: [Parameter?] { [.text(source, type: .text), .date(day)] }

    /// How many keys get another state.
    struct Counts {
        var new = 0
        var changed = 0
        var gone = 0

        var isEmpty: Bool { new + changed + gone == 0 }
    }

    /// Ends each new state where a later snapshot speaks of its key, and counts.
    func limit() throws -> Counts {
        let hasLater = try warehouse.single(
            """
            select exists (
                select from bellwether_store.snapshot
                where source = $1 and day > $2 and entity = $3 and undone_in is null
            ) as value
            """, key + [.text(entity)], as: Bool.self)
        if hasLater {
            for statement in SnapshotStatements.limitTarget {
                try warehouse.connection.execute(statement, key + [.text(entity)])
            }
        }
        let counts = try warehouse.rows(
            """
            select
                count(*) filter (where is_present and not was_present) as new,
                count(*) filter (where is_present and was_present) as changed,
                count(*) filter (where not is_present) as gone
            from pg_temp.target
            """
        ) { row throws(DatabaseError) in
            Counts(
                new: try row.decode("new"), changed: try row.decode("changed"), gone: try row.decode("gone"))
        }
        return counts.first ?? Counts()
    }

    /// Closes, supersedes and inserts versions.
    func splice() throws {
        let withLoad: [Parameter?] = key + [.int(load, type: .int4)]
        let connection = warehouse.connection
        try connection.execute("analyze pg_temp.target (id)")
        try connection.execute(statements.createSplice, key)
        try connection.execute("analyze pg_temp.splice (id)")
        try connection.execute(statements.closeInPlace, withLoad)
        try connection.execute(statements.supersede, withLoad)
        try connection.execute(statements.insertRemainders, withLoad)
        try connection.execute(statements.insertTarget, withLoad)
    }
}
