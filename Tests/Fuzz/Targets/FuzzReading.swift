import Model

@testable import Intake

/// What came of reading a file, to be compared with another reading.
struct FuzzReading: RecordSink {
    struct Record: Equatable {
        let id: String
        let values: [String?]
        let extra: String?
        let hash: Hash128
        let line: Int
    }

    var records: [Record] = []
    var rejects: [Reject] = []
    var deleted: [String] = []
    var report: ReadReport?
    var refusal: ErrorCode?
    var fault: String?

    func isKnown(_ rowHash: Hash128) -> Bool { false }

    mutating func accept(_ record: borrowing CheckedRecord) {
        var values: [String?] = []
        for column in 0..<record.columnCount { values.append(record.value(at: column)) }
        for (value, column) in zip(values, FuzzSchema.deal.columns) {
            guard let value, !Self.isCanonical(value, column.type) else { continue }
            fault = "\(column.name) is not in the form that the warehouse takes"
        }
        if record.id.isEmpty { fault = "a record without an id" }
        records.append(
            Record(
                id: record.id, values: values, extra: record.extra, hash: record.rowHash, line: record.line))
    }

    mutating func reject(_ reject: Reject) { rejects.append(reject) }

    mutating func delete(id: String, file: String, line: Int) { deleted.append(id) }

    private static func isCanonical(_ text: String, _ type: ColumnType) -> Bool {
        guard !text.contains("\0") else { return false }
        switch type {
        case .amount: return Amount(text).map { "\($0)" } == text
        case .date: return Day(text).map { "\($0)" } == text
        case .boolean: return text == "t" || text == "f"
        case .integer: return Int32(text).map { "\($0)" } == text
        case .timestamp: return Day(String(text.prefix(10))) != nil
        case .text: return true
        }
    }
}

extension FuzzReading: Equatable {
    static func == (one: FuzzReading, other: FuzzReading) -> Bool {
        one.records == other.records && one.rejects == other.rejects && one.deleted == other.deleted
            && one.refusal == other.refusal && one.fault == other.fault
            && one.report?.rowsRead == other.report?.rowsRead
    }
}

/// An entity with a column of every type.
enum FuzzSchema {
    static let deal = EntitySchema(
        name: "deal",
        columns: [
            EntityColumn(name: "name", type: .text), EntityColumn(name: "owner_id", type: .text),
            EntityColumn(name: "amount", type: .amount), EntityColumn(name: "close_date", type: .date),
            EntityColumn(name: "is_won", type: .boolean), EntityColumn(name: "position", type: .integer),
            EntityColumn(name: "seen_at", type: .timestamp),
        ])
}
