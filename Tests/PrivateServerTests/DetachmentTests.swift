import Foundation
import Model
import Testing

@testable import PrivateServer

/// The server holds on to nothing of whoever started it, and lets nobody in.
@Suite struct DetachmentTests {
    @Test func `a pipe from the command that started the server ends with the command`() throws {
        try Scratch.with { scratch in
            // Standard output, standard error, and a descriptor that the caller left open.
            let line = "timeout 60 sh -c '$bellwether db start 2>&1 7>&1 | cat'"
            let outcome = try Tool.shell("export bellwether; " + line, home: scratch.folder + "/home")
            #expect(outcome.status == 0, "124 means that the server kept the pipe open")
            #expect(outcome.output.contains("is running"))
            #expect(try processID(try scratch.server()) > 0)
        }
    }

    @Test func `a caller without standard descriptors is no trouble`() throws {
        try Scratch.with { scratch in
            let home = scratch.folder + "/home"
            let outcome = try Tool.shell("$bellwether db start <&- >&- 2>&-", home: home)
            #expect(outcome.status == 0)
            #expect(try processID(try scratch.server()) > 0)
        }
    }

    @Test func `the server has a session of its own, out of reach of Ctrl-C`() throws {
        try Scratch.with { scratch in
            let server = try scratch.server()
            _ = try server.start()
            let process = try processID(server)
            #expect(getsid(process) == process)
            #expect(getpgid(process) == process)
        }
    }

    #if os(Linux)
        @Test func `no process of the server listens on the network`() throws {
            try Scratch.with { scratch in
                let server = try scratch.server()
                let address = try server.start()
                #expect(try ask(address, "show listen_addresses") == "")
                let process = try processID(server)
                let own = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd")
                    .compactMap {
                        try? FileManager.default.destinationOfSymbolicLink(
                            atPath: "/proc/\(process)/fd/\($0)")
                    }
                #expect(own.contains { $0.hasPrefix("socket:") }, "the Unix socket")
                for table in ["/proc/net/tcp", "/proc/net/tcp6"] {
                    let text = try #require(try readSmallFile(table))
                    for line in text.split(separator: "\n").dropFirst() {
                        let fields = line.split(separator: " ")
                        // Field 3 is the state, 0A to listen; field 9 the socket's number.
                        if fields[3] == "0A" { #expect(!own.contains("socket:[\(fields[9])]")) }
                    }
                }
            }
        }
    #endif

    @Test func `folders are closed to others`() throws {
        try Scratch.with { scratch in
            _ = try scratch.server().start()
            let folders = try scratch.folders()
            for (path, mode) in [
                (folders.home, isRoot ? mode_t(0o710) : 0o700), (folders.data, 0o700),
                (folders.sockets, 0o700), (folders.log, 0o600),
            ] {
                var found = stat()
                #expect(stat(path, &found) == 0)
                #expect(found.st_mode & 0o777 == mode, "\(path)")
            }
        }
    }

    @Test(.enabled(if: isRoot)) func `an ordinary user runs a server, and another one cannot reach it`()
        throws
    {
        try Scratch.with { scratch in
            let user = try #require(SystemUser(name: "nobody"))
            let nobody = ServerAccount(name: user.name, userID: user.id, groupID: user.groupID)
            let tool = scratch.folder + "/bellwether"
            try FileManager.default.copyItem(atPath: Tool.path, toPath: tool)
            chmod(tool, 0o755)
            let place = scratch.folder + "/nobody"
            mkdir(place, 0o755)
            chown(place, user.id, user.groupID)
            let home = place + "/home"
            defer { _ = try? Tool.shell("$bellwether db stop", home: home, tool: tool, as: nobody) }

            let line = "$bellwether db psql -XAtc 'select current_user' && $bellwether db status"
            let outcome = try Tool.shell(line, home: home, tool: tool, as: nobody)
            #expect(outcome.status == 0)
            #expect(outcome.output.contains("\nbellwether\n"))
            var found = stat()
            #expect(stat(home + "/postgres", &found) == 0)
            #expect(found.st_uid == user.id)

            // Another user who has the address, and even root, whom the server does not know.
            let address = ServerAddress(socketDirectory: home + "/run")
            let client = try PrivateServer(home: home, environment: searchPath).client()
            let other = try ServerAccount.choose(dataFolder: "/nowhere")
            #expect(try Subprocess.run([client, address.url, "-c", "select 1"], as: other).status == 2)
            let root = try Subprocess.run([client, address.url, "-c", "select 1"])
            #expect(root.status == 2)
            #expect(root.output.contains("Peer authentication failed"))
        }
    }
}
