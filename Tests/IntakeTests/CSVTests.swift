import Foundation
import Model
import Testing

@testable import Intake

/// One record as a test sees it.
struct Parsed: Equatable {
    var line: Int
    var cells: [String]
    var isMalformed = false
}

/// Reads a text with the reader of records and cells.
func parse(
    _ bytes: [UInt8], format: FileFormat = FileFormat(), limit: Int = RecordReader.defaultLimit,
    blockSize: Int = RecordReader.defaultBlock, in folder: TemporaryFolder? = nil
) throws -> [Parsed] {
    let folder = try folder ?? TemporaryFolder()
    try folder.write(bytes, to: "t.csv")
    var reader = try RecordReader(
        path: folder.file("t.csv"), format: format, limit: limit, blockSize: blockSize)
    var records: [Parsed] = []
    var cells = CellTable()
    while try reader.next() {
        cells.split(reader.record, hasQuotes: reader.recordHasQuotes, format: format)
        var texts: [String] = []
        for index in 0..<cells.count {
            var text: [UInt8] = []
            cells.appendText(index, of: reader.record, quote: format.quote, to: &text)
            texts.append(String(decoding: text, as: UTF8.self))
        }
        records.append(Parsed(line: reader.recordLine, cells: texts, isMalformed: cells.hasTextBehindQuote))
    }
    return records
}

@Suite("Records and cells")
struct CSVTests {
    @Test func `are cut at delimiters and line ends of any kind`() throws {
        let text = "a,b\r\n1,\"x, \"\"y\"\"\nz\"\n\n\r\n2,\r3,5\" pipe\n\"\",end"
        #expect(
            try parse(Array(text.utf8)) == [
                Parsed(line: 1, cells: ["a", "b"]),
                Parsed(line: 2, cells: ["1", "x, \"y\"\nz"]),
                Parsed(line: 6, cells: ["2", ""]),
                Parsed(line: 7, cells: ["3", "5\" pipe"]),
                Parsed(line: 8, cells: ["", "end"]),
            ])
    }

    @Test func `know text behind a closing quote`() throws {
        let records = try parse(Array("a,b\n\"x\"y,2\n\"x\" ,2\n".utf8))
        #expect(records.map(\.isMalformed) == [false, true, true])
    }

    @Test func `take quotes as they are where quotes mean nothing`() throws {
        let records = try parse(
            Array("a\tb\n\"x\t\"y\"\n".utf8), format: FileFormat(delimiter: 9, quote: nil))
        #expect(records.map(\.cells) == [["a", "b"], ["\"x", "\"y\""]])
    }

    struct Case: Decodable {
        let text: String
        let rows: [[String]]
        let kind: String
    }

    @Test(arguments: [1, 3, 1 << 20])
    func `agree with Python's csv module`(blockSize: Int) throws {
        let folder = try TemporaryFolder()
        for test in try fixture("csv.json", as: [Case].self) {
            let text = Array(test.text.utf8)
            switch test.kind {
            case "rows":
                let cells = try parse(text, blockSize: blockSize, in: folder).map(\.cells)
                #expect(cells == test.rows, "\(test.text.debugDescription)")
            case "unterminated":
                // Python stops at the first fault of either kind, so only one of the two is certain.
                let error = failure { _ = try parse(text, blockSize: blockSize, in: folder) }
                #expect(error?.code == .quoteUnterminated, "\(test.text.debugDescription)")
            default:
                let records = try? parse(text, blockSize: blockSize, in: folder)
                #expect(records?.contains(where: \.isMalformed) != false, "\(test.text.debugDescription)")
            }
        }
    }

    @Test(arguments: [11, 12, 13, 14])
    func `written by another writer are read back whatever the block size`(seed: UInt64) throws {
        var random = Seeded(seed)
        let folder = try TemporaryFolder()
        for round in 0..<40 {
            let format = FileFormat(
                delimiter: [",", ";", "\t", "|"].map { Character($0).asciiValue ?? 0 }
                    .randomElement(using: &random) ?? 0)
            let table = randomTable(delimiter: format.delimiter, using: &random)
            let text = write(table, delimiter: format.delimiter, using: &random)
            for blockSize in [1, 2, 3, 7, 16, 64, 1 << 16] {
                let cells = try parse(text, format: format, blockSize: blockSize, in: folder).map(\.cells)
                #expect(cells == table, "seed \(seed), round \(round), block \(blockSize)")
            }
        }
    }

    private func randomTable(delimiter: UInt8, using random: inout Seeded) -> [[String]] {
        let alphabet = Array("abcxyz0123456789 \"'\n\r,;|\tüß€𝄞") + [Character(Unicode.Scalar(delimiter))]
        let columns = Int.random(in: 1...6, using: &random)
        return (0..<Int.random(in: 1...12, using: &random)).map { _ in
            (0..<columns).map { _ in
                String(
                    (0..<Int.random(in: 0...20, using: &random)).compactMap { _ in
                        alphabet.randomElement(using: &random)
                    })
            }
        }
    }

    /// Quotes what must be quoted, and sometimes more; ends lines in mixed ways.
    private func write(_ table: [[String]], delimiter: UInt8, using random: inout Seeded) -> [UInt8] {
        var output: [UInt8] = []
        for (index, row) in table.enumerated() {
            for (column, cell) in row.enumerated() {
                if column > 0 { output.append(delimiter) }
                let needsQuotes =
                    cell.utf8.contains { $0 == delimiter || $0 == 34 || $0 == 10 || $0 == 13 }
                    || (row.count == 1 && cell.isEmpty)
                if needsQuotes || Int.random(in: 0..<3, using: &random) == 0 {
                    output += Array("\"".utf8)
                    for byte in cell.utf8 { output += byte == 34 ? [34, 34] : [byte] }
                    output += Array("\"".utf8)
                } else {
                    output += Array(cell.utf8)
                }
            }
            if index + 1 < table.count || Bool.random(using: &random) {
                output += [[10], [13, 10], [13]].randomElement(using: &random) ?? [10]
            }
        }
        return output
    }

    @Test func `a row over the limit is refused with its line, in a buffer that stays small`() throws {
        let folder = try TemporaryFolder(["huge.csv": Array("id,name\n1,a\n2,".utf8)])
        let path = folder.file("huge.csv")
        let file = try #require(FileHandle(forWritingAtPath: path))
        try file.seekToEnd()
        let block = Data(repeating: UInt8(ascii: "x"), count: 1 << 20)
        for _ in 0..<64 { try file.write(contentsOf: block) }
        try file.close()
        var reader = try RecordReader(path: path, format: FileFormat())
        #expect(try reader.next())
        #expect(try reader.next())
        var error: BellwetherError?
        do throws(BellwetherError) {
            _ = try reader.next()
        } catch let thrown {
            error = thrown
        }
        #expect(error?.code == .recordTooLong)
        #expect(error?.place?.line == 3)
        #expect(reader.bufferSize <= 64 << 20)
        #expect(reader.bytesRead <= 24 << 20)
    }

    @Test(arguments: [1, 5, 64, 1000])
    func `the limit on a row does not depend on the block size`(blockSize: Int) throws {
        let text = Array(("id\n" + String(repeating: "x", count: 100) + "\n").utf8)
        #expect(try parse(text, limit: 100, blockSize: blockSize).count == 2)
        let error = failure { _ = try parse(text, limit: 99, blockSize: blockSize) }
        #expect(error?.code == .recordTooLong)
        #expect(error?.place?.line == 2)
    }
}
