import Foundation
import Model
import Testing

@testable import Intake

/// Reading ahead on another thread gives what plain reading gives.
@Suite("Reading ahead")
struct ReadAheadTests {
    /// A large file with quotes, line ends within them, blank and faulty rows.
    private static func file(mark: Bool) -> [UInt8] {
        var text = "Id,Name,Amount\r\n"
        for number in 0..<60_000 {
            switch number % 97 {
            case 3: text += "d\(number),\"a \"\"quoted\"\"\r\nname, of \(number)\",\(number)\r\n"
            case 5: text += "d\(number),ragged\r\n"
            case 7: text += "\r\n"
            case 11: text += "d\(number),broken,no number\r\n"
            case 13: text += "d\(number),\"text\"behind,1\r\n"
            default: text += "d\(number),\(String(repeating: "name ", count: 14))\(number),\(number)\r\n"
            }
        }
        return (mark ? [0xEF, 0xBB, 0xBF] : []) + Array(text.utf8)
    }

    private func mapping(_ columns: String) throws -> Mapping {
        try Mapping.parse(
            text: """
                mapping: test
                source: test
                entities:
                  deal:
                    file: deals.csv
                    columns: {id: Id, \(columns)}
                """, file: "test.yml", schemas: [deal])
    }

    private func reader(_ mapping: Mapping, _ folder: TemporaryFolder) throws -> EntityReader {
        let files = try #require(try mapping.resolve(in: folder.path).entities.first)
        return EntityReader(mapping: mapping, files: files)
    }

    @Test(arguments: ["name: Name, amount: Amount", "amount: Amount"], [false, true])
    func `gives the same records, rejects, counts and hashes`(columns: String, mark: Bool) throws {
        let folder = try TemporaryFolder(["deals.csv": Self.file(mark: mark)])
        let mapping = try mapping(columns)
        var plain = Collector()
        let expected = try reader(mapping, folder).read(into: &plain)
        // Every third row is held, so that known and unknown ones stand side by side.
        let held = Set(plain.records.enumerated().filter { $0.offset % 3 == 0 }.map(\.element.hash))
        plain = Collector(known: held)
        let report = try reader(mapping, folder).read(into: &plain)
        var sink = Collector(known: held)
        let second = try reader(mapping, folder)
        let ahead = try #require(try second.readAhead())
        let found = try second.read(into: &sink, ahead: ahead)
        #expect(found == report && report.rowsRead == expected.rowsRead && report.rowsKnown == held.count)
        #expect(sink.records == plain.records && !sink.records.isEmpty)
        #expect(sink.rejects.map(\.line) == plain.rejects.map(\.line))
        #expect(sink.rejects.map(\.reason) == plain.rejects.map(\.reason) && !sink.rejects.isEmpty)
    }

    @Test func `tells what reading met on the other thread`() throws {
        let folder = try TemporaryFolder(["deals.csv": Self.file(mark: false) + Array("x,\"open".utf8)])
        let reader = try reader(try mapping("name: Name"), folder)
        let ahead = try #require(try reader.readAhead())
        var sink = Collector()
        let error = failure { _ = try reader.read(into: &sink, ahead: ahead) }
        #expect(error?.code == .quoteUnterminated)
    }

    @Test func `leaves small files, and text that is not as it stands, alone`() throws {
        let small = try TemporaryFolder(["deals.csv": Array("Id,Name\nd1,n\n".utf8)])
        #expect(try reader(try mapping("name: Name"), small).readAhead() == nil)
        let text = String(decoding: Self.file(mark: false), as: UTF8.self)
        let wide = try TemporaryFolder([
            "deals.csv": [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        ])
        #expect(try reader(try mapping("name: Name"), wide).readAhead() == nil)
    }
}
