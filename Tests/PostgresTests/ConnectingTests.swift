import Foundation
import Testing

@testable import Postgres

@Suite("Connecting") struct ConnectingTests {
    let folder: String
    init() throws { folder = try ThrowawayServer.shared.get().folder }

    func name(of connection: Connection) throws -> String? {
        try connection.queryOne("select current_setting('application_name') as n")?.decode("n")
    }

    @Test func `a URL, keywords in a string and keywords in a dictionary reach the same`() throws {
        let host = folder.replacing("/", with: "%2F")
        for parameters in [
            ConnectionParameters("postgresql://tester@\(host)/postgres"),
            ConnectionParameters("postgres:///postgres?host=\(folder)&user=tester"),
            ConnectionParameters("host='\(folder)' dbname=postgres user=tester"),
            ConnectionParameters(keywords: ["host": folder, "dbname": "postgres", "user": "tester"]),
            ConnectionParameters("postgres").setting("host", to: folder).setting("user", to: "tester"),
            ConnectionParameters("postgresql://nobody@nowhere/none").setting("host", to: folder)
                .setting("user", to: "tester").setting("dbname", to: "postgres"),
        ] {
            let connection = try Connection(parameters)
            try expectUsable(connection)
            #expect(try name(of: connection) == "bellwether")
        }
    }

    @Test func `an application name of one's own wins`() throws {
        let text = "host=\(folder) dbname=postgres user=tester application_name=nightly"
        #expect(try name(of: Connection(ConnectionParameters(text))) == "nightly")
    }

    @Test func `a value in a dictionary is taken literally`() throws {
        // As keywords in a string each of these would be read as something else.
        let password = "it's a \\ secret=x host=nowhere"
        let admin = try connect()
        try admin.execute("drop role if exists locked")
        let literal = try admin.queryOne("select quote_literal($1) as l", [.text(password)])
        try admin.execute(
            "create role locked login password \(try #require(literal).decode("l", as: String.self))")
        try admin.run(script: "create database locked owner locked")
        let keywords = ["host": folder, "dbname": "locked", "user": "locked", "password": password]
        // The tests' server asks the database `locked` for a password, and others do not.
        try expectUsable(Connection(ConnectionParameters(keywords: keywords)))
        let wrong = ConnectionParameters(keywords: keywords).setting("password", to: "wrong-secret")
        let error = try databaseError { try Connection(wrong) }
        #expect(error.kind == .connectionFailed)
        #expect(error.message.contains("password authentication failed for user \"locked\""))
        #expect(error.message.contains("dbname=locked"))
        #expect(error.message.contains("password=…"))
        #expect(!error.description.contains("wrong-secret"))
    }

    @Test func `an unreachable host is named, with the reason`() throws {
        let error = try databaseError {
            _ = try Connection(ConnectionParameters("postgresql://me:s3cret@127.0.0.1:1/sales"))
        }
        #expect(error.kind == .connectionFailed)
        #expect(
            error.message.hasPrefix(
                "cannot connect (user=me password=… dbname=sales host=127.0.0.1 port=1): connection to server at"
            ))
        #expect(error.message.contains("Connection refused"))
        #expect(!error.message.contains("\n"))
        let socket = try databaseError { try Connection(ConnectionParameters("host=/no/such/folder")) }
        #expect(socket.message.contains("No such file or directory"))
        let database = try databaseError { try Connection(testParameters().setting("dbname", to: "no_such")) }
        #expect(database.message.contains("database \"no_such\" does not exist"))
    }

    @Test(
        arguments: [
            "postgresql://me:s3cr%zzet@localhost/x", "postgresql://me:s3cret@[::1/x",
            "host=x password=a s3cret",
            "password='s3cret", "postgresql://me:pass@s3cret@localhost/x",
            "postgresql://me:s3cret@localhost:99999999/x",
            "postgresql://me:s3cret@localhost/x?nonsense=s3cret",
            "host=x\0 password=s3cret",
        ])
    func `no fault in the parameters shows a password`(_ text: String) throws {
        let parameters = ConnectionParameters(text)
        let error = try databaseError { try Connection(parameters) }
        #expect(error.kind == .connectionFailed)
        var dumped = ""
        dump(parameters, to: &dumped)
        for shown in [error.description, "\(error)", "\(parameters)", String(reflecting: parameters), dumped]
        {
            #expect(!shown.contains("s3c"), "\(shown)")
        }
    }

    @Test func `a fault without a password in sight is shown whole`() throws {
        let error = try databaseError { try Connection(ConnectionParameters("hots=localhost")) }
        #expect(
            error.message == "the connection parameters cannot be read: invalid connection option \"hots\"")
        let unknown = try databaseError { try Connection(ConnectionParameters(keywords: ["hots": "x"])) }
        #expect(unknown.message.contains("invalid connection option \"hots\""))
    }

    @Test func `a description shows everything but secrets`() {
        let parameters = ConnectionParameters(
            "postgresql://me:s3cret@db.example:5433/sales?sslmode=verify-full")
        #expect(
            parameters.description
                == "user=me password=… dbname=sales host=db.example port=5433 sslmode=verify-full")
        #expect(
            parameters.setting("sslpassword", to: "s3cret").setting("user", to: "you").description
                == "password=… dbname=sales host=db.example port=5433 sslmode=verify-full sslpassword=… user=you"
        )
        #expect(ConnectionParameters().description == "libpq's defaults")
        #expect(ConnectionParameters("sales").description == "dbname=sales")
    }

    @Test func `an attempt ends after ten seconds unless the parameters say otherwise`() {
        func timeouts(_ text: String) -> [String] {
            ConnectionParameters(text).keywordsAndValues.filter { $0.keyword == "connect_timeout" }.map(
                \.value)
        }
        #expect(timeouts("host=x") == ["10"])
        #expect(timeouts("host=x connect_timeout=3") == [])
        #expect(timeouts("service=nightly") == [])
        #expect(
            ConnectionParameters(keywords: ["connect_timeout": "3"]).keywordsAndValues.first {
                $0.keyword == "connect_timeout"
            }?.value == "3")
    }

    @Test func `no connection is left behind, whether it was used, failed or lost`() throws {
        let (name, watcher) = ("leak-\(UInt32.random(in: 0...UInt32.max))", try connect())
        func left() throws -> Int? {
            try watcher.queryOne(
                "select count(*) as n from pg_stat_activity where application_name = $1", [.text(name)])?
                .decode("n")
        }
        for _ in 0..<10 {
            let used = try connect(name: name)
            try used.execute("create temp table t (a int)")
            _ = try? used.copyIn("copy t from stdin") { _ in throw CallersOwn() }
            _ = try? used.forEachRow("select generate_series(1, 10000)") { _ in throw CallersOwn() }
            _ = try? used.transaction { _ in throw CallersOwn() }
            let closed = try connect(name: name)
            closed.close()
            let lost = try connect(name: name)
            try terminate(lost.backendPID)
            _ = try databaseError { try lost.execute("select 1") }
            _ = try databaseError { try Connection(testParameters(name: name).setting("dbname", to: "none")) }
        }
        // A server process ends a moment after its connection.
        for _ in 0..<500 where try left() != 0 { usleep(10_000) }
        #expect(try left() == 0)
    }

    #if os(Linux)
        @Test func `a failed attempt leaves no socket open`() throws {
            func open() throws -> Int {
                try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
            }
            let before = try open()
            for _ in 0..<300 {
                _ = try databaseError { try Connection(testParameters().setting("dbname", to: "none")) }
            }
            // Other tests open theirs meanwhile, but not hundreds.
            #expect(try open() < before + 150)
        }
    #endif
}

@Suite("Notices") struct NoticeTests {
    @Test func `notices go to the logger, warnings as warnings, without the detail`() throws {
        let (logger, lines) = CollectingLog.logger()
        let connection = try connect(logger: logger)
        try connection.run(
            script: """
                do $$ begin
                    raise notice 'a notice' using detail = 'secret', hint = 'a hint';
                    raise warning 'a warning' using errcode = '01000';
                end $$;
                drop table if exists no_such_table;
                """)
        #expect(
            lines.all == [
                "debug: a notice hint=a hint sqlState=00000", "warning: a warning sqlState=01000",
                "debug: table \"no_such_table\" does not exist, skipping sqlState=00000",
            ])
    }
}
