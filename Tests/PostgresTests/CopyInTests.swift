import Postgres
import Testing

@Suite("COPY in") struct CopyInTests {
    let connection: Connection
    init() throws {
        connection = try connect()
        try connection.execute("create temp table t (n int, a text, b text)")
    }

    func stored() throws -> [[String?]] {
        try connection.query("select a, b from t order by n").map {
            [try $0.decode("a"), try $0.decode("b")]
        }
    }

    @Test func `each field arrives as it was written`() throws {
        let texts: [String?] = [
            "\\", "\t", "\n", "\r", "\r\n", "\\.", "\\N", "", nil, "ü", "👩‍💻", "üü", "a\\", "\\\\", "NULL",
            " x ",
            "1234567\t", "12345678\n12345678", "\u{8}\u{c}\u{b}\u{1}",
        ]
        let count = try connection.copyIn("copy t from stdin") { copy in
            for (index, text) in texts.enumerated() {
                try copy.field(index)
                try copy.field(text)
                if let text { try copy.field(text) } else { try copy.null() }
                try copy.endRow()
            }
        }
        #expect(count == texts.count)
        #expect(try stored() == texts.map { [$0, $0] })
    }

    @Test func `a line of backslash and point is a row and not the end`() throws {
        try connection.execute("create temp table one (a text)")
        try connection.copyIn("copy one from stdin") { copy in
            for text in ["\\.", "after"] {
                try copy.field(text)
                try copy.endRow()
            }
        }
        #expect(
            try connection.query("select a from one").map { try $0.decode("a", as: String.self) } == [
                "\\.", "after",
            ])
    }

    @Test(arguments: [UInt64(1), 2, 3, 4])
    func `random texts arrive as they were written`(_ seed: UInt64) throws {
        var generator = Generator(seed: seed)
        let rows = (0..<400).map { _ in
            (0..<2).map { _ in Bool.random(using: &generator) ? generator.nastyText(pieces: 30) : nil }
        }
        try connection.copyIn("copy t from stdin") { copy in
            for (index, row) in rows.enumerated() {
                try copy.field(index)
                try copy.field(row[0])
                try copy.field(row[1])
                try copy.endRow()
            }
        }
        #expect(try stored() == rows, "seed \(seed)")
    }

    @Test func `fields around and beyond the buffer's size arrive whole`() throws {
        let lengths = Array(65_520...65_545) + [131_072, 300_000]
        let texts = lengths.map { String(repeating: "ü", count: $0 / 2) + ($0 % 2 == 1 ? "\\" : "") }
        try connection.copyIn("copy t from stdin") { copy in
            for (index, text) in texts.enumerated() {
                try copy.field(index)
                try copy.field(text)
                try copy.field("end")
                try copy.endRow()
            }
        }
        #expect(try stored() == texts.map { [$0, "end"] })
    }

    @Test func `whole numbers are written in full`() throws {
        let numbers = [0, 1, -1, 9, 10, 99, 100, .max, .min, -10, 1_000_000]
        try connection.execute("create temp table numbers (n bigint)")
        try connection.copyIn("copy numbers from stdin") { copy in
            for number in numbers {
                try copy.field(number)
                try copy.endRow()
            }
        }
        #expect(
            try connection.query("select n from numbers").map { try $0.decode("n", as: Int.self) } == numbers)
    }

    @Test func `CSV goes to the server as it is, in pieces of any size`() throws {
        let csv = "n,a,b\n1,ü👩‍💻,\"x,\n\"\"y\"\"\"\n2,,\"\"\n"
        for size in [1, 2, 3, 7, 1000] {
            try connection.execute("delete from t")
            let bytes = Array(csv.utf8)
            let count = try connection.copyIn("copy t from stdin (format csv, header match)") { copy in
                for start in stride(from: 0, to: bytes.count, by: size) {
                    try copy.write(bytes: Array(bytes[start..<min(start + size, bytes.count)]))
                }
            }
            #expect(count == 2)
            #expect(try stored() == [["ü👩‍💻", "x,\n\"y\""], [nil, ""]])
        }
        #expect(try connection.copyIn("copy t from stdin (format csv)") { try $0.write("3,c,d\n") } == 1)
        #expect(try connection.copyIn("copy t from stdin") { _ in } == 0)
    }

    @Test func `the caller's error ends a COPY, nothing is copied and the connection is usable`() throws {
        for rows in [0, 1, 100_000] {
            let own = try callersError {
                try connection.copyIn("copy t (n) from stdin") { copy in
                    for number in 0..<rows {
                        try copy.field(number)
                        try copy.endRow()
                    }
                    throw CallersOwn(number: rows)
                }
            }
            #expect(own == CallersOwn(number: rows))
            try expectUsable(connection)
        }
        #expect(try stored().isEmpty)
    }

    @Test func `a bad value is reported with its line and column, and is not shown`() throws {
        let error = try databaseError {
            try connection.copyIn("copy t from stdin") { try $0.write("1\ta\tb\n2\tc\td\nsecret\te\tf\n") }
        }
        #expect(error.sqlState == "22P02")
        #expect(error.line == 3)
        #expect(error.column == "n")
        #expect(error.context == "COPY t, line 3, column n: \"secret\"")
        #expect(
            error.description == """
                invalid input syntax for type integer: "…" (SQLSTATE 22P02, column n, line 3)
                  statement: copy t from stdin
                """)
        let ragged = try databaseError {
            try connection.copyIn("copy t from stdin") { try $0.write("1\tsecret\n") }
        }
        #expect(ragged.sqlState == "22P04")
        #expect(ragged.line == 1)
        #expect(ragged.description.hasPrefix("missing data for column \"b\" (SQLSTATE 22P04, line 1)"))
        let encoding = try databaseError {
            try connection.copyIn("copy t (a) from stdin") { try $0.write(bytes: [0x41, 0xff, 0x0a]) }
        }
        #expect(encoding.sqlState == "22021")
        let nul = try databaseError {
            try connection.copyIn("copy t (a) from stdin") { copy in
                try copy.field("a\0b")
                try copy.endRow()
            }
        }
        #expect(nul.sqlState == "22021")
        #expect(try stored().isEmpty)
    }

    @Test func `an early bad value does not stop the writer from writing, and is reported`() throws {
        let error = try databaseError {
            try connection.copyIn("copy t (n) from stdin") { copy in
                for number in 0..<200_000 {
                    try copy.field(number == 1 ? "x" : "7")
                    try copy.endRow()
                }
            }
        }
        #expect(error.line == 2)
        try expectUsable(connection)
    }

    @Test func `a COPY that cannot start tells why and does not call`() throws {
        let error = try databaseError {
            try connection.copyIn("copy no_such_table from stdin") { _ in Issue.record() }
        }
        #expect(error.sqlState == "42P01")
        try expectUsable(connection)
    }
}
