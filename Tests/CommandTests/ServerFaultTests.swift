import Foundation
import Postgres
import TestSupport
import Testing

/// A server that will not have a load: a clear error, its exit code, nothing half done, and a rerun that completes.
@Suite("Server faults")
struct ServerFaultTests {
    private let night = [
        "opportunity": Acme.deals("d1,First,a1,p1,New,commit,150,USD,2026-06-30"),
        "account": "id,name\na1,Other\n",
    ]

    /// Loads into a warehouse in which `setting` holds, with the deals locked or not, then again without it.
    private func check(
        _ setting: String, locked: Bool, status: Int32, says: [String]
    ) throws {
        let bench = try Bench()
        try bench.mustLoad("2026-05-04", Acme.exports)
        let before = try bench.visibleState()
        let other = try bench.connection()
        try other.execute("alter database \(bench.database) set \(setting)")
        try other.execute("begin")
        if locked { try other.execute("lock table bellwether_store.opportunity in exclusive mode") }
        let outcome = try bench.load("2026-05-05", night)
        try other.execute("rollback")
        #expect(outcome.status == status && outcome.output.isEmpty, "\(outcome)")
        for word in says { #expect(outcome.errors.contains(word), "\(outcome)") }
        try bench.connection().execute(
            "set default_transaction_read_only = off")
        let admin = try bench.connection()
        try admin.execute("set default_transaction_read_only = off")
        try admin.execute("alter database \(bench.database) reset all")
        #expect(try bench.visibleState() == before)
        #expect(try bench.run("load", "generic", "2026-05-05").status == 0)
        #expect(try bench.run("verify").status == 0)
    }

    @Test func `a statement timeout`() throws {
        try check("statement_timeout = '1s'", locked: true, status: 1, says: ["BW212", "statement_timeout"])
    }

    @Test func `a lock timeout`() throws {
        try check("lock_timeout = '500ms'", locked: true, status: 75, says: ["BW208", "lock_timeout"])
    }

    @Test func `a server that can only be read`() throws {
        try check(
            "default_transaction_read_only = on", locked: false, status: 1,
            says: ["BW203", "can only be read"])
    }

    /// A file system of 4 MB of its own, which only root can make.
    @Test(.enabled(if: SmallDisk.isPossible, "a small file system can be made by root on Linux only"))
    func `a full disk`() throws {
        let bench = try Bench()
        try bench.mustLoad("2026-05-04", Acme.exports)
        let disk = try SmallDisk(owner: "postgres")
        let admin = try bench.connection()
        let space = "small_" + bench.database
        try admin.execute("create tablespace \(space) location '\(disk.path)'")
        try admin.execute("alter table bellwether_store.account set tablespace \(space)")
        let before = try bench.visibleState()
        let accounts = (1...60_000).map { "b\($0),A company with a long name and the number \($0)\n" }
            .joined()
        let outcome = try bench.load(
            "2026-05-05", ["account": "id,name\na1,Globex\n" + accounts], "--accept", "rows")
        #expect(outcome.status == 1 && outcome.errors.contains("disk is full"), "\(outcome)")
        #expect(try bench.visibleState() == before)
        try admin.execute("alter table bellwether_store.account set tablespace pg_default")
        try admin.execute("drop tablespace \(space)")
        #expect(try bench.run("load", "generic", "2026-05-05", "--accept", "rows").status == 0)
        #expect(try bench.run("verify").status == 0)
    }
}

/// A file system in memory that is soon full.
private final class SmallDisk {
    let path: String

    static var isPossible: Bool {
        #if os(Linux)
            guard geteuid() == 0, let disk = try? SmallDisk(owner: "postgres") else { return false }
            return FileManager.default.fileExists(atPath: disk.path)
        #else
            return false
        #endif
    }

    init(owner: String) throws {
        path = "/tmp/bellwether-disk-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        do {
            try run("mount", "-t", "tmpfs", "-o", "size=4m,mode=0700", "tmpfs", path)
            try run("chown", owner, path)
        } catch {
            release()
            throw error
        }
    }

    deinit { release() }

    private func release() {
        try? run("umount", "-l", path)
        try? FileManager.default.removeItem(atPath: path)
    }

    private func run(_ arguments: String...) throws {
        let outcome = try Child(
            "/usr/bin/env", arguments, environment: ProcessInfo.processInfo.environment, folder: nil
        ).outcome()
        guard outcome.status == 0 else { throw Command.Failure("\(arguments): \(outcome)") }
    }
}
