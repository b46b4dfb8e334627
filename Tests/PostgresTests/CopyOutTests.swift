import Testing

@testable import Postgres

@Suite("COPY out") struct CopyOutTests {
    let connection: Connection
    init() throws { connection = try connect() }

    @Test func `the chunks together are the data`() throws {
        var bytes: [UInt8] = []
        let count = try connection.copyOut(
            "copy (select n, 'ü' from generate_series(1, 3) n) to stdout (format csv)"
        ) {
            bytes.append(contentsOf: $0)
        }
        #expect(count == 3)
        #expect(String(decoding: bytes, as: UTF8.self) == "1,ü\n2,ü\n3,ü\n")
        #expect(try connection.copyOut("copy (select 1 where false) to stdout") { _ in Issue.record() } == 0)
    }

    @Test func `the caller's error ends it and the connection is usable, in a transaction too`() throws {
        let sql = "copy (select generate_series(1, 100000)) to stdout"
        let own = try callersError { try connection.copyOut(sql) { _ in throw CallersOwn() } }
        #expect(own == CallersOwn())
        try expectUsable(connection)
        try connection.transaction { connection in
            let own = try callersError { try connection.copyOut(sql) { _ in throw CallersOwn() } }
            #expect(own == CallersOwn())
            #expect(connection.transactionState == .open)
            try expectUsable(connection)
        }
    }

    @Test func `an error of the server in the middle is thrown`() throws {
        var chunks = 0
        let error = try databaseError {
            try connection.copyOut("copy (select 1 / (100 - n) from generate_series(1, 1000) n) to stdout") {
                _ in
                chunks += 1
            }
        }
        #expect(error.sqlState == "22012")
        #expect(chunks == 99)
        try expectUsable(connection)
    }

    @Test func `binary tuples are the rows`() throws {
        let sql = """
            copy (select n, 'text ü ' || n, case when n % 2 = 0 then null else decode(md5(n::text), 'hex') end
                from generate_series(1, 1000) n) to stdout (format binary)
            """
        var rows: [String] = []
        let count = try connection.copyOutBinary(sql, columns: 3) { fields in
            let number = try #require(fields[0].integer(as: Int32.self))
            let bytes = fields[2].bytes.map { Array($0) }
            rows.append("\(number) \(fields[1].text ?? "?") \(bytes.map { "\($0)" } ?? "null")")
        }
        #expect(count == 1000)
        let expected = try connection.query(
            "select n, 'text ü ' || n as t, case when n % 2 = 0 then null else decode(md5(n::text), 'hex') end as b from generate_series(1, 1000) n"
        ).map { row in
            let bytes = try row.decode("b", as: [UInt8]?.self)
            return "\(try row.decode("n", as: Int.self)) \(try row.decode("t", as: String.self)) "
                + (bytes.map { "\($0)" } ?? "null")
        }
        #expect(rows == expected)
    }

    @Test func `a wrong number of columns is an error and the connection is usable`() throws {
        let sql = "copy (select 1, 2) to stdout (format binary)"
        let error = try databaseError { try connection.copyOutBinary(sql, columns: 3) { _ in } }
        #expect(error.kind == .decoding)
        #expect(error.message == "the binary COPY stream has 2 columns where 3 were expected")
        #expect(error.sql == sql)
        try expectUsable(connection)
        let text = try databaseError {
            try connection.copyOutBinary("copy (select repeat('x', 50)) to stdout", columns: 1) { _ in }
        }
        #expect(text.message == "the binary COPY stream has no header")
        try expectUsable(connection)
    }

    // Two tuples of a two-byte text and a NULL, by hand from the manual's page on COPY.
    static let stream: [UInt8] =
        Array("PGCOPY\n".utf8) + [0xff, 0x0d, 0x0a, 0, 0, 0, 0, 0, 0, 0, 0, 3, 9, 9, 9]
        + [0, 2, 0, 0, 0, 2, 0x61, 0x62, 0xff, 0xff, 0xff, 0xff]
        + [0, 2, 0, 0, 0, 0, 0, 0, 0, 1, 0x63]
        + [0xff, 0xff]

    func read(_ stream: [UInt8], pieces size: Int) throws -> [String] {
        var reader = BinaryCopyReader(columns: 2, sql: "copy")
        var rows: [String] = []
        for start in stride(from: 0, to: stream.count, by: size) {
            try Array(stream[start..<min(start + size, stream.count)]).withUnsafeBytes { piece in
                try reader.read(piece) { fields in
                    rows.append(fields.map { $0.text ?? "null" }.joined(separator: "|"))
                }
            }
        }
        try reader.finish()
        return rows
    }

    @Test func `pieces of any size read the same`() throws {
        for size in 1...Self.stream.count {
            #expect(try read(Self.stream, pieces: size) == ["ab|null", "|c"], "pieces of \(size)")
        }
    }

    @Test func `a stream that is cut or damaged is an error`() throws {
        for count in 0..<Self.stream.count {
            #expect(
                try databaseError { try read(Array(Self.stream[..<count]), pieces: 64) }.kind == .decoding)
        }
        var negative = Self.stream
        negative.replaceSubrange(24..<28, with: [0xff, 0xff, 0xff, 0xfe])
        #expect(try databaseError { try read(negative, pieces: 64) }.message.contains("negative length"))
        #expect(
            try databaseError { try read(Self.stream + [0], pieces: 64) }.message.contains(
                "after its trailer"))
        var flagged = Self.stream
        flagged[12] = 1
        #expect(try databaseError { try read(flagged, pieces: 64) }.message.contains("unknown flags"))
    }

    @Test(arguments: [UInt64(11), 12, 13])
    func `no damage to a stream makes the reader crash`(_ seed: UInt64) throws {
        var generator = Generator(seed: seed)
        for _ in 0..<2000 {
            var stream = Self.stream
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: 0..<stream.count, using: &generator)
                stream[place] = UInt8.random(in: .min ... .max, using: &generator)
            }
            // Some damage goes unseen, such as that of a letter: only errors of this layer may come.
            do {
                _ = try read(stream, pieces: Int.random(in: 1...40, using: &generator))
            } catch let error as DatabaseError {
                #expect(error.kind == .decoding, "seed \(seed)")
            }
        }
    }
}
