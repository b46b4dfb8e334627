import Foundation
import Model
import Testing

@testable import Intake

/// Files that are none, that change under the reader, and keys that no index can hold.
@Suite("Files that cannot be trusted")
struct HostileFileTests {
    private static let mapping = dealMapping("id: id, name: name")

    private func code(_ folder: TemporaryFolder) -> String? {
        var sink = Collector()
        return failure { try read(Self.mapping, in: folder, into: &sink) }?.code.rawValue
    }

    @Test func `a pipe is refused instead of waited for`() throws {
        let folder = try TemporaryFolder()
        try #require(mkfifo(folder.file("deals.csv"), 0o600) == 0)
        #expect(code(folder) == "BW101")
    }

    @Test func `a link to a device is refused`() throws {
        let folder = try TemporaryFolder()
        try #require(symlink("/dev/zero", folder.file("deals.csv")) == 0)
        #expect(code(folder) == "BW101")
    }

    @Test func `a link that leads nowhere or in a circle is refused and no gap`() throws {
        for target in ["/nowhere/at all", "deals.csv"] {
            let folder = try TemporaryFolder()
            try #require(symlink(target, folder.file("deals.csv")) == 0)
            #expect(code(folder) == "BW101", "\(target)")
        }
    }

    @Test func `a folder named like a file is no file`() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(
            atPath: folder.file("deals.csv"), withIntermediateDirectories: false)
        #expect(code(folder) == "BW109")
    }

    @Test func `a link to a plain file is read`() throws {
        let folder = try TemporaryFolder(["kept.txt": Array("id,name\nd1,First\n".utf8)])
        try #require(symlink("kept.txt", folder.file("deals.csv")) == 0)
        var sink = Collector()
        try read(Self.mapping, in: folder, into: &sink)
        #expect(sink.records.map(\.id) == ["d1"])
    }

    /// Changes the file when the first record is taken.
    private struct Meddler: RecordSink {
        let meddle: () throws -> Void
        var isDone = false

        mutating func isKnown(_ rowHash: Hash128) -> Bool { false }
        mutating func accept(_ record: borrowing CheckedRecord) throws {
            if !isDone { try meddle() }
            isDone = true
        }
        mutating func reject(_ reject: Reject) throws {}
        mutating func delete(id: String, file: String, line: Int) throws {}
    }

    @Test(arguments: [0, 500, 100_000, 200_000])
    func `a file that is cut or overwritten while it is read is refused`(size: Int) throws {
        let rows = (0..<20_000).map { "d\($0),x\n" }.joined()
        let folder = try TemporaryFolder(["deals.csv": Array(("id,name\n" + rows).utf8)])
        let mapping = try Mapping.parse(text: Self.mapping, file: "test.yml", schemas: [deal])
        let reader = EntityReader(
            mapping: mapping, files: try mapping.resolve(in: folder.path).entities[0],
            limit: RecordReader.defaultLimit, blockSize: 256)
        var sink = Meddler { try #require(truncate(folder.file("deals.csv"), size) == 0) }
        let error = failure { _ = try reader.read(into: &sink) }
        #expect(sink.isDone)
        #expect(error?.code == .fileChanged, "\(String(describing: error))")
    }

    @Test func `a key that no index can hold is set aside, and never read as a key`() throws {
        let longest = String(repeating: "é", count: 500)
        let folder = try TemporaryFolder([
            "deals.csv": Array("id,name\n\(longest),fits\n\(longest)x,does not\nd1,First\n".utf8)
        ])
        var sink = Collector()
        try read(Self.mapping, in: folder, into: &sink)
        #expect(sink.records.map(\.id) == [longest, "d1"])
        #expect(sink.rejects.map(\.code) == [.valueTooLong])
        #expect(sink.rejects.first?.id == nil && sink.rejects.first?.line == 3)
        #expect(sink.rejects.first?.reason == "id is longer than 1000 bytes and is the row's key")
    }

    @Test func `a mapping cannot write what the database does not take`() {
        func told(_ row: String) -> String? {
            failure {
                _ = try Mapping.parse(
                    text: "mapping: a\nsource: a\nentities:\n  deal:\n    rows:\n      - \(row)\n",
                    file: "a.yml",
                    schemas: [deal])
            }.map { "\($0.code.rawValue) \($0.message)" }
        }
        #expect(told(#"{id: d1, name: "a\0b"}"#) == "BW123 name has a NUL character")
        #expect(
            told("{id: \(String(repeating: "x", count: 1_001))}")
                == "BW123 an id of deal is longer than 1000 bytes")
        #expect(told("{id: \(String(repeating: "x", count: 1_000))}") == nil)
    }
}
