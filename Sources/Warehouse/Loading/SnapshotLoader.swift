import Intake
import Model
import Postgres

/// Puts the snapshot of one entity into its table of versions, within the transaction of a load.
///
/// Rows whose hash the warehouse holds for the day are known and cost nothing more. What is left is staged,
/// compared column by column with what the warehouse believes of the day, and spliced into the history: from the
/// day on until the next day whose snapshot speaks of the key. So any order of loads ends in the same history.
struct SnapshotLoader {
    let warehouse: Warehouse
    let request: LoadRequest
    let load: Int
    let files: EntityFiles
    let progress: (LoadProgress) -> Void

    var entity: EntityMapping { files.entity }
    var connection: Connection { warehouse.connection }
    var guards: SnapshotGuards {
        SnapshotGuards(warehouse: warehouse, request: request, files: files)
    }
    var key: [Parameter?] { [.text(request.mapping.source, type: .text), .date(request.day)] }

    /// What reading and comparing one entity gave.
    struct Outcome {
        var report: EntityReport
        var rejects: [Reject]
        var bytes: Int
        /// What the guards found.
        var trips: [GuardTrip] = []
        /// The keys whose state changed, as long as there are few of them.
        var changedIDs: [String] = []

        /// Notes what the guards say.
        mutating func take(_ verdict: SnapshotVerdict) {
            trips = verdict.trips
            report.drift = verdict.drift
        }
    }

    /// Loads the entity; its rejects are part of the outcome even where nothing is published in the end.
    ///
    /// - Throws: `BW1xx` for a file that is refused, and the database's errors.
    func run() throws -> Outcome {
        let statements = try SnapshotStatements(
            entity: entity.schema, volatileColumns: Set(entity.volatileColumns))
        let last = try lastSnapshot()
        if last == nil, let outcome = try runPlain(statements, isFirst: true, RowHashes(capacity: 0), nil) {
            return outcome
        }
        let live = try liveSnapshot()
        if live == nil, entity.kind == .full, let outcome = try runNext(statements, last) { return outcome }
        let ahead = try reader.readAhead()
        let hashes = try storedHashes(statements, capacity: last?.rowsRead ?? 0)
        return try runChanged(statements, live, ahead, consume hashes)
    }

    /// Loads a full snapshot of a day of which nothing is live; nil, with nothing done, where that takes the long way.
    private func runNext(_ statements: SnapshotStatements, _ last: Last?) throws -> Outcome? {
        let isPlain = try entity.volatileColumns.isEmpty && !hasLater()
        let isProbed = files.totalBytes <= Self.probedBytes
        guard isPlain || isProbed else { return nil }
        let ahead = isPlain ? try reader.readAhead() : nil
        var hashes = try storedHashes(statements, capacity: last?.rowsRead ?? 0)
        if isProbed, let read = try readUnchanged(&hashes) { return try unchanged(read) }
        guard isPlain else { return nil }
        hashes.forgetShown()
        return try runPlain(statements, isFirst: false, consume hashes, ahead)
    }

    /// Files up to this size are read once to see whether anything changed at all, before tables are made for what
    /// did: reading them twice costs less than the tables.
    private static let probedBytes = 4 << 20

    /// A snapshot that says what was known already.
    func unchanged(_ read: ReadReport) throws -> Outcome {
        var outcome = Outcome(report: report(read, kind: .full), rejects: [], bytes: bytes(read))
        let verdict = try guards.judgeUnchanged(outcome.report, read)
        outcome.take(verdict)
        try record(read, outcome.report, contentHash(read), provesAbsence: true, verdict)
        return outcome
    }

    private func runChanged(
        _ statements: SnapshotStatements, _ live: Live?, _ ahead: RowsAhead?, _ hashes: consuming RowHashes
    ) throws -> Outcome {
        try connection.execute(SnapshotStatements.clearStaging)
        try connection.execute(statements.createIncoming)
        var (sink, read) = try stage(statements, ahead, consume hashes)
        if live == nil, entity.kind == .full, read.rowsRead > 0, sink.isUnchanged {
            return try unchanged(read)
        }
        var report = report(read, kind: kind(sink))
        report.hasUnreadableKey = entity.kind == .full && sink.rejectsWithoutID > 0
        report.duplicates = sink.duplicates
        let contentHash = contentHash(read)
        if let live, live.contentHash == contentHash {
            report.wasLive = true
            return Outcome(report: report, rejects: [], bytes: bytes(read))
        }
        try copyStaged(sink)
        try touch(statements, report.kind, live, sink)
        report.duplicates += try settleDuplicates(statements, &sink, hasKnown: read.rowsKnown > 0)
        report.rejected = sink.rejectCount
        var outcome = Outcome(report: report, rejects: sink.rejects, bytes: bytes(read))
        let hasChanges = try compare(statements, report.kind, live, sink, &outcome.report)
        let verdict = try guards.judge(
            outcome.report, read, sink.rejects, statements, hasChanges: hasChanges, replaces: live != nil)
        outcome.take(verdict)
        // Nothing of a load that is held is published: it is only compared, to find all that holds it.
        if verdict.isHeld, !request.dryRun { return outcome }
        if hasChanges { try splicer(statements).splice() }
        // Some row says what was known, in other bytes.
        if outcome.report.new + outcome.report.changed < sink.acceptedCount {
            try connection.execute(statements.refreshHashes, key)
        }
        if hasChanges {
            outcome.changedIDs = try ids("select id from pg_temp.target limit $1")
        }
        try record(read, outcome.report, contentHash, provesAbsence: sink.rejectsWithoutID == 0, verdict)
        try mark(outcome.report.kind)
        return outcome
    }

    func ids(_ sql: String, _ parameters: [Parameter?] = []) throws(BellwetherError) -> [String] {
        try warehouse.rows(sql, [.int(Warehouse.findingsLimit + 1, type: .int8)] + parameters) {
            row throws(DatabaseError) in try row.decode("id", as: String.self)
        }
    }

    // MARK: - What was read

    func report(_ read: ReadReport, kind: SnapshotKind) -> EntityReport {
        var report = EntityReport(entity: entity.name, kind: kind)
        report.read = read.rowsRead
        report.files = read.files.map(\.name)
        report.unmappedColumns = read.unmappedColumns
        report.skipped = read.rowsRepeated + read.rowsFiltered + read.rowsBlank + read.rowsDeleted
        return report
    }

    func bytes(_ read: ReadReport) -> Int {
        read.files.reduce(0) { $0 + $1.bytes }
    }

    /// Reads the files as long as every row is one that the warehouse holds; nil when one is not, or when a row that
    /// it holds is missing. Most entities do not change on most nights, and then this is all there is to do.
    private func readUnchanged(_ hashes: inout RowHashes) throws -> ReadReport? {
        // Moved, not copied: there may be millions.
        var sink = UnchangedSink(hashes: hashes)
        hashes = RowHashes(capacity: 0)
        defer { hashes = sink.hashes }
        do {
            let read = try reader.read(into: &sink, progress: tell)
            return sink.hashes.unseenCount > 0 || read.rowsRead == 0 ? nil : read
        } catch is UnchangedSink.Changed {
            return nil
        }
    }

    private var reader: EntityReader { EntityReader(mapping: request.mapping, files: files) }

    private func tell(_ bytes: Int, _ totalBytes: Int, _ rows: Int) {
        progress(LoadProgress(entity: entity.name, bytes: bytes, totalBytes: totalBytes, rows: rows))
    }

    /// A full snapshot with a row whose key cannot be read proves no absence: it speaks as a delta does.
    func kind(_ sink: SnapshotSink) -> SnapshotKind {
        sink.rejectsWithoutID > 0 ? .delta : entity.kind
    }

    // MARK: - Reading

    private func stage(
        _ statements: SnapshotStatements, _ ahead: RowsAhead?, _ hashes: consuming RowHashes
    ) throws -> (SnapshotSink, ReadReport) {
        try copy(statements.copyIncoming(entity.filledColumns), hashes, ahead, .staging)
    }

    /// Reads the files into a COPY.
    func copy(
        _ sql: String, _ hashes: consuming RowHashes, _ ahead: RowsAhead?, _ layout: SnapshotSink.Layout
    ) throws -> (SnapshotSink, ReadReport) {
        // Handed over, not copied: there may be millions.
        var held = Optional(consume hashes)
        var copied: (SnapshotSink, ReadReport)?
        try connection.copyIn(sql) { writer in
            try withUnsafeMutablePointer(to: &writer) { writer in
                var sink = SnapshotSink(
                    hashes: held.take() ?? RowHashes(capacity: 0), layout: layout, entity: entity,
                    writer: writer)
                try writer.pointee.beginBinary()
                let read = try reader.read(into: &sink, ahead: ahead, progress: tell)
                try writer.pointee.endBinary()
                copied = (sink, read)
            }
        }
        guard let copied else { throw BellwetherError(.bug, "a COPY ended without its rows") }
        return copied
    }

    /// Stages what the rows themselves do not tell.
    func copyStaged(_ sink: borrowing SnapshotSink) throws {
        try copy(SnapshotStatements.copyRejected, sink.rejectedIDs)
        try copy(SnapshotStatements.copyDeleted, sink.deletions.map(\.id))
        if sink.unseenCount > 0 {
            try connection.copyIn(SnapshotStatements.copyUnseen) { writer in
                try writer.beginBinary()
                try sink.hashes.forEachUnseen { hash, place in
                    try writer.beginBinaryRow(fields: 2)
                    try writer.value(hash)
                    try writer.binaryField(block: place.block, offset: place.offset)
                }
                try writer.endBinary()
            }
        }
        guard sink.layout == .staging, sink.acceptedCount >= Self.analyzedRows else { return }
        try connection.execute(SnapshotStatements.analyzeStaging)
    }

    /// From so many rows on the planner is told how many there are.
    private static let analyzedRows = 500

    private func storedHashes(_ statements: SnapshotStatements, capacity: Int) throws -> RowHashes {
        try warehouse.set("bellwether.load_source", to: request.mapping.source)
        try warehouse.set("bellwether.load_day", to: request.day.description)
        var hashes = RowHashes(capacity: capacity)
        try connection.copyOutBinary(statements.copyStoredHashes, columns: 2) { fields in
            guard let hash = fields[0].bytes, hash.count == 16, let place = fields[1].bytes, place.count == 6
            else { return }
            hashes.insertStored(
                Hash128(
                    high: UInt64(bigEndian: hash.loadUnaligned(as: UInt64.self)),
                    low: UInt64(bigEndian: hash.loadUnaligned(fromByteOffset: 8, as: UInt64.self))),
                at: RowPlace(
                    block: UInt32(bigEndian: place.loadUnaligned(as: UInt32.self)),
                    offset: UInt16(bigEndian: place.loadUnaligned(fromByteOffset: 4, as: UInt16.self))))
        }
        return hashes
    }

    /// Names the keys of rows that went straight into their table.
    func copy(_ keys: KeyList) throws {
        try connection.copyIn(SnapshotStatements.copySpoken) { writer in
            try writer.beginBinary()
            try keys.forEach { key in
                try writer.beginBinaryRow(fields: 1)
                try writer.binaryField(key)
            }
            try writer.endBinary()
        }
    }

    private struct Last {
        let rowsRead: Int
    }

    /// The entity's last snapshot, whether it counts or not; nil before the first.
    private func lastSnapshot() throws(BellwetherError) -> Last? {
        try warehouse.rows(
            """
            select rows_read
            from bellwether_store.snapshot
            where source = $1 and entity = $2
            order by load desc
            limit 1
            """, [.text(request.mapping.source), .text(entity.name)]
        ) { row throws(DatabaseError) in Last(rowsRead: try row.decode("rows_read")) }.first
    }

    private func copy(_ sql: String, _ ids: [String]) throws {
        guard !ids.isEmpty else { return }
        try connection.copyIn(sql) { writer in
            for id in ids {
                try writer.field(id)
                try writer.endRow()
            }
        }
    }

    // MARK: - Checks

    private struct Live {
        let load: Int
        let kind: SnapshotKind
        let contentHash: Hash128
    }

    private func liveSnapshot() throws(BellwetherError) -> Live? {
        try warehouse.rows(
            """
            select content_load as load, kind, content_hash
            from bellwether_store.snapshot
            where source = $1 and day = $2 and entity = $3 and undone_in is null
            -- By the load that made it live: an undo brings back the content of an earlier one.
            order by snapshot.load desc
            limit 1
            """,
            key + [.text(entity.name)]
        ) { row throws(DatabaseError) in
            Live(
                load: try row.decode("load", as: Int.self),
                kind: try row.decode("kind", as: String.self) == "delta" ? .delta : .full,
                contentHash: Hash128(try row.decode("content_hash", as: String.self)) ?? .zero)
        }.first
    }

    func contentHash(_ read: ReadReport) -> Hash128 {
        read.files.reduce(Hash128(of: entity.kind.rawValue, seed: request.mapping.hash)) { hash, file in
            Hash128(of: file.name + "\u{0}" + file.hash.description, seed: hash)
        }
    }

    /// Rows that share a key but not their content cannot be told apart: none of them counts. Gives the number of
    /// rows that repeated another's content in other bytes.
    private func settleDuplicates(
        _ statements: SnapshotStatements, _ sink: inout SnapshotSink, hasKnown: Bool
    ) throws -> Int {
        let repeated = try warehouse.single(
            "select exists (select from pg_temp.incoming group by id having count(*) > 1) as value",
            as: Bool.self)
        let collapsed = repeated ? try warehouse.single(statements.collapseEqualDuplicates, as: Int.self) : 0
        let faulty = try warehouse.rows(statements.takeOutFaultyDuplicates, key) {
            row throws(DatabaseError) in
            (
                id: try row.decode("id", as: String.self), file: try row.decode("file", as: Int.self),
                line: try row.decode("line", as: Int.self), total: try row.decode("total", as: Int.self)
            )
        }
        for row in faulty {
            sink.note(
                Reject(duplicateID: row.id, entity: entity.name, file: sink.files[row.file], line: row.line))
        }
        sink.count(rejects: (faulty.first?.total ?? 0) - faulty.count)
        try settleDeletions(statements, &sink)
        let shownAgain = hasKnown ? try warehouse.single(statements.countShownAgain, key, as: Int.self) : 0
        return collapsed + shownAgain
    }

    /// A delta that shows a record as it was known and says that it is deleted says nothing.
    private func settleDeletions(_ statements: SnapshotStatements, _ sink: inout SnapshotSink) throws {
        guard !sink.deletions.isEmpty else { return }
        let faulty = Set(
            try warehouse.rows(statements.takeOutFaultyDeletions, key) { row throws(DatabaseError) in
                try row.decode("id", as: String.self)
            })
        for deletion in sink.deletions where faulty.contains(deletion.id) {
            sink.note(
                Reject(
                    duplicateID: deletion.id, entity: entity.name, file: deletion.file, line: deletion.line))
        }
    }

    // MARK: - Comparing and splicing

    /// Takes the versions that the load may touch out of the table, once.
    private func touch(
        _ statements: SnapshotStatements, _ kind: SnapshotKind, _ live: Live?, _ sink: borrowing SnapshotSink
    ) throws {
        // A delta in the place of a full snapshot: whatever only the full one said goes.
        let mayTouchAll = live?.kind == .full && kind == .delta
        let spoken = try connection.execute(
            statements.addSpoken,
            key + [
                .text(entity.name, type: .text), .int(live?.load ?? 0, type: .int4), .bool(mayTouchAll),
            ])
        if spoken >= Self.analyzedRows { try connection.execute(SnapshotStatements.analyzeSpoken) }
        try connection.execute(statements.createTouched)
        try touch(statements.touchUnseen, [])
        // Where nothing is known of the day or later, a version that holds is the only one of its key that matters.
        let isNewest = try live == nil && !hasLater()
        try touch(statements.touchSpoken, [.bool(!isNewest)])
    }

    private func touch(_ statement: String, _ parameters: [Parameter?]) throws {
        let touched = try connection.execute(statement, key + parameters)
        if touched >= Self.analyzedRows { try connection.execute(SnapshotStatements.analyzeTouched) }
    }

    private func hasLater() throws(BellwetherError) -> Bool {
        try warehouse.single(
            """
            select exists (
                select from bellwether_store.snapshot
                where source = $1 and day > $2 and entity = $3 and undone_in is null
            ) as value
            """, key + [.text(entity.name)], as: Bool.self)
    }

    /// Works out which keys have another state than was believed; false when none has.
    private func compare(
        _ statements: SnapshotStatements, _ kind: SnapshotKind, _ live: Live?, _ sink: borrowing SnapshotSink,
        _ report: inout EntityReport
    ) throws -> Bool {
        try connection.execute(statements.createTarget, key)
        if !sink.deletions.isEmpty { try connection.execute(statements.addDeleted, key) }
        if kind == .delta || live != nil { try connection.execute(statements.addNamed, key) }
        if kind == .full { try connection.execute(statements.addGone, key) }
        if let live {
            try connection.execute(
                statements.addCarried(newKind: kind, replacedKind: live.kind),
                key + [.text(entity.name, type: .text), .int(live.load, type: .int4)])
        }
        let counts = try splicer(statements).limit()
        (report.new, report.changed, report.gone) = (counts.new, counts.changed, counts.gone)
        return !counts.isEmpty
    }

    private func splicer(_ statements: SnapshotStatements) -> SnapshotSplicer {
        SnapshotSplicer(
            warehouse: warehouse, statements: statements, source: request.mapping.source, entity: entity.name,
            day: request.day, load: load)
    }

    func record(
        _ read: ReadReport, _ report: EntityReport, _ contentHash: Hash128, provesAbsence: Bool,
        _ verdict: SnapshotVerdict
    ) throws {
        try connection.execute(
            """
            insert into bellwether_store.snapshot (
                load, content_load, source, entity, day, kind, content_hash, files, unmapped_columns,
                proves_absence, rows_read, rows_new, rows_changed, rows_unchanged, rows_gone, rows_rejected, rows_duplicate,
                expected, builds_on, headers, filled, amounts, drift
            )
            values ($3, $3, $1, $4, $2, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
                $17, $18, $19, $20, $21, $22)
            """,
            key + [
                .int(load, type: .int4), .text(entity.name), .text(report.kind.rawValue), .hash(contentHash),
                .text(read.filesJSON, type: .jsonb), .array(read.unmappedColumns), .bool(provesAbsence),
                .int(report.read), .int(report.new), .int(report.changed), .int(report.unchanged),
                .int(report.gone),
                .int(report.rejected), .int(report.duplicates),
            ] + verdict.record(request.mapping, read))
    }

    /// Notes the keys of which the snapshot does not speak, or for a delta does.
    func mark(_ kind: SnapshotKind) throws {
        let marks = kind == .delta ? SnapshotStatements.markNamed : SnapshotStatements.markRejected
        try connection.execute(
            marks, [.text(request.mapping.source), .int(load, type: .int4), .text(entity.name)])
    }
}
