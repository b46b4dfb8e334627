import Foundation
import Model
import Testing

@testable import PrivateServer

/// Whatever was killed, the next start puts right.
@Suite struct CrashTests {
    @Test func `a server killed with -9 comes back with its data`() throws {
        try Scratch.with { scratch in
            let server = try scratch.server()
            _ = try ask(try server.start(), "create table kept as select 42 as number")
            let process = try processID(server)
            try killServer(server)
            // At once: its sessions may still live, its pid file and socket are still there.
            #expect(try ask(try server.start(), "select number from kept") == "42")
            #expect(try processID(server) != process)
        }
    }

    @Test func `a session that outlives the killed server is waited for`() throws {
        try Scratch.with { scratch in
            let server = try scratch.server()
            let address = try server.start()
            _ = try ask(address, "create table kept as select 42 as number")
            let client = try server.client()
            // Busy, so that it does not notice at once that the server is gone.
            let busy = "select count(*) from generate_series(1, 15000000) where random() < 0"
            _ = try Subprocess.run([
                "/bin/sh", "-c", "\"$@\" >/dev/null 2>&1 &", "sh", client, address.url, "-c", busy,
            ])
            while try ask(address, "select count(*) from pg_stat_activity where query like '%15000000%'")
                != "2"
            {}
            try killServer(server)
            #expect(try ask(try server.start(), "select number from kept") == "42")
        }
    }

    @Test func `a pid file whose process is another by now does not stop the start`() throws {
        try Scratch.with { scratch in
            let server = try scratch.server()
            let address = try server.start()
            let folders = try scratch.folders()
            let note = try #require(try readSmallFile(folders.processNote))
            let lock = try #require(try readSmallFile(address.socketLock))
            let process = try processID(server)
            try killServer(server)
            let ended = try FileLock.take(folders.serverLock, until: Deadline(after: .seconds(30))) != nil
            try #require(ended)

            let account = try ServerAccount.choose(dataFolder: folders.data)
            let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)
            let other = try Subprocess.launch(
                ["/bin/sleep", "600"], as: account, log: raised(nothing), holding: raised(dup(nothing)))
            defer { kill(other, SIGKILL) }
            for (path, text) in [(folders.processNote, note), (address.socketLock, lock)] {
                let changed = text.replacing("\(process)\n", with: "\(other)\n", maxReplacements: 1)
                #expect(changed != text)
                try Data(changed.utf8).write(to: URL(fileURLWithPath: path))
            }
            #expect(try ask(try server.start(), "select 1") == "1")
            #expect(kill(other, 0) == 0, "the other process is left alone")
            #expect(!Subprocess.hasEnded(other))
        }
    }

    @Test func `a removed socket is made again`() throws {
        try Scratch.with { scratch in
            let server = try scratch.server()
            let address = try server.start()
            unlink(address.socket)
            #expect(try server.status() == .stopped)
            #expect(try ask(try server.start(), "select 1") == "1")
        }
    }

    @Test func `a home that was moved while its server ran is followed`() throws {
        try Scratch.with { scratch in
            let old = try scratch.server("old")
            _ = try ask(try old.start(), "create table kept as select 42 as number")
            rename(scratch.folder + "/old", scratch.folder + "/new")
            #expect(try old.status() == .stopped)
            // Now a stranger listens where the moved server's note points to.
            _ = try old.start()
            let address = try scratch.server("new").start()
            #expect(address.socketDirectory == scratch.folder + "/new/run")
            #expect(try ask(address, "select number from kept") == "42")
        }
    }

    @Test func `a copied home starts a server of its own`() throws {
        try Scratch.with { scratch in
            let server = try scratch.server("one")
            let first = try server.start()
            let process = try processID(server)
            _ = try ask(first, "create table kept as select 42 as number")
            _ = try ask(first, "checkpoint")
            _ = try Subprocess.run(["/bin/cp", "-a", scratch.folder + "/one", scratch.folder + "/two"])
            let second = try scratch.server("two").start()
            #expect(second.socketDirectory == scratch.folder + "/two/run")
            #expect(try ask(second, "select number from kept") == "42")
            #expect(try processID(server) == process, "the first goes on")
        }
    }

    @Test func `a server that somebody started by hand on our data is left alone`() throws {
        try Scratch.with { scratch in
            let server = try scratch.server()
            _ = try server.start()
            try server.stop()
            let folders = try scratch.folders()
            let account = try ServerAccount.choose(dataFolder: folders.data)
            let binaries = try ServerBinaries.find(for: nil, environment: searchPath)
            let outcome = try Subprocess.run(
                [
                    binaries.control, "-D", folders.data, "-w", "-s", "-l", "/dev/null",
                    "-o", "-c listen_addresses= -k \(folders.sockets) -p 5433", "start",
                ], as: account)
            try #require(outcome.isSuccess, "\(outcome.output)")
            let error = startFailure(server)
            _ = try Subprocess.run([binaries.control, "-D", folders.data, "-s", "-w", "stop"], as: account)
            #expect(error?.code == .serverNotStarted)
            #expect(error?.message.contains("another PostgreSQL") == true)
            #expect(try ask(try server.start(), "select 1") == "1")
        }
    }

    @Test(arguments: ["", "--foreground"])
    func `a tool killed at any moment of the first start is forgiven`(scope: String) throws {
        try Scratch.with { scratch in
            let home = scratch.folder + "/home"
            // Early, within initdb, within the creation of the database, about the server's start.
            for seconds in ["0.03", "0.2", "0.5", "0.9", "1.2"] {
                _ = try Tool.shell("timeout \(scope) -s KILL \(seconds) $bellwether db start", home: home)
            }
            let address = try scratch.server().start()
            #expect(try ask(address, "select current_database()") == "bellwether")
            #expect(try scratch.folders().unfinished() == [])
        }
    }

    @Test func `leftovers of an interrupted creation are cleared away`() throws {
        try Scratch.with { scratch in
            let left = scratch.folder + "/home/postgres.new-4711/base"
            try FileManager.default.createDirectory(atPath: left, withIntermediateDirectories: true)
            try Data("14".utf8).write(to: URL(fileURLWithPath: left + "/../PG_VERSION"))
            _ = try scratch.server().start()
            #expect(try scratch.folders().unfinished() == [])
        }
    }

    @Test func `four threads start one server`() throws {
        try Scratch.with { scratch in
            let server = try scratch.server()
            DispatchQueue.concurrentPerform(iterations: 4) { _ in
                #expect(throws: Never.self) { _ = try server.start() }
            }
            try expectOneStart(scratch)
        }
    }

    @Test func `four commands start one server`() throws {
        try Scratch.with { scratch in
            let line = "for i in 1 2 3 4; do { $bellwether db url 2>/dev/null || echo failed; } & done; wait"
            let outcome = try Tool.shell(line, home: scratch.folder + "/home")
            let url = try scratch.server().start().url
            #expect(outcome.output == String(repeating: url + "\n", count: 4))
            try expectOneStart(scratch)
        }
    }

    private func expectOneStart(_ scratch: Scratch) throws {
        let log = ServerLog.tail(try scratch.folders().log)
        #expect(log.split(separator: "\n").filter { $0.contains("starting PostgreSQL") }.count == 1)
    }
}
