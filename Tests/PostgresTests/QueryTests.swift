import Postgres
import Testing

@Suite("Queries") struct QueryTests {
    let connection: Connection
    init() throws { connection = try connect() }

    @Test func `a parameter is data, whatever it holds`() throws {
        let texts = [
            "O'Brien\"; drop table x; --", "ü", "👩‍💻", "\\", "", "NULL", "a\tb\nc", "$1", "'; select 1",
        ]
        for text in texts {
            let row = try connection.queryOne("select $1::text as v, octet_length($1) as n", [.text(text)])
            #expect(try row?.decode("v", as: String.self) == text)
            #expect(try row?.decode("n", as: Int.self) == text.utf8.count)
        }
    }

    @Test func `nil is NULL and differs from an empty text`() throws {
        let row = try #require(
            try connection.queryOne("select $1::text is null as a, $2::text is null as b", [nil, ""]))
        #expect(try row.decode("a", as: Bool.self))
        #expect(try !row.decode("b", as: Bool.self))
    }

    @Test func `numbers, truth values, bytes and typed texts arrive as such`() throws {
        let all = [UInt8](0...255)
        let row = try #require(
            try connection.queryOne(
                """
                select $1::bigint + 1 as n, not $2 as b, md5($3) as hash, $4 * 2 as amount, pg_typeof($4)::text as type
                """, [41, true, .bytes(all), .text("12.50", type: .numeric)]))
        #expect(try row.decode("n", as: Int.self) == 42)
        #expect(try !row.decode("b", as: Bool.self))
        // Python: hashlib.md5(bytes(range(256))).hexdigest()
        #expect(try row.decode("hash", as: String.self) == "e2c865db4162bed963bfaa9ef6ac18f0")
        #expect(try row.decode("amount", as: String.self) == "25.00")
        #expect(try row.decode("type", as: String.self) == "numeric")
    }

    @Test func `an array of texts keeps each element`() throws {
        let elements: [String?] = [
            "", "NULL", nil, "a,b", "{x}", "\"", "\\", " ", "ü👩‍💻", "line\nbreak", "\"\u{301}",
        ]
        let rows = try connection.query(
            "select e from unnest($1) with ordinality as t(e, n) order by n", [.textArray(elements)])
        #expect(try rows.map { try $0.decode("e", as: String?.self) } == elements)
        let empty = try connection.queryOne("select cardinality($1) as n", [.textArray([])])
        #expect(try empty?.decode("n", as: Int.self) == 0)
    }

    @Test func `a NUL byte in a text is refused, not cut`() throws {
        let error = try databaseError { try connection.execute("select $1::text, $2::text", ["a", "x\0y"]) }
        #expect(error.kind == .misuse)
        #expect(error.message == "parameter $2 holds a NUL byte")
        #expect(error.sql == "select $1::text, $2::text")
        #expect(try databaseError { try connection.execute("select 1\0; drop table x") }.kind == .misuse)
        #expect(try databaseError { try connection.query("select $1", [.textArray(["\0"])]) }.kind == .misuse)
        try expectUsable(connection)
    }

    @Test func `65,535 parameters are possible and one more is refused`() throws {
        let most = [Parameter?](repeating: 1, count: 65_535)
        let list = (1...65_535).map { "$\($0)::int" }.joined(separator: ",")
        let row = try connection.queryOne("select cardinality(array[\(list)]) as n", most)
        #expect(try row?.decode("n", as: Int.self) == 65_535)
        let error = try databaseError { try connection.execute("select 1", most + [1]) }
        #expect(error.kind == .misuse)
        try expectUsable(connection)
    }

    @Test func `execute tells how many rows it changed`() throws {
        try connection.execute("create temp table t (id int)")
        #expect(try connection.execute("insert into t select generate_series(1, 7)") == 7)
        #expect(try connection.execute("update t set id = id where id > 4") == 3)
        #expect(try connection.execute("delete from t where id > $1", [100]) == 0)
        #expect(try connection.execute("") == 0)
        #expect(try connection.query("delete from t returning id").count == 7)
    }

    @Test func `two statements in one call are refused`() throws {
        let error = try databaseError { try connection.execute("select 1; select 2") }
        #expect(error.sqlState == "42601")
        try expectUsable(connection)
    }

    @Test func `queryOne takes no row and one, and refuses two`() throws {
        #expect(try connection.queryOne("select 1 where false") == nil)
        let error = try databaseError { try connection.queryOne("select generate_series(1, 2)") }
        #expect(error.kind == .misuse)
        #expect(error.message == "2 rows where at most one was expected")
    }

    @Test func `the session is the same whatever the server's settings`() throws {
        let row = try #require(
            try connection.queryOne(
                """
                select timestamptz '2026-01-31 12:00+02' as t, date '2026-01-31' as d, interval '1 day 2 hours' as i,
                    0.1::float8 + 0.2::float8 as f, '\\x00ff'::bytea as b, 'a\\b' as s
                """))
        #expect(try row.decode("t", as: String.self) == "2026-01-31 10:00:00+00")
        #expect(try row.decode("d", as: String.self) == "2026-01-31")
        #expect(try row.decode("i", as: String.self) == "P1DT2H")
        #expect(try row.decode("f", as: Double.self) == 0.1 + 0.2)
        #expect(try row.decode("b", as: String.self) == "\\x00ff")
        #expect(try row.decode("s", as: String.self) == "a\\b")
    }

    @Test func `a COPY in the wrong call is an error and leaves the connection usable`() throws {
        try connection.execute("create temp table c (a text)")
        let calls: [() throws -> Void] = [
            { _ = try connection.execute("copy c from stdin") },
            { _ = try connection.query("copy c to stdout") },
            { _ = try connection.execute("copy (select generate_series(1, 10000)) to stdout") },
            { try connection.forEachRow("copy c from stdin") { _ in } },
            { try connection.run(script: "select 1; copy c from stdin; select 2") },
            { _ = try connection.copyIn("copy c to stdout") { _ in } },
            { _ = try connection.copyOut("copy c from stdin") { _ in } },
            { _ = try connection.copyIn("select 1") { _ in } },
            { _ = try connection.copyOut("create temp table d (a int)") { _ in } },
        ]
        for (index, call) in calls.enumerated() {
            let error = try databaseError { try call() }
            #expect(error.kind == .misuse, "call \(index): \(error)")
            try expectUsable(connection)
        }
    }

    @Test func `a statement within another on the same connection is refused`() throws {
        var inner: DatabaseError?
        try connection.forEachRow("select generate_series(1, 3)") { _ in
            inner = try databaseError { try connection.execute("select 1") }
        }
        #expect(inner?.kind == .misuse)
        #expect(inner?.hint?.contains("second connection") == true)
        try expectUsable(connection)
    }

    @Test func `a closed connection refuses every call and closes twice`() throws {
        let short = try connect()
        short.close()
        short.close()
        #expect(try databaseError { try short.execute("select 1") }.message == "the connection is closed")
        #expect(try databaseError { try short.transaction { _ in } }.kind == .misuse)
        #expect(!short.isUsable)
        #expect(!short.canceller.cancel())
        #expect(short.transactionState == .unknown)
    }

    @Test func `facts about the connection are the server's`() throws {
        let row = try #require(
            try connection.queryOne(
                "select pg_backend_pid() as pid, current_setting('server_version_num')::int as v, current_database() as d"
            )
        )
        #expect(try row.decode("pid", as: Int32.self) == connection.backendPID)
        #expect(try row.decode("v", as: Int.self) == connection.serverVersion)
        #expect(try row.decode("d", as: String.self) == connection.database)
    }
}

@Suite("Streams") struct StreamTests {
    let connection: Connection
    init() throws { connection = try connect() }

    @Test func `each row comes once and in order`() throws {
        var numbers: [Int] = []
        var places: [Int] = []
        let count = try connection.forEachRow("select n from generate_series($1::int, 5) n", [2]) { row in
            numbers.append(try row.decode("n"))
            places.append(row.number)
        }
        #expect(count == 4)
        #expect(numbers == [2, 3, 4, 5])
        #expect(places == [1, 2, 3, 4])
        #expect(try connection.forEachRow("select 1 where false") { _ in Issue.record() } == 0)
        #expect(try connection.forEachRow("create temp table s (a int)") { _ in Issue.record() } == 0)
    }

    @Test func `a kept row stays valid`() throws {
        var rows: [Row] = []
        try connection.forEachRow("select n::text as n from generate_series(1, 1000) n") { rows.append($0) }
        #expect(try rows.map { try $0.decode("n", as: Int.self) } == Array(1...1000))
    }

    @Test func `the caller's error ends the stream at once and the connection is usable`() throws {
        var rows = 0
        let own = try callersError {
            try connection.forEachRow("select pg_sleep(0.01) from generate_series(1, 1000000)") { _ in
                rows += 1
                throw CallersOwn()
            }
        }
        #expect(own == CallersOwn())
        #expect(rows == 1)
        try expectUsable(connection)
    }

    @Test func `in a transaction the caller's error leaves the transaction as it was`() throws {
        try connection.transaction { connection in
            let own = try callersError {
                try connection.forEachRow("select generate_series(1, 100000)") { _ in throw CallersOwn() }
            }
            #expect(own == CallersOwn())
            #expect(connection.transactionState == .open)
            try expectUsable(connection)
        }
    }

    @Test func `an error of the server in the middle is thrown after the rows before it`() throws {
        var rows = 0
        let error = try databaseError {
            try connection.forEachRow("select 1 / (100 - n) from generate_series(1, 1000) n") { _ in rows += 1
            }
        }
        #expect(error.sqlState == "22012")
        #expect(rows == 99)
        try expectUsable(connection)
    }

    @Test func `an error of decoding names the row of the stream`() throws {
        let error = try databaseError {
            try connection.forEachRow(
                "select case when n = 7 then null else n end as v from generate_series(1, 9) n"
            ) {
                _ = try $0.decode("v", as: Int.self)
            }
        }
        #expect(error.row == 7)
        #expect(error.column == "v")
    }
}
