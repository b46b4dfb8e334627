import Intake
import Model
import Postgres

/// What an undo did.
public struct UndoReport: Sendable {
    /// The load that the undo is.
    public var load: Int
    /// The load that it took back.
    public var undone: Int
    /// Its day.
    public var day: Day
    /// One line an entity: which snapshot of the day counts now, and how many records changed.
    public var entities: [Entity]
    /// The pasts that were made anew from a CRM's own history.
    public var pasts: [PastReport] = []

    /// One entity of an undo.
    public struct Entity: Sendable {
        /// The source.
        public var source: String
        /// The entity.
        public var entity: String
        /// The load whose rows count for the day now; nil when the day has no snapshot any more.
        public var liveLoad: Int?
        /// Keys that are there again.
        public var new = 0
        /// Keys with other content.
        public var changed = 0
        /// Keys that are no longer there.
        public var gone = 0
    }
}

extension Warehouse {
    /// Takes a load back: the snapshots before it count again. Undoing an undo makes its snapshots count again.
    ///
    /// Nothing is destroyed: the undo is a load of its own, and earlier answers stay as known.
    ///
    /// - Throws: `BW509` when there is no such load or it is undone already, and what `load` throws of schema, lock
    ///   and database.
    public func undo(
        load number: Int, waits: Bool, command: String, loadedBy: String, programVersion: String,
        waiting: () -> Void = {}
    ) throws(BellwetherError) -> UndoReport {
        try withLoadLock(waits: waits, waiting: waiting) { () throws(BellwetherError) in
            try requireSchema()
            return try transaction {
                try set("bellwether.as_known", to: "")
                let undo = try insertUndo(of: number, command, loadedBy, programVersion)
                for statement in SnapshotStatements.createStaging { try connection.execute(statement) }
                var report = UndoReport(load: undo.load, undone: number, day: undo.day, entities: [])
                let restored = try takeBack(undo, of: number)
                for snapshot in restored {
                    if snapshot.entity == PastColumns.entity {
                        try withdrawPast(of: snapshot.source, before: undo.day, in: undo.load)
                    }
                    report.entities.append(try restore(snapshot, undo))
                }
                guard !report.entities.isEmpty else {
                    throw BellwetherError(
                        .loadNotUndoable,
                        "load \(number) is undone already, or what it did has been undone since",
                        hint: "`bellwether loads` shows which loads count.")
                }
                let changed = restored.map {
                    Changed(source: $0.source, day: undo.day, entities: [$0.entity])
                }
                report.pasts = try refreshPast(after: changed, in: undo.load)
                try publish(undo.load)
                return report
            }
        }
    }

    private struct Undo {
        let load: Int
        let day: Day
    }

    private func insertUndo(
        of number: Int, _ command: String, _ loadedBy: String, _ programVersion: String
    ) throws(BellwetherError) -> Undo {
        let made = try rows(
            """
            insert into bellwether_store.load (
                action, number, undoes, day, mapping_name, mapping_hash, mapping_text, command, loaded_by,
                program_version, started_at, published_at, accepted_guards
            )
            select
                'undo', (select max(newest.number) + 1 from bellwether_store.load as newest), load.number, load.day,
                load.mapping_name, load.mapping_hash, load.mapping_text, $2, $3, $4, clock_timestamp(),
                clock_timestamp(), '{}'
            from bellwether_store.load
            where load.number = $1
            returning number, day
            """,
            [.int(number, type: .int4), .text(command), .text(loadedBy), .text(programVersion)]
        ) { row throws(DatabaseError) in
            Undo(load: try row.decode("number"), day: try row.decode("day"))
        }
        guard let undo = made.first else {
            throw BellwetherError(
                .loadNotUndoable, "there is no load \(number)", hint: "`bellwether loads` lists them.")
        }
        return undo
    }

    private struct Restored {
        let source: String
        let entity: String
        /// The snapshot that counted before.
        let before: Int?
    }

    /// Marks the load's snapshots as undone, or makes those count again that it had undone, and tells for which
    /// entities of the day another snapshot may count now.
    private func takeBack(_ undo: Undo, of number: Int) throws(BellwetherError) -> [Restored] {
        let parameters: [Parameter?] = [.int(number, type: .int4), .int(undo.load, type: .int4)]
        let readRestored = { (row: Row) throws(DatabaseError) -> Restored in
            Restored(
                source: try row.decode("source"), entity: try row.decode("entity"),
                before: try row.decode("before", as: Int?.self))
        }
        let before = """
            (
                select earlier.content_load
                from bellwether_store.snapshot as earlier
                where earlier.source = snapshot.source and earlier.entity = snapshot.entity
                    and earlier.day = snapshot.day and earlier.undone_in is null
                order by earlier.load desc
                limit 1
            ) as before
            """
        let taken = try rows(
            """
            select snapshot.source, snapshot.entity, \(before)
            from bellwether_store.snapshot
            where snapshot.load = $1 and snapshot.undone_in is null and $2::integer is not null
            order by snapshot.source, snapshot.entity
            """, parameters, readRestored)
        if !taken.isEmpty {
            try execute(
                "update bellwether_store.snapshot set undone_in = $2 where load = $1 and undone_in is null",
                parameters)
            return taken
        }
        let again = try rows(
            """
            select snapshot.source, snapshot.entity, \(before)
            from bellwether_store.snapshot
            where snapshot.undone_in = $1 and $2::integer is not null
                and not exists (
                    select from bellwether_store.load as redone
                    where redone.undoes = $1 and redone.number < $2
                )
            order by snapshot.source, snapshot.entity
            """, parameters, readRestored)
        if !again.isEmpty {
            try execute(
                """
                insert into bellwether_store.snapshot (
                    load, content_load, source, entity, day, kind, content_hash, files, unmapped_columns,
                    proves_absence, rows_read, rows_new, rows_changed, rows_unchanged, rows_gone, rows_rejected,
                    rows_duplicate, expected, builds_on, headers, filled, amounts, drift
                )
                select
                    $2, content_load, source, entity, day, kind, content_hash, files, unmapped_columns,
                    proves_absence, rows_read, rows_new, rows_changed, rows_unchanged, rows_gone, rows_rejected,
                    rows_duplicate, expected, builds_on, headers, filled, amounts, drift
                from bellwether_store.snapshot
                where undone_in = $1
                """, parameters)
        }
        return again
    }

    /// Splices the state of the snapshot that counts now into the history of one entity.
    private func restore(_ restored: Restored, _ undo: Undo) throws -> UndoReport.Entity {
        var report = UndoReport.Entity(source: restored.source, entity: restored.entity)
        let live = try rows(
            """
            select content_load, kind
            from bellwether_store.snapshot
            where source = $1 and day = $2 and entity = $3 and undone_in is null
            order by load desc
            limit 1
            """, [.text(restored.source), .date(undo.day), .text(restored.entity)]
        ) { row throws(DatabaseError) in
            (
                load: try row.decode("content_load", as: Int.self),
                kind: try row.decode("kind", as: SnapshotKind.self)
            )
        }.first
        report.liveLoad = live?.load
        guard live?.load != restored.before else { return report }
        if let live { try requireKnown(load: live.load) }
        guard let schema = EntityCatalog.entity(named: restored.entity) else {
            throw BellwetherError(
                .bug, "the program does not know the entity \(restored.entity)",
                hint: "Use the newer bellwether.")
        }
        let statements = try SnapshotStatements(
            entity: schema, volatileColumns: try volatileColumns(of: schema, load: live?.load ?? undo.load))
        try connection.execute(SnapshotStatements.clearStaging)
        let key: [Parameter?] = [.text(restored.source, type: .text), .date(undo.day)]
        try connection.execute(statements.createAllTouched, [.text(restored.source)])
        try connection.execute("analyze pg_temp.touched")
        try connection.execute(
            statements.createRestoredTarget,
            key + [
                .text(restored.entity), live.map { .int($0.load, type: .int4) }, .bool(live?.kind == .full),
            ])
        let splicer = SnapshotSplicer(
            warehouse: self, statements: statements, source: restored.source, entity: restored.entity,
            day: undo.day, load: undo.load)
        let counts = try splicer.limit()
        (report.new, report.changed, report.gone) = (counts.new, counts.changed, counts.gone)
        if !counts.isEmpty { try splicer.splice() }
        return report
    }

    /// The columns that make no version by themselves, by the mapping of a load. What a load joined, an undo must not
    /// divide: no snapshot would explain it.
    private func volatileColumns(of entity: EntitySchema, load: Int) throws(BellwetherError) -> Set<String> {
        let mapping = try rows(
            "select mapping_name, mapping_text from bellwether_store.load where number = $1",
            [.int(load, type: .int4)]
        ) { row throws(DatabaseError) in
            (
                name: try row.decode("mapping_name", as: String.self),
                text: try row.decode("mapping_text", as: String.self)
            )
        }.first
        guard let mapping else { return [] }
        let parsed = try? Mapping.parse(text: mapping.text, file: mapping.name, schemas: EntityCatalog.all)
        return Set(parsed?.entity(named: entity.name)?.volatileColumns ?? [])
    }
}
