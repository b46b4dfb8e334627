import Intake
import Model
import Postgres

/// Judges one entity's snapshot before it is published: gathers what the guards look at, and asks each of them.
struct SnapshotGuards {
    let warehouse: Warehouse
    let request: LoadRequest
    let files: EntityFiles

    private var entity: EntityMapping { files.entity }
    private var reader: SnapshotFactReader {
        SnapshotFactReader(warehouse: warehouse, request: request, entity: entity)
    }

    /// The verdict on a snapshot whose every row was known: its records are those of the day before.
    func judgeUnchanged(_ report: EntityReport, _ read: ReadReport) throws -> SnapshotVerdict {
        var facts = try reader.facts(report, read)
        facts.measures = facts.before?.measures
        facts.endsNothing = true
        return try judge(facts)
    }

    /// The verdict on a snapshot whose rows are in their table, and whose records that end are in `pg_temp.ended`.
    ///
    /// - Parameter ends: Whether there are such records.
    func judgePlain(
        _ report: EntityReport, _ read: ReadReport, _ sink: borrowing SnapshotSink,
        _ statements: SnapshotStatements, ends: Bool
    ) throws -> SnapshotVerdict {
        var facts = try reader.facts(report, read)
        let meter = meter(statements)
        try reader.measureBefore(&facts, meter)
        facts.measures = try meter.plain(facts.before?.measures ?? meter.nothing, sink, ends: ends)
        facts.noteColumns(unreadable: unreadable(report, sink.rejects))
        return try judge(facts)
    }

    /// The verdict on a snapshot that has been compared; `pg_temp.target` holds what it changes.
    ///
    /// - Parameter replaces: Whether another snapshot of the day is live.
    func judge(
        _ report: EntityReport, _ read: ReadReport, _ rejects: [Reject], _ statements: SnapshotStatements,
        hasChanges: Bool, replaces: Bool
    ) throws -> SnapshotVerdict {
        var facts = try reader.facts(report, read)
        facts.replaces = replaces
        let meter = meter(statements)
        try reader.measureBefore(&facts, meter)
        let base = replaces ? try meter.scan(on: request.day) : facts.before?.measures ?? meter.nothing
        facts.measures = hasChanges ? try meter.changed(base) : base
        facts.noteColumns(unreadable: unreadable(report, rejects))
        return try judge(facts)
    }

    private func meter(_ statements: SnapshotStatements) -> SnapshotMeter {
        SnapshotMeter(
            warehouse: warehouse, statements: statements, schema: entity.schema,
            source: request.mapping.source, day: request.day)
    }

    private func judge(_ facts: SnapshotFacts) throws -> SnapshotVerdict {
        var facts = facts
        let isCounted = facts.report.read > facts.report.skipped + facts.report.rejected
        facts.drift = facts.before == nil ? [] : entity.drift(facts.evidence)
        // An empty snapshot is one thing to look at, not four.
        if !isCounted { facts.drift = [] }
        if let measures = facts.measures, isCounted, let before = facts.before?.measures {
            facts.jumps = try reader.jumps(from: before, to: measures, entity.care.guards)
        }
        let trips = GuardRule.all.compactMap { rule -> GuardTrip? in
            guard rule.name == .sameDay || entity.care.guards.isOn(rule.name),
                let finding = rule.look(facts, entity.care.guards)
            else { return nil }
            return GuardTrip(
                rule.name, entity: entity.name, found: finding.found, allowed: finding.allowed,
                file: files.names.first,
                isAccepted: request.accepts(rule.name, of: entity.name))
        }
        return SnapshotVerdict(trips: trips, facts: facts)
    }

    /// Columns of the export that could not be read in more than half of the rows. Of very many rejects the first
    /// stand for all.
    private func unreadable(_ report: EntityReport, _ rejects: [Reject]) -> [String] {
        var faults: [String: Int] = [:]
        for column in rejects.compactMap(\.column) { faults[column, default: 0] += 1 }
        let rows = report.read - report.skipped
        return faults.filter { _, count in
            count >= EntityMapping.valuesThatMatter && count * report.rejected * 2 > rows * rejects.count
        }.keys.sorted()
    }
}

/// What the guards say of a snapshot, and what of it is kept for the next one.
struct SnapshotVerdict {
    /// What they found, accepted or not.
    let trips: [GuardTrip]
    private let facts: SnapshotFacts

    init(trips: [GuardTrip], facts: SnapshotFacts) {
        self.trips = trips
        self.facts = facts
    }

    /// Whether a guard holds it that nobody has accepted.
    var isHeld: Bool { trips.contains { !$0.isAccepted } }

    /// How the columns differ from those of the snapshot before, a line each.
    var drift: [String] { facts.drift.map(\.text) }

    /// What the snapshot's row keeps: expected, builds_on, headers, filled, amounts, drift.
    func record(_ mapping: Mapping, _ read: ReadReport) -> [Parameter?] {
        [
            .text(mapping.expectedDays.rawValue), facts.base.map { .date($0.day) },
            .text(read.headersJSON, type: .jsonb),
            facts.measures.map { .text($0.filledJSON, type: .jsonb) },
            facts.measures?.amounts.map { .text($0, type: .jsonb) }, .array(drift),
        ]
    }
}
