import Model
import Postgres

/// A published load, as `bellwether loads` lists it.
public struct LoadRecord: Sendable {
    /// The number.
    public let number: Int
    /// The load that it took back; nil when it is no undo.
    public let undoes: Int?
    /// The load that took all of it back; nil while it counts.
    public let undoneIn: Int?
    /// The day.
    public let day: Day
    /// The mapping's name.
    public let mapping: String
    /// When it was published, in UTC to the minute.
    public let publishedAt: String
    /// How long it took, in seconds.
    public let seconds: Double
    /// Who ran it.
    public let loadedBy: String
    /// The command line.
    public let command: String
    /// The version of the program.
    public let programVersion: String
    /// Its files with their hashes.
    public let files: String
    /// How many entities it brought.
    public let entities: Int
    /// Rows read, over all entities.
    public let read: Int
    /// Rows whose key was absent before.
    public let new: Int
    /// Rows that differ from what was known.
    public let changed: Int
    /// Rows that say what was known already.
    public let unchanged: Int
    /// Keys that are no longer there.
    public let gone: Int
    /// Rows set aside.
    public let rejected: Int
    /// Rows that repeat another word for word.
    public let duplicates: Int
    /// Rows that the mapping leaves out: what remains of those read.
    public var leftOut: Int { max(0, read - new - changed - unchanged - rejected - duplicates) }
}

/// A row that was set aside.
public struct RejectRecord: Sendable {
    /// The attempt that set it aside.
    public let attempt: Int
    /// The load that the attempt published; nil when it was refused or held.
    public let load: Int?
    /// The entity.
    public let entity: String
    /// The file's name.
    public let file: String
    /// The line on which the row starts, from 1.
    public let line: Int
    /// The column of the export; nil when the whole row is at fault.
    public let column: String?
    /// The value as it stands in the file, cut at 200 characters.
    public let value: String?
    /// The code, BW150 to BW169.
    public let code: String
    /// What is wrong.
    public let reason: String
}

extension Warehouse {
    /// The newest published loads, the newest first.
    ///
    /// - Throws: `BW204`–`BW206` for a schema that is not this program's.
    public func loads(limit: Int) throws(BellwetherError) -> [LoadRecord] {
        try requireSchema()
        return try loads(where: "true", limit: limit)
    }

    /// The published load of that number; nil when there is none.
    ///
    /// - Throws: `BW204`–`BW206` for a schema that is not this program's.
    public func load(number: Int) throws(BellwetherError) -> LoadRecord? {
        try requireSchema()
        return try loads(where: "load.number = \(number)", limit: 1).first
    }

    private func loads(where condition: String, limit: Int) throws(BellwetherError) -> [LoadRecord] {
        try rows(
            """
            select
                load.number, load.undoes, min(snapshot.undone_in) as undone_in, load.day, load.mapping_name,
                load.loaded_by, load.command, load.program_version,
                coalesce(
                    (
                        select string_agg(distinct concat_ws(' ', file ->> 'name', file ->> 'hash'), '; ')
                        from bellwether_store.snapshot as read
                        cross join lateral jsonb_array_elements(read.files) as file
                        where read.load = load.number
                    ),
                    '') as files,
                to_char(load.published_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as published_at,
                extract(epoch from load.published_at - load.started_at)::float8 as seconds,
                count(snapshot.entity) as entities,
                coalesce(sum(snapshot.rows_read), 0)::bigint as read,
                coalesce(sum(snapshot.rows_new), 0)::bigint as new,
                coalesce(sum(snapshot.rows_changed), 0)::bigint as changed,
                coalesce(sum(snapshot.rows_unchanged), 0)::bigint as unchanged,
                coalesce(sum(snapshot.rows_gone), 0)::bigint as gone,
                coalesce(sum(snapshot.rows_duplicate), 0)::bigint as duplicates,
                coalesce(sum(snapshot.rows_rejected), 0)::bigint as rejected
            from bellwether_store.load
            left join bellwether_store.snapshot on snapshot.load = load.number
            where \(condition)
            group by load.number
            order by load.number desc
            limit $1
            """,
            [.int(limit, type: .int8)]
        ) { row throws(DatabaseError) in
            LoadRecord(
                number: try row.decode("number"), undoes: try row.decode("undoes"),
                undoneIn: try row.decode("undone_in"), day: try row.decode("day"),
                mapping: try row.decode("mapping_name"),
                publishedAt: try row.decode("published_at"), seconds: try row.decode("seconds"),
                loadedBy: try row.decode("loaded_by"), command: try row.decode("command"),
                programVersion: try row.decode("program_version"), files: try row.decode("files"),
                entities: try row.decode("entities"),
                read: try row.decode("read"), new: try row.decode("new"), changed: try row.decode("changed"),
                unchanged: try row.decode("unchanged"), gone: try row.decode("gone"),
                rejected: try row.decode("rejected"), duplicates: try row.decode("duplicates"))
        }
    }

    /// The entities of which a source has a snapshot that counts, by day.
    ///
    /// - Throws: `BW204`–`BW206` for a schema that is not this program's.
    public func loadedEntities(of source: String) throws(BellwetherError) -> [Day: Set<String>] {
        try requireSchema()
        let loaded = try rows(
            """
            select distinct day, entity
            from bellwether_store.snapshot
            where source = $1 and undone_in is null
            """, [.text(source)]
        ) { row throws(DatabaseError) in
            (day: try row.decode("day", as: Day.self), entity: try row.decode("entity", as: String.self))
        }
        return loaded.reduce(into: [:]) { $0[$1.day, default: []].insert($1.entity) }
    }

    /// The number of loads that are published.
    public func loadCount() throws(BellwetherError) -> Int {
        try single("select count(*) as value from bellwether_store.load", as: Int.self)
    }

    /// The rows that an attempt set aside, in the order of the files; the newest attempt that set any aside when
    /// neither attempt nor load is given.
    ///
    /// - Throws: `BW204`–`BW206` for a schema that is not this program's.
    public func rejects(attempt: Int?, load: Int?, limit: Int) throws(BellwetherError) -> [RejectRecord] {
        try requireSchema()
        try requireRightToRejects()
        try requireAttempt(attempt: attempt, load: load)
        return try rows(
            """
            select
                attempt.number as attempt, attempt.load, reject.entity, reject.file, reject.line, reject.column_name,
                reject.value, reject.code, reject.reason
            from bellwether_store.reject
            inner join bellwether_store.attempt on attempt.number = reject.attempt
            where attempt.number = case
                when $1::integer is not null then $1::integer
                when $2::integer is not null
                    then (select max(number) from bellwether_store.attempt where attempt.load = $2::integer)
                else (select max(attempt) from bellwether_store.reject)
            end
            order by reject.ordinal
            limit $3
            """,
            [
                attempt.map { .int($0, type: .int4) }, load.map { .int($0, type: .int4) },
                .int(limit, type: .int8),
            ]
        ) { row throws(DatabaseError) in
            RejectRecord(
                attempt: try row.decode("attempt"), load: try row.decode("load"),
                entity: try row.decode("entity"),
                file: try row.decode("file"), line: try row.decode("line"),
                column: try row.decode("column_name"),
                value: try row.decode("value"), code: try row.decode("code"), reason: try row.decode("reason")
            )
        }
    }

    /// A number that is nobody's must not read as a load without faults.
    private func requireAttempt(attempt: Int?, load: Int?) throws(BellwetherError) {
        if let attempt {
            let exists = try single(
                "select exists (select from bellwether_store.attempt where number = $1) as value",
                [.int(attempt, type: .int4)], as: Bool.self)
            guard exists else {
                throw BellwetherError(
                    .loadNotUndoable, "there is no attempt \(attempt)",
                    hint: "`bellwether loads held` lists those that were held.")
            }
        } else if let load, try self.load(number: load) == nil {
            throw BellwetherError(
                .loadNotUndoable, "there is no load \(load)", hint: "`bellwether loads` lists them.")
        }
    }

    /// Whether the user is one who loads.
    func mayReadRejects() throws(BellwetherError) -> Bool {
        try single(
            """
            select has_table_privilege('bellwether_store.reject', 'select')
                and has_table_privilege('bellwether_store.attempt', 'select') as value
            """, as: Bool.self)
    }

    private func requireRightToRejects() throws(BellwetherError) {
        guard try !mayReadRejects() else { return }
        throw BellwetherError(
            .statementFailed,
            "the database does not permit it: rows that were set aside show values of cells",
            hint: "Connect as a member of the role that loads.")
    }

    /// How many rows an attempt set aside in all; the record keeps the first 10,000.
    public func rejectTotal(attempt: Int) throws(BellwetherError) -> Int {
        try single(
            "select coalesce(max(rejects_total), 0) as value from bellwether_store.attempt where number = $1",
            [.int(attempt, type: .int4)], as: Int.self)
    }

    /// What needs a look as of the point read, by entity and code.
    ///
    /// Source: view `bellwether.finding`.
    public func findingCounts() throws(BellwetherError) -> [FindingCount] {
        try findingCounts(in: "finding", where: "true", [])
    }

    /// The same for some records of one entity.
    func findingCounts(entity: String, source: String, ids: [String]) throws(BellwetherError)
        -> [FindingCount]
    {
        try findingCounts(
            in: Self.findingViews[entity] ?? "part_finding",
            where: "entity = $1 and source = $2 and id = any ($3)",
            [.text(entity), .text(source), .array(ids)])
    }

    /// The view that knows of an entity; `part_finding` of all others. A load asks that one alone, since planning a view
    /// of so many parts takes longer than reading it.
    private static let findingViews = [
        "opportunity": "record_finding", "person": "record_finding", "stage": "record_finding",
        "team": "record_finding",
        "company": "plan_finding", "fiscal_period": "plan_finding", "plan_line": "plan_finding",
    ]

    private func findingCounts(
        in view: String, where condition: String, _ parameters: [Parameter?]
    ) throws(BellwetherError) -> [FindingCount] {
        try rows(
            """
            select entity, code, count(*) as count, min(value) as example
            from bellwether.\(view)
            where \(condition)
            group by entity, code
            order by entity, count(*) desc, code
            """, parameters
        ) { row throws(DatabaseError) in
            FindingCount(
                entity: try row.decode("entity"), code: try row.decode("code"),
                count: try row.decode("count"),
                example: try row.decode("example"))
        }
    }
}
