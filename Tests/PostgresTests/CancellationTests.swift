import Foundation
import Testing

@testable import Postgres

@Suite("Cancellation") struct CancellationTests {
    let connection: Connection
    init() throws { connection = try connect() }

    /// Cancels the statement that begins next, again until it has ended.
    func cancelNext() {
        let canceller = connection.canceller
        let before = canceller.running
        onThread {
            while canceller.running == nil || canceller.running == before { usleep(500) }
            let statement = canceller.running
            while canceller.running == statement {
                canceller.cancel(statement)
                usleep(500)
            }
        }
    }

    func expectCancelled(_ error: DatabaseError) throws {
        #expect(error.kind == .cancelled)
        #expect(error.sqlState == "57014")
        try expectUsable(connection)
    }

    @Test func `a statement is cancelled from another thread and the connection stays usable`() throws {
        cancelNext()
        try expectCancelled(try databaseError { try connection.execute("select pg_sleep(60)") })
        cancelNext()
        try expectCancelled(
            try databaseError {
                try connection.forEachRow("select pg_sleep(0.01) from generate_series(1, 100000)") { _ in }
            })
    }

    @Test func `a COPY is cancelled both ways`() throws {
        try connection.execute("create temp table t (a text)")
        cancelNext()
        let canceller = connection.canceller
        try expectCancelled(
            try databaseError {
                try connection.copyIn("copy t from stdin") { copy in
                    // The server looks for a cancel when data arrives.
                    for _ in 0..<200 {
                        try copy.write(String(repeating: "x\n", count: 40_000))
                        usleep(500)
                    }
                    #expect(canceller.running != nil)
                }
            })
        cancelNext()
        try expectCancelled(
            try databaseError {
                try connection.copyOut(
                    "copy (select pg_sleep(0.01) from generate_series(1, 100000)) to stdout"
                ) { _ in }
            })
    }

    @Test func `a cancelled statement rolls its transaction back and the error says cancelled`() throws {
        try expectCancelled(
            try databaseError {
                try connection.transaction { connection in
                    cancelNext()
                    try connection.execute("select pg_sleep(60)")
                }
            })
        #expect(connection.transactionState == .none)
    }

    @Test func `a cancel between statements hits nothing`() throws {
        #expect(connection.canceller.running == nil)
        for _ in 0..<50 {
            try connection.execute("select 1")
            #expect(!connection.canceller.cancel())
            try connection.execute("select pg_sleep(0.001)")
        }
    }

    @Test func `a cancel meant for one statement never hits the next`() throws {
        let canceller = connection.canceller
        let isDone = Box(false)
        let sent = Box(0)
        var last: UInt64?
        try connection.forEachRow("select 1") { _ in last = canceller.running?.rawValue }
        // Only every other statement may be cancelled.
        let next = try #require(last) + 1
        let ended = DispatchSemaphore(value: 0)
        onThread {
            while !isDone.value {
                guard let running = canceller.running, running.rawValue % 2 == next % 2 else { continue }
                if canceller.cancel(running) { sent.change { $0 += 1 } }
            }
            ended.signal()
        }
        for _ in 0..<200 {
            do {
                try connection.execute("select pg_sleep(0.002)")
            } catch {
                #expect(error.kind == .cancelled)
            }
            try connection.execute("select pg_sleep(0.002)")
        }
        isDone.change { $0 = true }
        ended.wait()
        #expect(sent.value > 0)
    }

    @Test func `an old statement's number cancels nothing`() throws {
        let canceller = connection.canceller
        var number: Canceller.StatementNumber?
        try connection.forEachRow("select 1") { _ in number = canceller.running }
        let first = try #require(number)
        try connection.forEachRow("select pg_sleep(0.05), 1") { _ in
            #expect(canceller.running != first)
            #expect(!canceller.cancel(first))
        }
        try expectUsable(connection)
    }

    @Test func `a canceller that outlives its connection does nothing`() throws {
        func orphan() throws -> Canceller { try connect().canceller }
        let canceller = try orphan()
        #expect(!canceller.cancel())
        #expect(canceller.running == nil)
    }
}
