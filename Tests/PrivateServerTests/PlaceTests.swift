import Foundation
import Model
import Testing

@testable import PrivateServer

/// Where a server may live, and where not.
@Suite struct PlaceTests {
    @Test(arguments: [" one two'three\"", "com,ma", "Üm läut 東京 #%=&;", "dollar$HOME `x` back\\slash"])
    func `any name of a folder works`(name: String) throws {
        try Scratch.with { scratch in
            let server = try scratch.server(name)
            let address = try server.start()
            #expect(try ask(address, "select 1") == "1")
            // By keywords as well as by URL.
            let words = address.keywords.map { "\($0.key)='\(escaped($0.value))'" }.joined(separator: " ")
            let outcome = try Subprocess.run([try server.client(), words, "-XAtc", "select 2"])
            #expect(outcome.output == "2\n")
            try server.stop()
            #expect(try server.status() == .stopped)
        }
    }

    private func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
    }

    @Test func `a path too long for a socket moves the socket, and nothing else`() throws {
        try Scratch.with { scratch in
            let name = String(repeating: "long", count: 30)
            let server = try scratch.server(name)
            let address = try server.start()
            #expect(address.socketDirectory.hasPrefix("/tmp/bellwether-"))
            #expect(try ask(address, "select 1") == "1")
            var found = stat()
            #expect(lstat(address.socketDirectory, &found) == 0)
            #expect(found.st_mode & 0o777 == 0o700)
            try server.destroy()
            #expect(!FileManager.default.fileExists(atPath: address.socketDirectory))
        }
    }

    @Test func `the longest path that fits keeps its socket at home`() throws {
        // 107 bytes on Linux and 103 on macOS, less "/run/.s.PGSQL.5432".
        let longest = SocketFolder.longestSocketPath - 18
        #if os(Linux)
            #expect(longest == 89)
        #endif
        let fits = ServerFolders(home: "/" + String(repeating: "x", count: longest - 1))
        #expect(SocketFolder.path(fits, owner: 7) == fits.sockets)
        let tooLong = ServerFolders(home: fits.home + "x")
        #expect(SocketFolder.path(tooLong, owner: 7).hasPrefix("/tmp/bellwether-7-"))
        // Bytes count, not letters.
        let letters = ServerFolders(home: "/" + String(repeating: "ü", count: longest - 1))
        #expect(SocketFolder.path(letters, owner: 7).hasPrefix("/tmp/bellwether-7-"))
    }

    @Test func `a link in the place of the short socket folder is refused`() throws {
        try Scratch.with { scratch in
            let home = scratch.folder + "/" + String(repeating: "long", count: 30)
            let account = try ServerAccount.choose(dataFolder: home)
            let path = SocketFolder.path(ServerFolders(home: home), owner: account.userID)
            symlink(scratch.folder, path)
            defer { unlink(path) }
            let error = failure { () throws(BellwetherError) in
                _ = try PrivateServer(home: home, environment: searchPath, settings: .throwaway).start()
            }
            #expect(error?.code == .serverDataUnusable)
            #expect(error?.message.contains(path) == true)
        }
    }

    @Test(.enabled(if: isRoot)) func `a short socket folder of somebody else is refused`() throws {
        try Scratch.with { scratch in
            let nobody = try #require(SystemUser(name: "nobody"))
            let account = try ServerAccount.choose(dataFolder: "/nowhere")
            let path = scratch.folder + "/sockets"
            mkdir(path, 0o700)
            chown(path, nobody.id, nobody.groupID)
            let error = failure { () throws(BellwetherError) in try SocketFolder.prepare(path, for: account) }
            #expect(error?.message.contains("belongs to user id \(nobody.id)") == true)
        }
    }

    @Test(.enabled(if: isRoot)) func `a home behind a closed folder is refused, naming that folder`() throws {
        try Scratch.with { scratch in
            let closed = scratch.folder + "/closed"
            mkdir(closed, 0o700)
            let error = startFailure(try scratch.server("closed/deep/home"))
            #expect(error?.code == .serverDataUnusable)
            #expect(error?.message.hasSuffix("who cannot enter \(closed)") == true)
            #expect(error?.hint?.contains("BELLWETHER_HOME=/var/lib/bellwether") == true)
            let content = try FileManager.default.contentsOfDirectory(atPath: closed)
            #expect(content.isEmpty, "nothing was made")
            var found = stat()
            stat(closed, &found)
            #expect(found.st_mode & 0o777 == 0o700, "nothing was opened")
        }
    }

    @Test func `a home that everyone may write to is refused`() throws {
        try Scratch.with { scratch in
            mkdir(scratch.folder + "/home", 0o700)
            chmod(scratch.folder + "/home", 0o777)
            let error = startFailure(try scratch.server())
            #expect(error?.code == .serverDataUnusable)
            #expect(error?.message.contains("everyone may write") == true)
        }
    }

    @Test(.enabled(if: isRoot)) func `a home of somebody else is refused`() throws {
        try Scratch.with { scratch in
            let nobody = try #require(SystemUser(name: "nobody"))
            mkdir(scratch.folder + "/home", 0o755)
            chown(scratch.folder + "/home", nobody.id, nobody.groupID)
            let error = startFailure(try scratch.server())
            #expect(error?.message.hasSuffix("/home belongs to nobody") == true)
        }
    }

    @Test func `a folder of other files is not taken for data`() throws {
        try Scratch.with { scratch in
            let data = scratch.folder + "/home/postgres"
            try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
            try Data("x".utf8).write(to: URL(fileURLWithPath: data + "/letters.txt"))
            try giveToServer(data)
            let error = startFailure(try scratch.server())
            #expect(error?.code == .serverDataUnusable)
            #expect(error?.message.contains("is not a PostgreSQL data folder") == true)
            #expect(try readSmallFile(data + "/letters.txt") == "x")
        }
    }

    @Test func `data of another version are an error that names both`() throws {
        try Scratch.with { scratch in
            let data = scratch.folder + "/home/postgres"
            try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
            try Data("14\n".utf8).write(to: URL(fileURLWithPath: data + "/PG_VERSION"))
            try giveToServer(data)
            let installed = try ServerBinaries.find(for: nil, environment: searchPath).version
            let error = startFailure(try scratch.server())
            #expect(error?.code == .serverDataUnusable)
            #expect(error?.message.contains("PostgreSQL 14,") == true)
            #expect(error?.message.contains(installed) == true)
            #expect(error?.hint?.contains("postgresql-14") == true || error?.hint?.contains("@14") == true)
        }
    }

    private func giveToServer(_ path: String) throws {
        let account = try ServerAccount.choose(dataFolder: "/nowhere")
        if !account.isSelf { chown(path, account.userID, account.groupID) }
    }

    @Test func `a file in the place of the home folder is refused`() throws {
        try Scratch.with { scratch in
            try Data("x".utf8).write(to: URL(fileURLWithPath: scratch.folder + "/home"))
            #expect(startFailure(try scratch.server())?.message.hasSuffix("/home is not a folder") == true)
            #expect(startFailure(try scratch.server("home/in"))?.code == .serverDataUnusable)
        }
    }

    @Test func `a line break in the folder's name is refused`() {
        let error = failure { () throws(BellwetherError) in
            _ = try PrivateServer(home: "/tmp/a\nb", environment: [:])
        }
        #expect(error?.code == .serverDataUnusable)
    }

    @Test func `home follows the environment`() {
        func home(_ environment: [String: String], isRoot: Bool = false, userHome: String? = nil) -> String? {
            HomeFolder.path(environment: environment, isRoot: isRoot, userHome: userHome)
        }
        #expect(home(["BELLWETHER_HOME": "/data/b", "HOME": "/home/eva"]) == "/data/b")
        #expect(home(["BELLWETHER_HOME": "/data/b"], isRoot: true) == "/data/b")
        #expect(home(["HOME": "/root"], isRoot: true) == "/var/lib/bellwether")
        #expect(home([:]) == nil)
        #if !os(macOS)
            #expect(home(["HOME": "/home/eva"]) == "/home/eva/.local/share/bellwether")
            #expect(
                home(["BELLWETHER_HOME": "", "HOME": "/home/eva"]) == "/home/eva/.local/share/bellwether")
            #expect(home(["XDG_DATA_HOME": "/xdg", "HOME": "/home/eva"]) == "/xdg/bellwether")
            #expect(
                home(["XDG_DATA_HOME": "relative", "HOME": "/home/eva"])
                    == "/home/eva/.local/share/bellwether")
            #expect(home([:], userHome: "/home/eva") == "/home/eva/.local/share/bellwether")
        #endif
    }
}
