import Foundation
import Postgres
import Testing

@Suite("Lost connections") struct LostConnectionTests {
    let connection: Connection

    init() throws {
        // A write to a server that is gone must not end the process.
        signal(SIGPIPE, SIG_DFL)
        connection = try connect()
    }

    func expectLost(_ error: DatabaseError, states: [String?] = ["57P01"]) throws {
        #expect(error.kind == .connectionLost, "\(error)")
        #expect(states.contains(error.sqlState))
        #expect(!connection.isUsable)
        #expect(connection.canceller.running == nil)
        // Again and again: an error, not a crash or a hang.
        for _ in 0..<3 {
            #expect(try databaseError { try connection.execute("select 1") }.kind == .connectionLost)
            #expect(
                try databaseError { try connection.copyIn("copy t from stdin") { _ in } }.kind
                    == .connectionLost)
        }
    }

    /// A server that is stopped while it waits for us to read cannot say so any more.
    static let whileSending: [String?] = [nil, "57P01"]

    /// Terminates the connection's backend once a statement runs.
    func terminateSoon() {
        let (pid, canceller) = (connection.backendPID, connection.canceller)
        onThread {
            while canceller.running == nil { usleep(500) }
            do { try terminate(pid) } catch { Issue.record(error) }
        }
    }

    @Test func `between statements`() throws {
        try terminate(connection.backendPID)
        try expectLost(try databaseError { try connection.execute("select 1") })
    }

    @Test func `in a statement`() throws {
        terminateSoon()
        let error = try databaseError { try connection.execute("select pg_sleep(60)") }
        try expectLost(error)
        #expect(error.message == "terminating connection due to administrator command")
        #expect(error.sql == "select pg_sleep(60)")
    }

    @Test func `in a script`() throws {
        terminateSoon()
        try expectLost(
            try databaseError { try connection.run(script: "select 1; select pg_sleep(60); select 2") })
    }

    @Test func `among the rows of a stream`() throws {
        var rows = 0
        let error = try databaseError {
            try connection.forEachRow("select n, repeat('x', 1000) from generate_series(1, 1000000) n") { _ in
                rows += 1
                if rows == 10 { try terminate(connection.backendPID) }
            }
        }
        try expectLost(error, states: Self.whileSending)
        #expect(rows < 1_000_000)
    }

    @Test func `in a COPY in, which stops the writer`() throws {
        try connection.execute("create temp table t (a text)")
        var written = 0
        let error = try databaseError {
            try connection.copyIn("copy t from stdin") { copy in
                for piece in 0..<20_000 {
                    if piece == 10 { try terminate(connection.backendPID) }
                    try copy.write(String(repeating: "x\n", count: 40_000))
                    written += 1
                }
            }
        }
        try expectLost(error)
        #expect(written < 20_000)
    }

    @Test func `in a COPY in, at its end`() throws {
        try connection.execute("create temp table t (a text)")
        let error = try databaseError {
            try connection.copyIn("copy t from stdin") { copy in
                try copy.write("x\n")
                try terminate(connection.backendPID)
            }
        }
        try expectLost(error)
    }

    @Test func `in a COPY in whose writer hides the failure`() throws {
        try connection.execute("create temp table t (a text)")
        let error = try databaseError {
            try connection.copyIn("copy t from stdin") { copy in
                try terminate(connection.backendPID)
                for _ in 0..<20 { try? copy.write(String(repeating: "x\n", count: 400_000)) }
            }
        }
        try expectLost(error)
    }

    @Test func `the caller's own error wins over the loss`() throws {
        try connection.execute("create temp table t (a text)")
        let own = try callersError {
            try connection.copyIn("copy t from stdin") { copy in
                try copy.write("x\n")
                try terminate(connection.backendPID)
                throw CallersOwn()
            }
        }
        #expect(own == CallersOwn())
        #expect(try databaseError { try connection.execute("select 1") }.kind == .connectionLost)
    }

    @Test func `in a COPY out`() throws {
        var chunks = 0
        let error = try databaseError {
            try connection.copyOut(
                "copy (select repeat('x', 1000) from generate_series(1, 1000000)) to stdout"
            ) { _ in
                chunks += 1
                if chunks == 10 { try terminate(connection.backendPID) }
            }
        }
        try expectLost(error, states: Self.whileSending)
        #expect(chunks < 1_000_000)
    }

    @Test func `when the server process is killed`() throws {
        let server = try ThrowawayServer()
        defer { server.stop() }
        let doomed = try Connection(
            ConnectionParameters(keywords: ["host": server.folder, "dbname": "postgres", "user": "tester"]))
        let (pid, canceller) = (doomed.backendPID, doomed.canceller)
        onThread {
            while canceller.running == nil { usleep(500) }
            usleep(20_000)
            kill(pid, SIGKILL)
        }
        let error = try databaseError { try doomed.execute("select pg_sleep(60)") }
        #expect(error.kind == .connectionLost)
        #expect(error.sqlState == nil)
        #expect(error.message.hasPrefix("server closed the connection unexpectedly"))
        #expect(try databaseError { try doomed.execute("select 1") }.kind == .connectionLost)
    }
}
