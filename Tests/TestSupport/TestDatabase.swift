import Foundation
import Model
import Postgres
import PrivateServer
import Synchronization
import Warehouse

/// A real PostgreSQL for the tests of one process: started on first need in a folder of its own, deleted at exit.
public enum TestDatabase {
    private struct Shared {
        var server: PrivateServer?
        var databases = 0
    }

    private static let shared = Mutex(Shared())

    /// Parameters of a database that holds nothing yet.
    public static func empty() throws -> ConnectionParameters {
        let (server, number) = try shared.withLock { shared in
            if shared.server == nil { shared.server = try start() }
            shared.databases += 1
            return (shared.server, shared.databases)
        }
        guard let address = try server?.start() else { throw CancellationError() }
        let name = "test_\(number)"
        let admin = try Connection(ConnectionParameters(keywords: address.keywords))
        try admin.execute("create database \(try quoteIdentifier(name)) template template0")
        return ConnectionParameters(keywords: address.keywords).setting("dbname", to: name)
    }

    /// A migrated warehouse.
    public static func warehouse() throws -> Warehouse {
        let warehouse = try Warehouse(try empty())
        _ = try warehouse.migrate(roles: RoleNames())
        return warehouse
    }

    /// The variables by which a child process finds a database of its own.
    public static func environment() throws -> [String: String] {
        let parameters = try empty()
        return ["BELLWETHER_DB": try keywordString(parameters)]
    }

    private static func keywordString(_ parameters: ConnectionParameters) throws -> String {
        guard let address = try shared.withLock({ $0.server })?.start() else { throw CancellationError() }
        let number = shared.withLock { $0.databases }
        var keywords = address.keywords
        keywords["dbname"] = "test_\(number)"
        return keywords.sorted { $0.key < $1.key }
            .map { "\($0.key)='\($0.value.replacing("\\", with: "\\\\").replacing("'", with: "\\'"))'" }
            .joined(separator: " ")
    }

    private static func start() throws -> PrivateServer {
        // Where the server may run as another user, which cannot enter root's folders.
        let home = "/tmp/bellwether-test-\(getpid())"
        let server = try PrivateServer(
            home: home, environment: ProcessInfo.processInfo.environment, settings: .throwaway)
        _ = try server.start()
        atexit {
            try? TestDatabase.shared.withLock { try $0.server?.destroy() }
        }
        return server
    }
}

/// A folder for one test, deleted with the value.
public final class TemporaryFolder: Sendable {
    /// Its path.
    public let path: String

    /// Makes a folder.
    public init() throws {
        path = NSTemporaryDirectory() + "/bellwether-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file and gives its path.
    @discardableResult
    public func write(_ name: String, _ text: String) throws -> String {
        try write(name, bytes: Array(text.utf8))
    }

    /// Writes a file of any bytes and gives its path.
    @discardableResult
    public func write(_ name: String, bytes: [UInt8]) throws -> String {
        let file = path + "/" + name
        try FileManager.default.createDirectory(
            atPath: URL(fileURLWithPath: file).deletingLastPathComponent().path,
            withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        return file
    }
}

/// A seeded source of random numbers (SplitMix64), so that a failure can be run again.
public struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    /// The numbers of a seed.
    public init(seed: UInt64) {
        state = seed
    }

    /// The next number.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
