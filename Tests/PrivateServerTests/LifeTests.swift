import Foundation
import Model
import Testing

@testable import PrivateServer

@Suite struct LifeTests {
    @Test func `the first start makes a database of Unicode text sorted by bytes, with checksums`() throws {
        try Scratch.with { scratch in
            let address = try scratch.server().start()
            #expect(try ask(address, "select current_user, current_database()") == "bellwether|bellwether")
            #expect(try ask(address, "show server_encoding") == "UTF8")
            #expect(try ask(address, "show data_checksums") == "on")
            #expect(try ask(address, "show wal_level") == "minimal")
            #expect(try ask(address, "show timezone") == "UTC")
            // Bytes: Z before a before ä. A language's order would be a, ä, Z.
            let sorted = "select string_agg(x, '' order by x) from unnest(array['ä', 'a', 'Z']) x"
            #expect(try ask(address, sorted) == "Zaä")
            #expect(try ask(address, "select lower('ÄÉ')") == "äé")
        }
    }

    @Test func `a server for people syncs what it writes`() throws {
        #expect(ServerSettings.standard.configuration.contains("\nfsync = 'on'\n"))
        #expect(!ServerSettings.standard.configuration.contains("fsync = 'off'"))
        #expect(ServerSettings.throwaway.configuration.contains("\nfsync = 'off'\n"))
    }

    @Test func `a second start changes nothing, a stop and a start keep the data`() throws {
        try Scratch.with { scratch in
            let server = try scratch.server()
            #expect(try server.status() == .stopped)
            let first = try server.start()
            let process = try processID(server)
            #expect(try server.start() == first)
            #expect(try processID(server) == process)

            _ = try ask(first, "create table kept as select 42 as number")
            try server.stop()
            #expect(try server.status() == .stopped)
            try server.stop()
            let second = try server.start()
            #expect(second == first)
            #expect(try processID(server) != process)
            #expect(try ask(second, "select number from kept") == "42")
        }
    }

    @Test func `status says process, start, version and size`() throws {
        try Scratch.with { scratch in
            let server = try scratch.server()
            let address = try server.start()
            guard case .running(let running) = try server.status() else {
                Issue.record("stopped")
                return
            }
            #expect(running.address == address)
            #expect(try ask(address, "show server_version").hasPrefix(running.version + "."))
            let start = "select extract(epoch from pg_postmaster_start_time())::bigint"
            let seconds = try #require(Double(try ask(address, start)))
            #expect(abs(running.startedAt.timeIntervalSince1970 - seconds) <= 2)
            let databases = try #require(
                Int(try ask(address, "select sum(pg_database_size(oid)) from pg_database")))
            #expect(running.dataBytes > databases)
            #expect(running.dataBytes < 100_000_000, "a fresh data folder is small")
        }
    }

    @Test func `settings of the person's own win over ours`() throws {
        try Scratch.with { scratch in
            let server = try scratch.server()
            #expect(try ask(try server.start(), "show work_mem") == "64MB")
            let custom = try scratch.folders().settings + "/custom.conf"
            try Data("work_mem = '65MB'\n".utf8).write(to: URL(fileURLWithPath: custom))
            try server.stop()
            #expect(try ask(try server.start(), "show work_mem") == "65MB")
        }
    }

    @Test func `destroy leaves nothing behind`() throws {
        try Scratch.with { scratch in
            let server = try scratch.server()
            let process = { try processID(server) }
            _ = try server.start()
            let folders = try scratch.folders()
            #expect(kill(try process(), 0) == 0)
            try server.destroy()
            #expect(!FileManager.default.fileExists(atPath: folders.home))
            #expect(try server.status() == .stopped)
            try server.destroy()
        }
    }

    @Test func `destroy spares files that are not the server's`() throws {
        try Scratch.with { scratch in
            let server = try scratch.server()
            _ = try server.start()
            let other = try scratch.folders().home + "/letters.txt"
            try Data("kept".utf8).write(to: URL(fileURLWithPath: other))
            try server.destroy()
            #expect(try readSmallFile(other) == "kept")
        }
    }

    @Test func `a broken setting is an error that quotes the log`() throws {
        try Scratch.with { scratch in
            let server = try scratch.server()
            _ = try server.start()
            try server.stop()
            let custom = try scratch.folders().settings + "/custom.conf"
            try Data("shared_buffers = 'lots'\n".utf8).write(to: URL(fileURLWithPath: custom))
            let error = try #require(startFailure(server))
            #expect(error.code == .serverNotStarted)
            #expect(error.detail?.contains("shared_buffers") == true)
            #expect(
                error.detail?.contains("ready to accept connections") == false, "only this attempt's lines")
        }
    }
}
