import Intake
import Model
import Postgres

extension Warehouse {
    /// Loads the snapshots of a folder in one transaction: all of them are published, or nothing changes.
    ///
    /// - Parameters:
    ///   - progress: Is told how far the reading is.
    ///   - events: Is told what the load has come to.
    ///   - waiting: Is called once when another load must end first.
    /// - Throws: `BW1xx` for files that are refused, `BW204`–`BW206` for a schema that is not this program's,
    ///   `BW208` when another load runs and the request does not wait, `BW300`–`BW310` with all that the guards
    ///   found. Each attempt is
    ///   on record, whatever its end.
    public func load(
        _ request: LoadRequest, progress: @escaping (LoadProgress) -> Void = { _ in },
        events: (LoadEvent) -> Void = { _ in }, waiting: () -> Void = {}
    ) throws(BellwetherError) -> LoadReport {
        try withLoadLock(waits: request.waits, waiting: waiting) { () throws(BellwetherError) in
            try requireSchema()
            let startedAt = try single(
                "select clock_timestamp()::text as value", as: String.self)
            // Outlives the transaction: what was set aside is on record whatever becomes of the load.
            var rejects = RejectLog()
            do {
                let report = try connection.transaction { _ in
                    try loadAll(request, startedAt, progress, events, &rejects)
                }
                analyze(report)
                return report
            } catch let rehearsal as DryRunEnd {
                var report = rehearsal.report
                if rejects.count > 0 || report.held != nil {
                    report.attempt = try? recordAttempt(request, startedAt, report.held, rejects)
                }
                return report
            } catch {
                let failure = ownError(error)
                // The first error is the one to tell, and without a connection there is no record to write.
                if failure.code != .connectionLost {
                    _ = try? recordAttempt(request, startedAt, failure, rejects)
                }
                throw failure
            }
        }
    }

    /// Tells the planner of tables of which a tenth changed, so that the first questions after a load are quick; the
    /// server's own round comes minutes later. The load is published by now, so that a failure is none of it, and
    /// a loader who does not own the tables is not told so each night.
    private func analyze(_ report: LoadReport) {
        let changed = report.entities.filter {
            let changes = $0.new + $0.changed + $0.gone
            return changes >= Self.analyzedRows && changes * 10 >= $0.read
        }
        try? analyze(entities: changed.map(\.entity))
    }

    /// So many rows that are new or changed make the planner's knowledge of a table stale.
    static let analyzedRows = 1_000

    /// Takes a sample of tables for the planner; where the user does not own them, nothing happens.
    func analyze(entities: [String]) throws {
        guard !entities.isEmpty else { return }
        try connection.execute("set client_min_messages to error")
        // A sample of some thousand rows does: the server takes a larger one in its own time.
        try connection.execute("set default_statistics_target to 20")
        for entity in entities {
            try connection.execute("analyze bellwether_store.\(try quoteIdentifier(entity))")
        }
        try connection.execute("reset client_min_messages")
        try connection.execute("reset default_statistics_target")
    }

    func ownError(_ error: any Error) -> BellwetherError {
        switch error {
        case let error as BellwetherError: error
        case let error as DatabaseError: BellwetherError(error)
        default: BellwetherError(.bug, "an error without a home", detail: "\(error)")
        }
    }

    /// Carries the report of a dry run out of the transaction that it rolls back.
    private struct DryRunEnd: Error {
        let report: LoadReport
    }

    private func loadAll(
        _ request: LoadRequest, _ startedAt: String, _ progress: @escaping (LoadProgress) -> Void,
        _ events: (LoadEvent) -> Void, _ rejects: inout RejectLog
    ) throws -> LoadReport {
        let folder = try request.mapping.resolve(in: request.folder)
        // While the files are read the server is idle, which is no reason to end the session.
        try execute("set local idle_in_transaction_session_timeout = 0")
        let load = try single(
            "select coalesce(max(number), 0) + 1 as value from bellwether_store.load", as: Int.self)
        try set("bellwether.as_known", to: "")
        try insertLoad(request, load, startedAt)
        for statement in SnapshotStatements.createStaging { try connection.execute(statement) }
        var report = LoadReport(
            outcome: .published(load), mapping: request.mapping.name, day: request.day, entities: [],
            absentEntities: [], unmappedFiles: folder.unmapped, findings: [], bytes: 0)
        var changed: [String: [String]] = [:]
        let meetsPast = folder.entities.contains { $0.isComplete && $0.entity.name == PastColumns.entity }
        if meetsPast { try withdrawPast(of: request.mapping.source, before: request.day, in: load) }
        let known = try knownEntities(of: request.mapping.source)
        for files in folder.entities where request.only?.contains(files.entity.name) ?? true {
            guard files.isComplete else {
                if !files.isLeftOut || known.contains(files.entity.name) {
                    report.absentEntities.append(files.entity.name)
                }
                continue
            }
            let start = ContinuousClock.now
            events(.entityStarted(files.entity.name))
            let loader = SnapshotLoader(
                warehouse: self, request: request, load: load, files: files, progress: progress)
            let outcome = try loader.run()
            events(.entityLoaded(outcome.report, seconds: start.secondsToNow))
            report.entities.append(outcome.report)
            report.bytes += outcome.bytes
            rejects.add(outcome.rejects, count: outcome.report.rejected)
            if outcome.report.entity == "field_change", !outcome.report.wasLive {
                try noteHistoryStart(request, load)
            }
            rejects.trips += outcome.trips
            if !outcome.changedIDs.isEmpty { changed[outcome.report.entity] = outcome.changedIDs }
        }
        guard !report.entities.isEmpty else { throw incomplete(folder, request) }
        if report.entities.allSatisfy(\.wasLive) {
            report.outcome = .alreadyLoaded
            throw DryRunEnd(report: report)
        }
        report.trips = rejects.trips
        report.held = heldError(rejects.trips, request)
        if let held = report.held, !request.dryRun { throw held }
        for entity in report.entities where entity.wasLive { try sayAgain(entity.entity, request, load) }
        let others = report.entities.filter { !$0.wasLive }.map(\.entity)
        let changedEntities = Set(others + (meetsPast ? [PastColumns.entity] : []))
        report.pasts = try refreshPast(
            after: [Changed(source: request.mapping.source, day: request.day, entities: changedEntities)],
            in: load)
        if changedEntities.contains("company") { try writeRuledPeriods() }
        report.findings = try findings(among: changed, request)
        if request.dryRun {
            report.outcome = .dryRun
            throw DryRunEnd(report: report)
        }
        try insertAttempt(
            request, startedAt, load: load, error: nil, rejects: rejects)
        try publish(load)
        events(.publishing(load))
        return report
    }

    /// Puts a snapshot on record that says what the live one of its day says already, beside others of its load that do
    /// not: this load speaks for it too, so that taking the earlier one back takes nothing away.
    private func sayAgain(
        _ entity: String, _ request: LoadRequest, _ load: Int
    ) throws(BellwetherError) {
        try execute(
            """
            insert into bellwether_store.snapshot (
                load, content_load, source, entity, day, kind, content_hash, files, unmapped_columns,
                proves_absence, rows_read, rows_new, rows_changed, rows_unchanged, rows_gone, rows_rejected,
                rows_duplicate, expected, builds_on, headers, filled, amounts, drift
            )
            select
                $4, content_load, source, entity, day, kind, content_hash, files, unmapped_columns,
                proves_absence, rows_read, 0, 0, rows_new + rows_changed + rows_unchanged, 0, rows_rejected,
                rows_duplicate, expected, builds_on, headers, filled, amounts, drift
            from bellwether_store.snapshot
            where source = $1 and entity = $2 and day = $3 and undone_in is null
            order by snapshot.load desc
            limit 1
            """,
            [.text(request.mapping.source), .text(entity), .date(request.day), .int(load, type: .int4)])
    }

    /// The entities of which the source has had a snapshot: a file of theirs that is not there is a gap, even where
    /// the mapping lets folders lack it. A CRM's own history is often exported once, for the time before the first
    /// night: only what has come on two days is missed.
    private func knownEntities(of source: String) throws(BellwetherError) -> Set<String> {
        Set(
            try rows(
                """
                select entity
                from bellwether_store.snapshot
                where source = $1
                group by entity
                having entity <> 'field_change' or count(distinct day) > 1
                """, [.text(source)]
            ) { row throws(DatabaseError) in try row.decode("entity", as: String.self) })
    }

    /// The last statement of a load: publish times never decrease, whatever the clock does.
    func publish(_ load: Int) throws(BellwetherError) {
        // Whoever asks what was known at a time waits until this load is seen or gone.
        try execute("select pg_advisory_xact_lock(\(Self.publishLock))")
        try execute(
            """
            update bellwether_store.load
            set published_at = greatest(
                clock_timestamp(),
                (select max(earlier.published_at) from bellwether_store.load as earlier where earlier.number < $1))
            where number = $1
            """,
            [.int(load, type: .int4)])
    }

    /// There are files, but each entity that reads one lacks another.
    private func incomplete(_ folder: FolderFiles, _ request: LoadRequest) -> BellwetherError {
        let missing = folder.entities.filter { !$0.isLeftOut }.flatMap { $0.missing }
            .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        return BellwetherError(
            .noFiles, "no entity of the mapping \(request.mapping.name) has all of its files here",
            hint: "there is no \(missing.joined(separator: ", no "))", place: Place(file: request.folder))
    }

    private func insertLoad(_ request: LoadRequest, _ load: Int, _ startedAt: String) throws(BellwetherError)
    {
        try execute(
            """
            insert into bellwether_store.load (
                action, number, day, mapping_name, mapping_hash, mapping_text, command, loaded_by, program_version, started_at,
                published_at, accepted_guards
            )
            values ('load', $1, $2, $3, $4, $5, $6, $7, $8, $9::timestamptz, clock_timestamp(), $10)
            """,
            [
                .int(load, type: .int4), .date(request.day), .text(request.mapping.name),
                .hash(request.mapping.hash),
                .text(request.mapping.text), .text(request.command), .text(request.loadedBy),
                .text(request.programVersion), .text(startedAt),
                .array(request.acceptedNames),
            ])
    }

    /// Findings are looked for among so many changed records of an entity; beyond that it would take longer than
    /// the load, and `bellwether findings` is there.
    static let findingsLimit = 5_000

    /// What needs a look among the records that this load changed, as of its day; nil when there are too many.
    private func findings(
        among changed: [String: [String]], _ request: LoadRequest
    ) throws(BellwetherError) -> [FindingCount]? {
        guard changed.values.allSatisfy({ $0.count <= Self.findingsLimit }) else { return nil }
        try set("bellwether.as_of", to: request.day.description)
        var found: [FindingCount] = []
        for (entity, ids) in changed.sorted(by: { $0.key < $1.key }) {
            found += try findingCounts(entity: entity, source: request.mapping.source, ids: ids)
        }
        try set("bellwether.as_of", to: "")
        return found
    }
}
