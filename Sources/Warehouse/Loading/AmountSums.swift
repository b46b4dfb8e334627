import Intake
import Model

/// Sums of the amounts of rows as they are read, by what decides which total of the entity they belong to.
///
/// Grouped by the columns as they stand; which part of the business a group is, SQL says for all.
struct AmountSums {
    /// Thrown when the rows have more groups than any entity has currencies and stages: some column is no such thing.
    struct TooManyGroups: Error {}

    private static let groupLimit = 10_000
    private static let groupedNames = ["currency", "is_closed", "is_won", "stage_id"]

    private struct Group {
        let values: [String?]
        var total = Amount.zero
        var records = 0
    }

    private let amountPlace: Int
    /// Each with its place in the schema.
    private let grouped: [(name: String, type: ColumnType, place: Int)]
    private var groups: [Group] = []
    /// Their places in `groups`.
    private var places: [Hash128: Int] = [:]
    private var key: [UInt8] = []

    /// Nil for an entity without amounts.
    init?(_ schema: EntitySchema) {
        let places = Dictionary(
            schema.columns.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        guard let place = places["amount"], schema.columns[place].type == .amount else { return nil }
        amountPlace = place
        grouped = Self.groupedNames.compactMap { name in
            places[name].map { (name, schema.columns[$0].type, $0) }
        }
    }

    /// Adds a record's amount, if it has one.
    mutating func add(_ record: borrowing CheckedRecord) throws {
        guard let range = record.range(at: amountPlace) else { return }
        let (amount, hash) = try record.withBytes { bytes in
            guard let amount = Amount(plain: UnsafeBufferPointer(rebasing: bytes[range])) else {
                throw TooManyGroups()
            }
            key.removeAll(keepingCapacity: true)
            for column in grouped {
                if let range = record.range(at: column.place) {
                    key.append(1)
                    key.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[range]))
                }
                key.append(0)
            }
            return (amount, key.withUnsafeBytes { Hash128(of: $0) })
        }
        let place = try places[hash] ?? begin(record, hash)
        groups[place].total += amount
        groups[place].records += 1
    }

    private mutating func begin(_ record: borrowing CheckedRecord, _ hash: Hash128) throws -> Int {
        guard groups.count < Self.groupLimit else { throw TooManyGroups() }
        var values: [String?] = []
        for column in grouped { values.append(record.value(at: column.place)) }
        groups.append(Group(values: values))
        places[hash] = groups.count - 1
        return groups.count - 1
    }

    /// A JSON array with one object a group: the columns, `total` and `records`.
    var json: String {
        let entries = groups.map { group in
            let values = zip(grouped, group.values).map { column, value in
                "\"\(column.name)\": \(value.map { json($0, column.type) } ?? "null")"
            }
            let sums = ["\"total\": \(group.total)", "\"records\": \(group.records)"]
            return "{" + (values + sums).joined(separator: ", ") + "}"
        }
        return "[" + entries.joined(separator: ", ") + "]"
    }

    private func json(_ value: String, _ type: ColumnType) -> String {
        type == .boolean ? (value == "t" ? "true" : "false") : jsonText(value)
    }
}
