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
        var address: ServerAddress?
        var databases = 0
        var hasTemplate = false
    }

    private static let shared = Mutex(Shared())
    private static let template = "migrated"

    /// Where a database that holds nothing yet is reached.
    public static func emptyAddress() throws -> ServerAddress {
        try shared.withLock { shared in try create(from: "template0", &shared) }
    }

    /// Where a migrated warehouse that holds no load yet is reached: a copy, which costs less than migrating.
    public static func migratedAddress() throws -> ServerAddress {
        try shared.withLock { shared in
            if !shared.hasTemplate {
                // Said first, so that a failure is told once and not hidden behind the half-made copy.
                shared.hasTemplate = true
                let address = try create(from: "template0", named: template, &shared)
                _ = try Warehouse(ConnectionParameters(keywords: address.keywords)).migrate(
                    roles: RoleNames())
            }
            return try create(from: template, &shared)
        }
    }

    /// Parameters of a database that holds nothing yet.
    public static func empty() throws -> ConnectionParameters {
        ConnectionParameters(keywords: try emptyAddress().keywords)
    }

    /// Parameters of a migrated warehouse that holds no load yet.
    public static func migrated() throws -> ConnectionParameters {
        ConnectionParameters(keywords: try migratedAddress().keywords)
    }

    /// A migrated warehouse.
    public static func warehouse() throws -> Warehouse {
        try Warehouse(try migrated())
    }

    private static func create(
        from template: String, named name: String? = nil, _ shared: inout Shared
    ) throws -> ServerAddress {
        let address = try address(&shared)
        shared.databases += 1
        let name = name ?? "test_\(shared.databases)"
        let admin = try Connection(ConnectionParameters(keywords: address.keywords))
        try admin.execute(
            "create database \(try quoteIdentifier(name)) template \(try quoteIdentifier(template))")
        return ServerAddress(
            socketDirectory: address.socketDirectory, port: address.port, database: name, user: address.user)
    }

    /// Tests connect as roles of their own making through the socket, which nobody else can reach.
    private static func letEveryRoleIn(_ admin: Connection) throws {
        for row in try admin.query("select current_setting('hba_file') as path") {
            let file = URL(fileURLWithPath: try row.decode("path", as: String.self))
            let rules = try String(contentsOf: file, encoding: .utf8)
            let handle = try FileHandle(forWritingTo: file)
            try handle.write(contentsOf: Data(("local all all trust\n" + rules).utf8))
            try handle.close()
        }
        try admin.execute("select pg_reload_conf()")
    }

    private static func address(_ shared: inout Shared) throws -> ServerAddress {
        if let address = shared.address { return address }
        // Where the server may run as another user, which cannot enter root's folders.
        let home = "/tmp/bellwether-test-\(getpid())"
        let server = try PrivateServer(
            home: home, environment: ProcessInfo.processInfo.environment, settings: .throwaway)
        let address = try server.start()
        atexit {
            try? TestDatabase.shared.withLock { try $0.server?.destroy() }
        }
        shared.server = server
        shared.address = address
        try letEveryRoleIn(Connection(ConnectionParameters(keywords: address.keywords)))
        return address
    }
}

/// A folder for one test, deleted with the value, at the latest when the tests end.
public final class TemporaryFolder: Sendable {
    /// Its path.
    public let path: String

    /// Those that are still there: a value that a static property holds is never let go.
    private static let left = Mutex<Set<String>>([])
    private static let cleaning: Void = {
        atexit {
            for path in TemporaryFolder.left.withLock({ $0 }) {
                try? FileManager.default.removeItem(atPath: path)
            }
        }
    }()

    /// Makes a folder.
    public init() throws {
        path = NSTemporaryDirectory() + "/bellwether-" + UUID().uuidString
        Self.cleaning
        Self.left.withLock { _ = $0.insert(path) }
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
        Self.left.withLock { _ = $0.remove(path) }
    }

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
