import Foundation
import FuzzTargets
import Testing

/// The inputs that the fuzzer kept: those written by hand, those that reached further, those that crashed once.
@Suite("Kept inputs of the fuzzer")
struct CorpusTests {
    private static func inputs(_ kind: String) throws -> [(name: String, bytes: [UInt8])] {
        let folder = packageRoot.appending(path: "Tests/Fuzz/Corpus/\(kind)")
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map { name in
            (name, Array(try Data(contentsOf: folder.appending(path: name))))
        }
    }

    @Test func `every kept export is read without a fault`() throws {
        let folder = try TemporaryFolder()
        let fuzz = ReaderFuzz(folder: folder.path)
        let inputs = try Self.inputs("readers")
        for input in inputs {
            let complaint = try fuzz.complaint(about: input.bytes)
            #expect(complaint == nil, "\(input.name)")
        }
        #expect(inputs.count >= 16)
    }

    @Test func `every kept mapping is read or refused`() throws {
        let folder = try TemporaryFolder()
        let fuzz = try MappingFuzz(folder: folder.path)
        let inputs = try Self.inputs("mappings")
        for input in inputs {
            let complaint = fuzz.complaint(about: input.bytes)
            #expect(complaint == nil, "\(input.name)")
        }
        #expect(inputs.count >= 7)
    }

    /// Otherwise the two above would hold whatever the readers do.
    @Test func `most inputs written by hand are read to records`() throws {
        let folder = try TemporaryFolder()
        let fuzz = ReaderFuzz(folder: folder.path)
        let read = try Self.inputs("readers").filter { $0.name.contains { !$0.isHexDigit } }
            .filter { try fuzz.recordCount(of: $0.bytes) > 0 }.map(\.name)
        // Not those without an end to a quote, of ragged rows, of a NUL, and of nothing.
        #expect(
            read == [
                "crlf", "delta", "distinct", "latin-1", "plain", "semicolon", "single-quotes", "tab-unquoted",
                "utf-16be-mark", "utf-16le", "utf-8-mark", "windows-1252",
            ])
    }
}
