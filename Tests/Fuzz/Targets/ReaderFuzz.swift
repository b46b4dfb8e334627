import Foundation
import Model
import Synchronization

@testable import Intake

/// Reads any bytes as an export, in every format and encoding, and says what is wrong with the way they were read.
///
/// The first four bytes choose delimiter, quote, encoding, columns and the size of blocks; the rest is the file.
public final class ReaderFuzz: Sendable {
    private let folder: String
    private let mappings = Mutex<[String: Mapping]>([:])

    /// A reader that writes its files into a folder of its own.
    public init(folder: String) {
        self.folder = folder
    }

    /// Reads the input twice, in blocks of different sizes.
    ///
    /// - Returns: What was wrong, nil when nothing was.
    public func complaint(about input: [UInt8]) throws -> String? {
        guard input.count >= 4 else { return nil }
        let mapping = try mapping(chosenBy: input)
        let file = try write(input)
        let small = read(mapping, blockSize: Int(input[3]) % 61 + 1)
        let large = read(mapping, blockSize: 1 << 16)
        if small != large { return "the size of the blocks changes what is read" }
        guard let report = large.report else { return nil }
        let counted =
            report.rowsAccepted + report.rowsRejected + report.rowsFiltered + report.rowsBlank
            + report.rowsDeleted + report.rowsRepeated + report.rowsKnown
        if counted != report.rowsRead { return "\(report.rowsRead) rows were read, \(counted) counted" }
        if report.files[0].hash != file.withUnsafeBytes({ Hash128(of: $0) }) {
            return "the file's hash is wrong"
        }
        return large.fault
    }

    /// How many records an input gives.
    ///
    /// - Throws: When its file cannot be written.
    public func recordCount(of input: [UInt8]) throws -> Int {
        guard input.count >= 4 else { return 0 }
        let mapping = try mapping(chosenBy: input)
        _ = try write(input)
        return read(mapping, blockSize: 1 << 16).records.count
    }

    private func mapping(chosenBy input: [UInt8]) throws(BellwetherError) -> Mapping {
        let text = Self.mappingText(input)
        if let mapping = mappings.withLock({ $0[text] }) { return mapping }
        let mapping = try Mapping.parse(text: text, file: "fuzz.yml", schemas: [FuzzSchema.deal])
        mappings.withLock { $0[text] = mapping }
        return mapping
    }

    private func write(_ input: [UInt8]) throws -> [UInt8] {
        let file = Array(input.dropFirst(4))
        try Data(file).write(to: URL(fileURLWithPath: folder + "/deals.csv"))
        return file
    }

    private func read(_ mapping: Mapping, blockSize: Int) -> FuzzReading {
        var sink = FuzzReading()
        do {
            let found = try mapping.resolve(in: folder)
            let reader = EntityReader(
                mapping: mapping, files: found.entities[0], limit: 1 << 12, blockSize: blockSize)
            sink.report = try reader.read(into: &sink)
        } catch let error as BellwetherError {
            sink.refusal = error.code
        } catch {
            sink.fault = "\(error)"
        }
        return sink
    }

    private static let delimiters = ["\",\"", "\";\"", "tab", "\"|\"", "\" \""]
    private static let quotes = ["'\"'", "\"'\"", "none"]
    private static let columns = [
        """
        columns: {id: id, name: name, owner_id: owner_id, amount: amount, close_date: close_date, is_won: is_won, position: position, seen_at: seen_at}
        keep: [note, "Zoë"]
        """,
        """
        columns:
          id: {column: [Id, id], salesforce_id: true}
          name: {template: "{name?} {note?}", required: true}
          owner_id: {column: owner_id, values: {a: b, c: null}, other: refuse, optional: true}
          amount: {column: amount, numbers: {decimal: ",", grouping: ".", strip: ["€", USD]}}
          close_date: {column: close_date, dates: [d.M.yyyy, MMM d yyyy, M/d/yyyy, epoch_millis, yyyyMMdd]}
          is_won: {column: is_won, true: [yes, ja], false: [no, nein]}
          position: {column: position, add: 1, volatile: true}
          seen_at: {column: seen_at, dates: [epoch_seconds, "yyyy-MM-dd"]}
        deleted: {column: note, is: [gone, "true"]}
        kind: delta
        """,
        """
        columns: {id: "{id} {name}", name: name}
        where: [{column: note, is_not: [skip, ""]}, {column: name, is: [a, b, "Zoë"], optional: true}]
        distinct: true
        """,
    ]

    private static func mappingText(_ input: [UInt8]) -> String {
        let encodings = TextEncoding.allCases
        let kind = Int(input[2])
        let format =
            "{delimiter: \(delimiters[Int(input[0]) % delimiters.count]), quote: \(quotes[Int(input[1]) % quotes.count]), "
            + "encoding: \(encodings[kind % encodings.count].rawValue), null: [\"\", N/A]}"
        let lines = columns[kind / encodings.count % columns.count].split(separator: "\n")
        return """
            mapping: fuzz
            source: fuzz
            entities:
              deal:
                file: deals.csv
                format: \(format)
            \(lines.map { "    " + $0 }.joined(separator: "\n"))
            """
    }
}
