import Foundation
import Model
import Testing

@testable import Intake

/// The package's root folder, found from this file.
let packageRoot = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

/// Reads an oracle of `Fixtures/`, written by the Python scripts beside it.
func fixture<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value {
    let file = packageRoot.appending(path: "Tests/IntakeTests/Fixtures/\(name)")
    return try JSONDecoder().decode(type, from: Data(contentsOf: file))
}

/// The entities of `sql/tables`, found by pattern: enough for tests, not the product's reader of them.
let schemas: [EntitySchema] = {
    let folder = packageRoot.appending(path: "sql/tables")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    let texts = names.sorted().compactMap {
        try? String(contentsOf: folder.appending(path: $0), encoding: .utf8)
    }
    let added = texts.joined().matches(
        of: /alter table bellwether_store\.(\w+)\n((?:    add column [^\n]*\n)+)/)
    return texts.compactMap { sql in
        guard
            let kind = sql.firstMatch(of: /\n-- Kind: +(\w+)\n/).flatMap({
                EntityKind(rawValue: String($0.1))
            }),
            let table = sql.firstMatch(
                of: /create table bellwether_store\.(\w+) \(\n    like [^\n]*\n((?:    \w+ [^\n]*,\n)+)/)
        else { return nil }
        let more = added.filter { $0.1 == table.1 }.flatMap {
            columns($0.2.replacing("add column ", with: ""))
        }
        return EntitySchema(name: String(table.1), kind: kind, columns: columns(table.2) + more)
    }
}()

/// The columns of a table file's lines.
private func columns(_ lines: some StringProtocol) -> [EntityColumn] {
    lines.split(separator: "\n").compactMap { line -> EntityColumn? in
        let words = line.split(whereSeparator: { " ,;".contains($0) })
        guard let type = ColumnType(rawValue: String(words[1])), words[0] != "primary" else { return nil }
        return EntityColumn(name: String(words[0]), type: type)
    }
}

/// A schema with a column of every type, for tests of reading.
let deal = EntitySchema(
    name: "deal",
    columns: [
        EntityColumn(name: "name", type: .text), EntityColumn(name: "owner_id", type: .text),
        EntityColumn(name: "amount", type: .amount), EntityColumn(name: "close_date", type: .date),
        EntityColumn(name: "is_won", type: .boolean), EntityColumn(name: "position", type: .integer),
        EntityColumn(name: "seen_at", type: .timestamp),
    ])

/// A folder that goes away with the value.
final class TemporaryFolder {
    let path: String

    init(_ files: [String: [UInt8]] = [:]) throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "intake-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
        for (name, bytes) in files { try write(bytes, to: name) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: URL(filePath: path).appending(path: name))
    }

    func file(_ name: String) -> String { path + "/" + name }
}

/// Keeps everything that it is handed.
struct Collector: RecordSink {
    struct Record: Equatable {
        var id: String
        var values: [String?]
        var extra: String?
        var hash: Hash128
        var file: String
        var line: Int
    }

    var known: Set<Hash128> = []
    var asked: [Hash128] = []
    var records: [Record] = []
    var rejects: [Reject] = []
    var deleted: [String] = []

    mutating func isKnown(_ rowHash: Hash128) -> Bool {
        asked.append(rowHash)
        return known.contains(rowHash)
    }

    mutating func accept(_ record: borrowing CheckedRecord) throws {
        var values: [String?] = []
        for column in 0..<record.columnCount { values.append(record.value(at: column)) }
        records.append(
            Record(
                id: record.id, values: values, extra: record.extra, hash: record.rowHash, file: record.file,
                line: record.line))
    }

    mutating func reject(_ reject: Reject) throws { rejects.append(reject) }

    mutating func delete(id: String, file: String, line: Int) throws { deleted.append(id) }
}

/// Reads every entity of a folder with a mapping's text; gives what the last entity's sink got.
@discardableResult
func read(
    _ text: String, in folder: TemporaryFolder, schemas: [EntitySchema] = [deal], entity: Int = 0,
    into sink: inout Collector, limit: Int = RecordReader.defaultLimit,
    blockSize: Int = RecordReader.defaultBlock
) throws -> ReadReport {
    try read(
        Mapping.parse(text: text, file: "test.yml", schemas: schemas), in: folder, entity: entity,
        into: &sink,
        limit: limit, blockSize: blockSize)
}

@discardableResult
func read(
    _ mapping: Mapping, in folder: TemporaryFolder, entity: Int = 0, into sink: inout Collector,
    limit: Int = RecordReader.defaultLimit, blockSize: Int = RecordReader.defaultBlock
) throws -> ReadReport {
    let found = try mapping.resolve(in: folder.path)
    let reader = EntityReader(
        mapping: mapping, files: found.entities[entity], limit: limit, blockSize: blockSize)
    return try reader.read(into: &sink)
}

/// A mapping of entity `deal` from `*.csv`.
func dealMapping(
    _ columns: String = "id: id, name: name, amount: amount, close_date: close_date", _ rest: String = ""
) -> String {
    """
    mapping: test
    source: test
    entities:
      deal:
        file: "*.csv"
        columns: {\(columns)}
    \(rest.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n"))
    """
}

/// Runs `body` and gives the error that it throws.
func failure(_ body: () throws -> Void) -> BellwetherError? {
    do {
        try body()
        return nil
    } catch {
        return error as? BellwetherError
    }
}

/// A repeatable source of numbers (SplitMix64).
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}

/// The bytes of hexadecimal digits.
func bytes(hex: String) -> [UInt8] {
    let digits = Array(hex)
    return stride(from: 0, to: digits.count, by: 2).compactMap {
        UInt8(String(digits[$0..<$0 + 2]), radix: 16)
    }
}
