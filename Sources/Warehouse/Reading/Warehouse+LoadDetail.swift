import Intake
import Model
import Postgres

/// What a load says of one entity on its day.
public struct SnapshotRecord: Sendable {
    /// The source.
    public let source: String
    /// The entity.
    public let entity: String
    /// Full or delta.
    public let kind: SnapshotKind
    /// The day that a delta builds on; nil for what stands alone.
    public let buildsOn: Day?
    /// The load that took it back; nil while it counts.
    public let undoneIn: Int?
    /// The load whose snapshot counts in its place; nil when none does.
    public let replacedBy: Int?
    /// Rows read, new, changed, unchanged, gone, set aside, repeated.
    public let read, new, changed, unchanged, gone, rejected, duplicates: Int
    /// Rows that the mapping leaves out: what remains of those read.
    public var leftOut: Int { max(0, read - new - changed - unchanged - rejected - duplicates) }
}

/// A file that a load read.
public struct LoadedFile: Sendable {
    /// The entity that it was read for.
    public let entity: String
    /// The name.
    public let name: String
    /// The length in bytes.
    public let bytes: Int
    /// The 128-bit hash of its bytes.
    public let hash: String
}

/// How a column differs from the snapshot before.
public struct DriftRecord: Sendable {
    /// The entity.
    public let entity: String
    /// The difference in words.
    public let text: String
}

/// How many rows were set aside for one reason.
public struct RejectCount: Sendable {
    /// The entity.
    public let entity: String
    /// The code, BW150 to BW169.
    public let code: String
    /// The column of the export; nil when the whole row is at fault.
    public let column: String?
    /// What is wrong with the first of them.
    public let reason: String
    /// How many of the rows on record.
    public let count: Int
}

/// A day on which a snapshot was due and none counts.
public struct Gap: Sendable, Hashable {
    /// The source.
    public let source: String
    /// The day.
    public let day: Day
    /// The rule by which it was due.
    public let expected: String
    /// The day whose state is shown in its place, the earliest of those of the entities.
    public let shownDay: Day
    /// The entities that lack it, by name.
    public let entities: [String]
}

/// Everything on one load.
public struct LoadDetail: Sendable {
    /// The load.
    public let load: LoadRecord
    /// What it says, an entity each.
    public let snapshots: [SnapshotRecord]
    /// Its files.
    public let files: [LoadedFile]
    /// What the guards found that a person had accepted.
    public let trips: [GuardTrip]
    /// How its columns differ from those of the snapshots before.
    public let drift: [DriftRecord]
    /// Rows set aside, by reason; nil where the user may not see rejects.
    public let rejects: [RejectCount]?
    /// The gaps between the snapshots before and after it.
    public let gaps: [Gap]
}

extension Warehouse {
    /// Everything on one load.
    ///
    /// - Throws: `BW509` when there is no such load, `BW204`–`BW206` for a schema that is not this program's.
    public func detail(ofLoad number: Int) throws(BellwetherError) -> LoadDetail {
        guard let load = try load(number: number) else {
            throw BellwetherError(
                .loadNotUndoable, "there is no load \(number)", hint: "`bellwether loads` lists them.")
        }
        let key: [Parameter?] = [.int(number, type: .int4)]
        return LoadDetail(
            load: load, snapshots: try snapshots(key), files: try files(key),
            trips: try trips(
                where: "tripped_guard.load = $1", key), drift: try drift(key), rejects: try rejectCounts(key),
            gaps: try gaps(around: key))
    }

    private func snapshots(_ key: [Parameter?]) throws(BellwetherError) -> [SnapshotRecord] {
        try rows(
            """
            select
                source, entity, kind, builds_on, undone_in, rows_read, rows_new, rows_changed, rows_unchanged,
                rows_gone, rows_rejected, rows_duplicate,
                (
                    select max(later.load)
                    from bellwether_store.snapshot as later
                    where later.source = snapshot.source and later.entity = snapshot.entity
                        and later.day = snapshot.day and later.load > snapshot.load and later.undone_in is null
                ) as replaced_by
            from bellwether_store.snapshot
            where load = $1
            order by source, entity
            """, key
        ) { row throws(DatabaseError) in
            SnapshotRecord(
                source: try row.decode("source"), entity: try row.decode("entity"),
                kind: try row.decode("kind"), buildsOn: try row.decode("builds_on"),
                undoneIn: try row.decode("undone_in"), replacedBy: try row.decode("replaced_by"),
                read: try row.decode("rows_read"), new: try row.decode("rows_new"),
                changed: try row.decode("rows_changed"), unchanged: try row.decode("rows_unchanged"),
                gone: try row.decode("rows_gone"), rejected: try row.decode("rows_rejected"),
                duplicates: try row.decode("rows_duplicate"))
        }
    }

    private func files(_ key: [Parameter?]) throws(BellwetherError) -> [LoadedFile] {
        try rows(
            """
            select
                snapshot.entity, file.value ->> 'name' as name, (file.value ->> 'bytes')::bigint as bytes,
                file.value ->> 'hash' as hash
            from bellwether_store.snapshot
            cross join lateral jsonb_array_elements(snapshot.files) with ordinality as file (value, number)
            where snapshot.load = $1
            order by snapshot.entity, file.number
            """, key
        ) { row throws(DatabaseError) in
            LoadedFile(
                entity: try row.decode("entity"), name: try row.decode("name"),
                bytes: try row.decode("bytes"),
                hash: try row.decode("hash"))
        }
    }

    private func drift(_ key: [Parameter?]) throws(BellwetherError) -> [DriftRecord] {
        try rows(
            """
            select snapshot.entity, line.text
            from bellwether_store.snapshot
            cross join lateral unnest(snapshot.drift) with ordinality as line (text, number)
            where snapshot.load = $1
            order by snapshot.entity, line.number
            """, key
        ) { row throws(DatabaseError) in
            DriftRecord(entity: try row.decode("entity"), text: try row.decode("text"))
        }
    }

    func trips(
        where condition: String, _ parameters: [Parameter?]
    ) throws(BellwetherError) -> [GuardTrip] {
        try rows(
            """
            select entity, guard, found, allowed, is_accepted
            from bellwether_store.tripped_guard
            where \(condition)
            order by attempt, ordinal
            """, parameters
        ) { row throws(DatabaseError) in
            GuardTrip(
                try row.decode("guard"), entity: try row.decode("entity"), found: try row.decode("found"),
                allowed: try row.decode("allowed"), isAccepted: try row.decode("is_accepted"))
        }
    }

    private func rejectCounts(_ key: [Parameter?]) throws(BellwetherError) -> [RejectCount]? {
        guard try mayReadRejects() else { return nil }
        return try rows(
            """
            select
                reject.entity, reject.code, reject.column_name, min(reject.reason) as reason, count(*) as count
            from bellwether_store.reject
            inner join bellwether_store.attempt on attempt.number = reject.attempt
            where attempt.load = $1
            group by reject.entity, reject.code, reject.column_name
            order by count(*) desc, reject.entity, reject.code, reject.column_name
            limit 20
            """, key
        ) { row throws(DatabaseError) in
            RejectCount(
                entity: try row.decode("entity"), code: try row.decode("code"),
                column: try row.decode("column_name"), reason: try row.decode("reason"),
                count: try row.decode("count"))
        }
    }

    // MARK: - Gaps

    /// The days on which a snapshot was due and none counts, the newest first; entities that lack the same day
    /// together.
    ///
    /// - Throws: `BW204`–`BW206` for a schema that is not this program's.
    public func gaps(limit: Int) throws(BellwetherError) -> [Gap] {
        try requireSchema()
        try set("bellwether.as_known", to: "")
        return try gaps(where: "true", [.int(limit, type: .int8)])
    }

    /// The number of days of a source on which a snapshot was due and none counts.
    public func gapCount() throws(BellwetherError) -> Int {
        try single(
            "select count(*) as value from (select distinct source, day, expected from bellwether.gap) as gap",
            as: Int.self)
    }

    /// Those between the snapshots before and after a load's own.
    private func gaps(around key: [Parameter?]) throws(BellwetherError) -> [Gap] {
        try set("bellwether.as_known", to: "")
        return try gaps(
            where: """
                exists (
                    select from bellwether_store.snapshot
                    where snapshot.load = $2 and snapshot.source = gap.source and snapshot.entity = gap.entity
                        and (
                            snapshot.day = gap.shown_day
                            or (
                                snapshot.day > gap.day and not exists (
                                    select from bellwether.live_snapshot as between_days
                                    where between_days.source = gap.source and between_days.entity = gap.entity
                                        and between_days.day > gap.day and between_days.day < snapshot.day
                                )
                            )
                        )
                )
                """, [.int(100, type: .int8)] + key)
    }

    private func gaps(where condition: String, _ parameters: [Parameter?]) throws(BellwetherError) -> [Gap] {
        try rows(
            """
            select
                gap.source, gap.day, gap.expected, min(gap.shown_day) as shown_day,
                string_agg(gap.entity, ' ' order by gap.entity) as entities
            from bellwether.gap
            where \(condition)
            group by gap.source, gap.day, gap.expected
            order by gap.day desc, gap.source, gap.expected
            limit $1
            """, parameters
        ) { row throws(DatabaseError) in
            Gap(
                source: try row.decode("source"), day: try row.decode("day"),
                expected: try row.decode("expected"), shownDay: try row.decode("shown_day"),
                entities: try row.decode("entities", as: String.self).split(separator: " ").map(String.init))
        }
    }
}
