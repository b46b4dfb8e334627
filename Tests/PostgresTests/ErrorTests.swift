import Postgres
import Testing

@Suite("Errors of the server") struct ErrorTests {
    let connection: Connection
    init() throws { connection = try connect() }

    @Test func `SQLSTATE, constraint, table and detail are kept, and the row's values are not shown`() throws
    {
        try connection.run(
            script: "create temp table deal (id text constraint deal_key primary key, amount int not null)")
        try connection.execute("insert into deal values ('secret-1', 1)")
        let twice = try databaseError {
            try connection.execute("insert into deal values ($1, $2)", ["secret-1", 2])
        }
        #expect(twice.kind == .server)
        #expect(twice.sqlState == "23505")
        #expect(twice.constraint == "deal_key")
        #expect(twice.table == "deal")
        #expect(twice.detail == "Key (id)=(secret-1) already exists.")
        #expect(!twice.description.contains("secret-1"))
        #expect(
            twice.description.hasPrefix(
                "duplicate key value violates unique constraint \"deal_key\" (SQLSTATE 23505, table pg_temp"))
        #expect(
            twice.description.hasSuffix("constraint deal_key)\n  statement: insert into deal values ($1, $2)")
        )
        let missing = try databaseError {
            try connection.execute("insert into deal values ($1, null)", ["secret-2"])
        }
        #expect(missing.sqlState == "23502")
        #expect(missing.column == "amount")
        #expect(!missing.description.contains("secret"))
    }

    @Test(
        arguments: [
            ("select $1::int", "22P02", "invalid input syntax for type integer: \"…\" (SQLSTATE 22P02)"),
            ("select $1::date", "22007", "invalid input syntax for type date: \"…\" (SQLSTATE 22007)"),
        ])
    func `the value within a message of a data exception is not shown`(
        _ sql: String, _ state: String, _ text: String
    ) throws {
        let error = try databaseError { try connection.execute(sql, ["secret"]) }
        #expect(error.sqlState == state)
        #expect(error.message.contains("secret"))
        #expect(error.description == text + "\n  statement: \(sql)")
    }

    @Test func `position and hint point at the fault`() throws {
        let sql = "select 'ü👩',\n  nmae from (select 1 as name) as t"
        let error = try databaseError { try connection.query(sql) }
        #expect(error.sqlState == "42703")
        // Python: sql.index("nmae") + 1, in code points
        #expect(error.position == 16)
        #expect(error.hint == "Perhaps you meant to reference the column \"t.name\".")
        #expect(
            error.description == """
                column "nmae" does not exist (SQLSTATE 42703)
                  statement: nmae from (select 1 as name) as t
                  hint: Perhaps you meant to reference the column "t.name".
                """)
    }

    @Test func `an error within a function names the function's line`() throws {
        try connection.execute(
            """
            create function pg_temp.f() returns int language plpgsql as $$
            begin
                return 1 / 0;
            end $$
            """)
        let error = try databaseError { try connection.query("select pg_temp.f()") }
        #expect(error.sqlState == "22012")
        #expect(error.description.contains("in PL/pgSQL function"))
        #expect(error.description.contains("line 3 at RETURN"))
    }

    @Test func `a long statement is shown in part`() throws {
        let sql = "select no_such_column, " + String(repeating: "1, ", count: 500) + "1"
        let error = try databaseError { try connection.query(sql) }
        #expect(error.sql == sql)
        #expect(error.description.count < 300)
    }
}

@Suite("Scripts") struct ScriptTests {
    let connection: Connection
    init() throws { connection = try connect() }

    func failure(_ script: String) throws -> DatabaseError {
        let error = try databaseError { try connection.run(script: script) }
        try expectUsable(connection)
        return error
    }

    @Test func `all statements of a script run`() throws {
        try connection.run(
            script: """
                -- a comment; with a semicolon
                create temp table a (t text);;
                insert into a values ('x;y'), ('it''s'), (E'\\';'), ($$;$$), ($q$ $$; $q$);
                /* a comment; /* within; */ */ select * from a;
                """)
        #expect(try connection.query("select t from a").count == 5)
        try connection.run(script: "")
        try connection.run(script: "-- nothing\n")
    }

    @Test func `the line of a syntax error is the server's`() throws {
        let error = try failure("select 1;\n\nselect 'ü';\n  selct 2;\n")
        #expect(error.sqlState == "42601")
        #expect(error.line == 4)
        #expect(error.description.contains("(SQLSTATE 42601, line 4)\n  statement: selct 2;"))
    }

    @Test func `without a position the line is that on which the statement begins`() throws {
        #expect(try failure("select 1;\n/* two\nlines */ select 1;\n\nselect\n 1 / 0;\nselect 2;").line == 5)
        let script = """
            create temp table s (t text); -- one
            create function pg_temp.g() returns int language sql
            begin atomic select case when true then 1 end; select 2; end;
            create temp table r (t int);
            create rule twice as on insert to r do also (select 1; select 2);
            insert into s values ('a;
            b'), ($x$;
            $x$), (E'\\'
            ;');
            create temp table s (t text);
            """
        let error = try failure(script)
        #expect(error.sqlState == "42P07")
        #expect(error.line == 10)
    }

    @Test func `a script without BEGIN is all or nothing`() throws {
        _ = try failure("create table half (t int);\nselect 1 / 0;")
        let row = try connection.queryOne("select to_regclass('half')::text as t")
        #expect(try row?.decode("t", as: String?.self) == nil)
    }
}

@Suite("Identifiers") struct IdentifierTests {
    @Test(arguments: [
        "plain", "two words", "a\"; drop table x; --", "\"", "ü👩‍💻", "SELECT", "a'b", "a\\b", "\"\u{301}",
    ])
    func `a quoted name is that name to the server`(_ name: String) throws {
        let connection = try connect()
        let quoted = try quoteIdentifier(name)
        let row = try #require(
            try connection.queryOne("select 1 as \(quoted), quote_ident($1) as q", [.text(name)]))
        #expect(row.columns[0] == name)
        // The server's own function quotes only where it must.
        let servers = try row.decode(1, as: String.self)
        #expect(servers == quoted || "\"\(servers)\"" == quoted)
    }

    @Test func `an empty name and one with a NUL byte are refused`() throws {
        #expect(try databaseError { try quoteIdentifier("") }.kind == .misuse)
        #expect(try databaseError { try quoteIdentifier("a\0b") }.kind == .misuse)
    }
}
