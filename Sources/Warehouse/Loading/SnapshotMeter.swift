import Model
import Postgres

/// Counts and sums an entity's records: all of them where it must, else from those of the day before and what the
/// snapshot changes.
struct SnapshotMeter {
    let warehouse: Warehouse
    let statements: SnapshotStatements
    let schema: EntitySchema
    let source: String
    let day: Day

    /// No records.
    var nothing: SnapshotMeasures {
        SnapshotMeasures(
            filled: Dictionary(uniqueKeysWithValues: statements.countedNames.map { ($0, 0) }),
            amounts: hasAmounts ? "[]" : nil)
    }

    /// Everything that holds on a day.
    func scan(on day: Day) throws(BellwetherError) -> SnapshotMeasures {
        SnapshotMeasures(
            filled: try filled(statements.countHeld, [.text(source), .date(day)]), amounts: try sums(on: day))
    }

    /// What there is after a plain snapshot: what was before, the rows that were read, and without what ended.
    func plain(
        _ before: SnapshotMeasures, _ sink: borrowing SnapshotSink, ends: Bool
    ) throws(BellwetherError) -> SnapshotMeasures {
        var measures = before
        measures.filled["id", default: 0] += sink.acceptedCount
        for (name, count) in zip(statements.columns.map(statements.unquoted), sink.filledCounts) {
            measures.filled[name, default: 0] += count
        }
        if ends {
            for (name, count) in try filled(statements.countEndedValues, []) {
                measures.filled[name, default: 0] -= count
            }
        }
        guard hasAmounts else { return measures }
        measures.amounts = try warehouse.single(
            statements.sumPlain(schema, ends: ends),
            [.text(before.amounts ?? "[]", type: .jsonb), .text(sink.sums?.json ?? "[]", type: .jsonb)],
            as: String.self)
        return measures
    }

    private func sums(on day: Day) throws(BellwetherError) -> String? {
        guard hasAmounts else { return nil }
        return try warehouse.single(
            statements.sumHeld(schema), [.text(source), .date(day)], as: String.self)
    }

    /// What there is after the snapshot, by what `pg_temp.target` changes in what was before.
    func changed(_ before: SnapshotMeasures) throws(BellwetherError) -> SnapshotMeasures {
        let added = try filled(statements.countAdded, [])
        let removed = try filled(statements.countRemoved, [.date(day)])
        var measures = before
        for column in statements.countedNames {
            measures.filled[column, default: 0] += added[column, default: 0] - removed[column, default: 0]
        }
        guard hasAmounts else { return measures }
        measures.amounts = try warehouse.single(
            statements.sumChanged(schema), [.text(before.amounts ?? "[]", type: .jsonb), .date(day)],
            as: String.self)
        return measures
    }

    private var hasAmounts: Bool { schema.column(named: "amount")?.type == .amount }

    private func filled(_ sql: String, _ parameters: [Parameter?]) throws(BellwetherError) -> [String: Int] {
        let names = statements.countedNames
        return try warehouse.rows(sql, parameters) { row throws(DatabaseError) in
            var counts: [String: Int] = [:]
            for name in names { counts[name] = try row.decode(name, as: Int.self) }
            return counts
        }.first ?? [:]
    }
}
