import Model
import Testing

@testable import Intake

@Suite("Encodings")
struct EncodingTests {
    struct Case: Decodable {
        let declared: String
        let bytes: String
        let text: String
    }

    @Test(arguments: [1, 2, 3, 7, 1 << 20])
    func `all give the text that Python wrote`(blockSize: Int) throws {
        for test in try fixture("encodings.json", as: [Case].self) {
            let encoding = try #require(TextEncoding(rawValue: test.declared))
            let records = try parse(
                bytes(hex: test.bytes), format: FileFormat(encoding: encoding), blockSize: blockSize)
            let expected = test.text.split(whereSeparator: \.isNewline).map {
                $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            }
            #expect(records.map(\.cells) == expected, "\(test.declared)")
        }
    }

    /// ASCII as UTF-16, low byte first.
    private func utf16(_ ascii: [UInt8]) -> [UInt8] {
        ascii.flatMap { byte -> [UInt8] in [byte, 0] }
    }

    private func rejects(_ content: [UInt8], _ encoding: String) throws -> [Reject] {
        let folder = try TemporaryFolder(["deals.csv": content])
        var sink = Collector()
        try read(
            dealMapping("id: id, name: name", "format: {encoding: \(encoding)}"), in: folder, into: &sink)
        return sink.rejects
    }

    @Test func `set aside what stands for no character`() throws {
        let start = Array("id,name\n1,a".utf8)
        #expect(try rejects(start + [0x81, 10], "windows-1252").map(\.code) == [.rowEncoding])
        #expect(try rejects(start + [0x81, 10], "latin-1").isEmpty)
        let latin = try rejects(start + [0xFC, 10], "utf-8")
        #expect(latin.map(\.code) == [.rowEncoding])
        #expect(latin.first?.id == "1")
        #expect(latin.first?.reason == "name is not utf-8; see `encoding` in the mapping's format")
        // A high surrogate alone, then half a unit at the end.
        let start16 = utf16(start)
        let wide = start16 + [0x00, 0xD8, 0x62, 0x00, 10, 0]
        #expect(try rejects(wide, "utf-16le").map(\.code) == [.rowEncoding])
        #expect(try rejects(start16 + [0x41], "utf-16le").map(\.code) == [.rowEncoding])
    }

    @Test func `UTF-16 that nobody declared is refused`() throws {
        let folder = try TemporaryFolder(["deals.csv": utf16(Array("id,name\n1,a\n".utf8))])
        var sink = Collector()
        let error = failure { try read(dealMapping("id: id, name: name"), in: folder, into: &sink) }
        #expect(error?.code == .fileEncoding)
        #expect(error?.message == "the header has NUL bytes, as UTF-16 has")
        #expect(error?.hint?.contains("utf-16le") == true)
    }
}
