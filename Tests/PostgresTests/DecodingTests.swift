import Testing

@testable import Postgres

/// A day as another module would add it.
struct TestDay: ColumnDecodable, Equatable {
    let number: Int32

    init(_ number: Int32) { self.number = number }

    init?(cell: Cell) {
        guard let number = cell.dayNumber else { return nil }
        self.number = number
    }
}

@Suite("Decoding") struct DecodingTests {
    let connection: Connection
    init() throws { connection = try connect() }

    func value<Value: ColumnDecodable>(
        _ expression: String, _ type: Value.Type = Value.self, _ format: ResultFormat = .text
    ) throws -> Value {
        let row = try #require(try connection.queryOne("select \(expression) as v", format: format))
        return try row.decode("v", as: type)
    }

    @Test(arguments: [ResultFormat.text, .binary])
    func `both formats give the same values`(_ format: ResultFormat) throws {
        #expect(try value("'ü👩‍💻'::text", String.self, format) == "ü👩‍💻")
        #expect(try value("'x'::varchar", String.self, format) == "x")
        #expect(try value("(-32768)::int2", Int.self, format) == -32768)
        #expect(try value("2147483647::int4", Int32.self, format) == .max)
        #expect(try value("(-9223372036854775808)::int8", Int64.self, format) == .min)
        #expect(try value("9223372036854775807::int8", Int.self, format) == .max)
        #expect(try value("true", Bool.self, format))
        #expect(try !value("false", Bool.self, format))
        #expect(try value("'\\x00ff10'::bytea", [UInt8].self, format) == [0, 255, 16])
        #expect(try value("''::bytea", [UInt8].self, format) == [])
        #expect(try value("-0.1::float8", Double.self, format) == -0.1)
        #expect(try value("1.5::float4", Double.self, format) == 1.5)
        #expect(try value("'NaN'::float8", Double.self, format).isNaN)
        #expect(try value("'-infinity'::float8", Double.self, format) == -.infinity)
        #expect(try value("null::int", Int?.self, format) == nil)
        #expect(try value("7", Int?.self, format) == 7)
    }

    @Test func `a binary uuid is its 16 bytes and a binary date its number of days`() throws {
        let uuid = "'00112233-4455-6677-8899-aabbccddeeff'::uuid"
        #expect(try value(uuid, [UInt8].self, .binary) == (0...15).map { UInt8($0 * 17) })
        // Python: (date(2026, 1, 31) - date(1970, 1, 1)).days
        #expect(try value("date '2026-01-31'", TestDay.self, .binary) == TestDay(20_484))
        #expect(try value("date '1970-01-01'", TestDay.self, .binary) == TestDay(0))
        #expect(try value("date '0001-01-01'", TestDay.self, .binary) == TestDay(-719_162))
        #expect(try databaseError { try value("date 'infinity'", TestDay.self, .binary) }.kind == .decoding)
        #expect(try databaseError { try value("'-infinity'::date", TestDay.self, .binary) }.kind == .decoding)
        #expect(try databaseError { try value("now()", TestDay.self, .binary) }.kind == .decoding)
    }

    @Test func `NaN and infinity are legal texts of numeric and date`() throws {
        #expect(try value("'NaN'::numeric", String.self) == "NaN")
        #expect(try value("'infinity'::date", String.self) == "infinity")
        #expect(try value("'-infinity'::timestamptz", String.self) == "-infinity")
        #expect(try value("12.50::numeric", String.self) == "12.50")
    }

    @Test(
        arguments: [
            "'12.5'", "'1e3'", "''", "'-'", "'+1'", "' 1'", "'9223372036854775808'", "'-9223372036854775809'",
            "'NaN'",
        ])
    func `what is no whole number is refused`(_ expression: String) throws {
        #expect(try databaseError { try value(expression, Int.self) }.kind == .decoding)
    }

    @Test func `a number too large for the type is refused`() throws {
        for format in [ResultFormat.text, .binary] {
            #expect(try databaseError { try value("2147483648::int8", Int32.self, format) }.kind == .decoding)
        }
    }

    @Test func `a value of another type is refused, not reinterpreted`() throws {
        #expect(try databaseError { try value("1::int4", Bool.self, .binary) }.kind == .decoding)
        #expect(try databaseError { try value("1.5::numeric", Int.self, .binary) }.kind == .decoding)
        #expect(try databaseError { try value("1.5::numeric", String.self, .binary) }.kind == .decoding)
        #expect(try databaseError { try value("'abc'::text", [UInt8].self) }.kind == .decoding)
        #expect(try databaseError { try value("'yes'::text", Bool.self) }.kind == .decoding)
    }

    @Test func `an error names column, row, type and SQL and hides the value`() throws {
        let sql = "select * from (values (1, 'a'), (2, 'secret')) as t(id, name)"
        let rows = try connection.query(sql)
        let error = try databaseError { try rows[1].decode("name", as: Int.self) }
        #expect(error.kind == .decoding)
        #expect(error.column == "name")
        #expect(error.row == 2)
        #expect(error.sql == sql)
        #expect(error.message == "column \"name\" has a value of type text that is no Int")
        #expect(!error.message.contains("secret"))
    }

    @Test func `a NULL where none is expected is an error`() throws {
        let row = try #require(try connection.queryOne("select null::numeric as amount"))
        let error = try databaseError { try row.decode("amount", as: String.self) }
        #expect(error.message == "column \"amount\" has an unexpected NULL")
        #expect(error.column == "amount")
        #expect(error.row == 1)
    }

    @Test func `a column that is absent or there twice cannot be asked for by name`() throws {
        let row = try #require(try connection.queryOne("select 1 as id, 2 as id, 3 as other"))
        let twice = try databaseError { try row.decode("id", as: Int.self) }
        #expect(twice.message == "more than one column is named \"id\"")
        let absent = try databaseError { try row.decode("nmae", as: Int.self) }
        #expect(absent.message == "no column is named \"nmae\"; there is id, id, other")
        #expect(try row.decode(1, as: Int.self) == 2)
        #expect(try databaseError { try row.decode(3, as: Int.self) }.kind == .decoding)
        #expect(try databaseError { try row.decode(-1, as: Int.self) }.kind == .decoding)
        #expect(try row.decode("other", as: Int.self) == 3)
    }

    @Test func `broken UTF-8 is an error and not a replacement character`() {
        // The server checks what it sends, so that only a cell made by hand can be broken.
        let bytes: [UInt8] = [0x41, 0xff]
        bytes.withUnsafeBytes { bytes in
            #expect(String(cell: Cell(bytes: bytes, format: .text, type: .text)) == nil)
            #expect(
                String(cell: Cell(bytes: .init(rebasing: bytes[..<1]), format: .text, type: .text)) == "A")
        }
    }

    @Test func `rows outlive their connection`() throws {
        func rows() throws -> Rows { try connect().query("select generate_series(1, 3) as n") }
        #expect(try rows().map { try $0.decode("n", as: Int.self) } == [1, 2, 3])
    }
}
