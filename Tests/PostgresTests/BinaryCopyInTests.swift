import Postgres
import Testing

/// Fields of a binary COPY arrive as the same values as their texts do.
@Suite("Binary COPY")
struct BinaryCopyInTests {
    @Test func `takes decimals as the server reads their text`() throws {
        var random = Generator(seed: 20)
        var texts = [
            "0", "-0", "0.0", "1.", "1", "-1", "10000", "9999", "0.0001", "0.00001", "100000000",
            "12345.678900",
        ]
        for _ in 0..<500 {
            let whole = random.digits(1...15)
            let fraction = random.digits(0...6)
            texts.append(
                (Int.random(in: 0...1, using: &random) == 0 ? "-" : "") + whole
                    + (fraction.isEmpty ? "" : "." + fraction))
        }
        let connection = try connect()
        try connection.execute("create temp table decimal (number integer, value numeric)")
        try connection.copyIn("copy decimal from stdin (format binary)") { writer in
            try writer.beginBinary()
            for (number, text) in texts.enumerated() {
                try writer.beginBinaryRow(fields: 2)
                try writer.binaryField(Int32(number))
                let bytes = Array(text.utf8)
                let isTaken = try bytes.withUnsafeBytes { try writer.binaryField(decimal: $0) }
                #expect(isTaken)
            }
            try writer.endBinary()
        }
        let rows = try connection.query("select value::text as value from decimal order by number")
        for (text, row) in zip(texts, rows) {
            let expected = try connection.query("select ($1::numeric)::text as value", [.text(text)])
            #expect(
                try row.decode("value", as: String.self) == expected.first?.decode("value", as: String.self))
        }
        #expect(rows.count == texts.count)
    }

    @Test(arguments: ["", "-", ".5", "1e3", "1,5", "١", "NaN"])
    func `takes no other text for a decimal`(text: String) throws {
        let connection = try connect()
        try connection.execute("create temp table decimal (value numeric)")
        struct Refused: Error {}
        #expect(throws: Refused.self) {
            try connection.copyIn("copy decimal from stdin (format binary)") { writer in
                try writer.beginBinary()
                try writer.beginBinaryRow(fields: 1)
                let bytes = Array(text.utf8)
                if try !bytes.withUnsafeBytes({ try writer.binaryField(decimal: $0) }) { throw Refused() }
            }
        }
    }

    @Test func `takes the other forms`() throws {
        let connection = try connect()
        try connection.execute(
            "create temp table form (flag boolean, small smallint, long bigint, object jsonb, hash uuid, text text, nothing text)"
        )
        try connection.copyIn("copy form from stdin (format binary)") { writer in
            try writer.beginBinary()
            try writer.beginBinaryRow(fields: 7)
            try writer.binaryField(true)
            try writer.binaryField(Int16(-7))
            try writer.binaryField(Int64.min)
            try Array(#"{"a": "ü"}"#.utf8).withUnsafeBytes { try writer.binaryField(jsonb: $0) }
            try writer.binaryField(high: 0x0123_4567_89ab_cdef, low: 0xfedc_ba98_7654_3210)
            try Array("tab\tand line\n\\N".utf8).withUnsafeBytes { try writer.binaryField($0) }
            try writer.binaryNull()
            try writer.endBinary()
        }
        let row = try #require(
            try connection.queryOne(
                "select flag, small, long, object ->> 'a' as object, hash::text as hash, text, nothing from form"
            ))
        #expect(try row.decode("flag", as: Bool.self))
        #expect(try row.decode("small", as: Int.self) == -7)
        #expect(try row.decode("long", as: Int.self) == Int.min)
        #expect(try row.decode("object", as: String.self) == "ü")
        #expect(try row.decode("hash", as: String.self) == "01234567-89ab-cdef-fedc-ba9876543210")
        #expect(try row.decode("text", as: String.self) == "tab\tand line\n\\N")
        #expect(try row.decode("nothing", as: String?.self) == nil)
    }
}

extension Generator {
    fileprivate mutating func digits(_ count: ClosedRange<Int>) -> String {
        (0..<Int.random(in: count, using: &self)).map { _ in String(Int.random(in: 0...9, using: &self)) }
            .joined()
    }
}
