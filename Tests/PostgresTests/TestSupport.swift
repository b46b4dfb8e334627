import Foundation
import Logging
import Postgres
import Synchronization
import Testing

/// An error of the caller's own, which nothing may replace.
struct CallersOwn: Error, Equatable {
    var number = 1
}

/// The parameters of the tests' server.
func testParameters(name: String = "tests") throws -> ConnectionParameters {
    let server = try ThrowawayServer.shared.get()
    return ConnectionParameters(keywords: [
        "host": server.folder, "dbname": "postgres", "user": "tester", "application_name": name,
    ])
}

/// A connection to the tests' server.
func connect(logger: Logger = Logger(label: "test"), name: String = "tests") throws -> Connection {
    try Connection(testParameters(name: name), logger: logger)
}

/// The error that the closure throws; the test fails without one.
func databaseError<Result>(
    _ location: SourceLocation = #_sourceLocation, _ body: () throws -> Result
) throws -> DatabaseError {
    try #require(throws: DatabaseError.self, sourceLocation: location) { _ = try body() }
}

/// The caller's own error that the closure throws; the test fails without one.
///
/// A function and not `#expect(throws:)`: within a closure Swift 6.3 gives that macro's closure and the next one
/// the same name, and calls the wrong one.
func callersError<Result>(
    _ location: SourceLocation = #_sourceLocation, _ body: () throws -> Result
) throws -> CallersOwn {
    try #require(throws: CallersOwn.self, sourceLocation: location) { _ = try body() }
}

/// That the connection answers, and answers the question asked.
func expectUsable(_ connection: Connection, _ location: SourceLocation = #_sourceLocation) throws {
    let row = try #require(try connection.queryOne("select 40 + 2 as n"), sourceLocation: location)
    #expect(try row.decode("n", as: Int.self) == 42, sourceLocation: location)
}

/// Runs on a thread of its own, as a canceller's caller does.
func onThread(_ body: @escaping @Sendable () -> Void) {
    Thread.detachNewThread(body)
}

/// Ends a connection's backend from a second connection, and waits until it is gone.
func terminate(_ pid: Int32) throws {
    let other = try connect()
    try other.execute("select pg_terminate_backend($1)", [.int(Int(pid))])
    while try other.queryOne("select 1 from pg_stat_activity where pid = $1", [.int(Int(pid))]) != nil {
        usleep(2000)
    }
}

/// Keeps what is logged.
struct CollectingLog: LogHandler {
    final class Lines: Sendable {
        private let lines = Mutex<[String]>([])
        var all: [String] { lines.withLock { $0 } }
        func add(_ line: String) { lines.withLock { $0.append(line) } }
    }

    let lines: Lines
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let facts = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0)=\($1)" }
        lines.add("\(event.level): \(event.message) \(facts.joined(separator: " "))")
    }

    static func logger() -> (Logger, Lines) {
        let lines = Lines()
        return (Logger(label: "test") { _ in CollectingLog(lines: lines) }, lines)
    }
}

/// A value that two threads share.
final class Box<Value: Sendable>: Sendable {
    private let stored: Mutex<Value>
    init(_ value: Value) { stored = Mutex(value) }
    var value: Value { stored.withLock { $0 } }
    func change(_ body: (inout Value) -> Void) { stored.withLock { body(&$0) } }
}
