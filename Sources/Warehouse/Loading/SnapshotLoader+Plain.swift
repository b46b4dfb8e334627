import Intake
import Model
import Postgres

/// The plain case: a first snapshot, or a full one of a day after all that are live. Nothing that is known speaks of
/// the day or a later one, so that rows which are new or changed go straight into the table of versions as they
/// are read, and the versions that the files did not show again end.
extension SnapshotLoader {
    /// Thrown where the rows cannot stay as they came, and the snapshot takes the long way: the files name a key twice,
    /// delete one, say what is known in other bytes, or have a row that is set aside without a key.
    private struct NotPlain: Error {}

    /// Loads the snapshot so; nil, with nothing done, where it takes the long way.
    ///
    /// - Parameter hashes: What the warehouse holds; none for a first snapshot.
    func runPlain(
        _ statements: SnapshotStatements, isFirst: Bool, _ hashes: consuming RowHashes, _ ahead: RowsAhead?
    ) throws -> Outcome? {
        // Handed over, not copied: there may be millions.
        var held = Optional(consume hashes)
        do {
            return try connection.transaction { _ in
                try copyPlain(statements, isFirst: isFirst, held.take() ?? RowHashes(capacity: 0), ahead)
            }
        } catch is NotPlain {
            return nil
        } catch is AmountSums.TooManyGroups {
            return nil
        } catch let error as DatabaseError where error.sqlState == "23505" {
            return nil
        }
    }

    private func copyPlain(
        _ statements: SnapshotStatements, isFirst: Bool, _ hashes: consuming RowHashes, _ ahead: RowsAhead?
    ) throws -> Outcome {
        let (sink, read) = try copy(
            statements.copyVersions(entity.filledColumns), hashes, ahead,
            .versions(source: request.mapping.source, day: request.day, load: load))
        if !isFirst, read.rowsRead > 0, sink.isUnchanged { return try unchanged(read) }
        guard sink.deletions.isEmpty, isFirst || sink.rejectsWithoutID == 0 else { throw NotPlain() }
        try connection.execute(SnapshotStatements.clearStaging)
        try copyStaged(sink)
        if !sink.rejectedIDs.isEmpty,
            try warehouse.single(statements.hasRejectedTwin, keyAndLoad, as: Bool.self)
        {
            throw NotPlain()
        }
        let ended = try end(statements, sink)
        var report = report(read, kind: kind(sink))
        report.hasUnreadableKey = entity.kind == .full && sink.rejectsWithoutID > 0
        report.duplicates = sink.duplicates
        report.rejected = sink.rejectCount
        report.new = sink.acceptedCount - ended.again
        report.changed = ended.again
        report.gone = ended.count - ended.again
        var outcome = Outcome(report: report, rejects: sink.rejects, bytes: bytes(read))
        let verdict = try guards.judgePlain(report, read, sink, statements, ends: ended.count > 0)
        outcome.take(verdict)
        if verdict.isHeld, !request.dryRun { return outcome }
        // So that the first questions are planned for what there is now.
        if isFirst, report.new >= Warehouse.analyzedRows { try warehouse.analyze(entities: [entity.name]) }
        outcome.changedIDs = try changedIDs(statements, sink)
        if report.kind == .delta { try connection.execute(statements.nameFirst, key) }
        try record(read, report, contentHash(read), provesAbsence: sink.rejectsWithoutID == 0, verdict)
        try mark(report.kind)
        return outcome
    }

    private var keyAndLoad: [Parameter?] { key + [.int(load, type: .int4)] }

    // MARK: - What ends

    /// The versions that the files did not show again, but for those of rejected rows.
    private struct Ended {
        var count = 0
        /// Whose key the files show with a row that was not known.
        var again = 0
    }

    /// Closes what ends.
    private func end(_ statements: SnapshotStatements, _ sink: borrowing SnapshotSink) throws -> Ended {
        guard sink.hashes.count > 0 else { return Ended() }
        try connection.execute(statements.createEnded)
        guard sink.unseenCount > 0 || sink.acceptedCount > 0 else { return Ended() }
        try connection.execute(SnapshotStatements.planByPlace)
        var ended = Ended(count: try connection.execute(statements.closeEnded, keyAndLoad))
        try connection.execute(SnapshotStatements.planFreely)
        if ended.count < sink.unseenCount {
            let staying =
                sink.rejectedIDs.isEmpty
                ? 0 : try warehouse.single(statements.countRejectedUnseen, key, as: Int.self)
            guard ended.count + staying == sink.unseenCount else { throw NotPlain() }
        }
        let pairs = try warehouse.rows(statements.countAgain, keyAndLoad) { row throws(DatabaseError) in
            (again: try row.decode("again", as: Int.self), hasSame: try row.decode("has_same", as: Bool.self))
        }.first
        guard let pairs, !pairs.hasSame else { throw NotPlain() }
        ended.again = pairs.again
        if sink.acceptedCount > ended.again {
            try copy(sink.acceptedIDs)
            if try warehouse.single(statements.hasSecondVersion, keyAndLoad, as: Bool.self) {
                throw NotPlain()
            }
        }
        return ended
    }

    private func changedIDs(_ statements: SnapshotStatements, _ sink: borrowing SnapshotSink) throws
        -> [String]
    {
        guard sink.hashes.count == 0 else { return try ids(SnapshotStatements.changedIDs) }
        return try ids(
            "select id from \(statements.table) where source = $2 and loaded_in = $3 limit $1",
            [.text(request.mapping.source), .int(load, type: .int4)])
    }
}
