import Foundation
import Model
import Testing

@testable import PrivateServer

/// A folder for one test, with the servers below it; gone afterwards.
struct Scratch {
    /// Short, without links, and open to the server's user where root runs the tests.
    let folder: String

    /// Runs a test in a folder of its own.
    static func with(_ test: (Scratch) throws -> Void) throws {
        var template = Array("/tmp/bw-XXXXXX".utf8CString)
        let made = try #require(mkdtemp(&template).map { String(cString: $0) })
        let resolved = try #require(realpath(made, nil))
        defer { free(resolved) }
        let scratch = Scratch(folder: String(cString: resolved))
        chmod(scratch.folder, 0o755)
        defer { scratch.remove() }
        try test(scratch)
    }

    /// A server in a folder of that name.
    func server(_ name: String = "home", environment: [String: String] = searchPath) throws(BellwetherError)
        -> PrivateServer
    {
        try PrivateServer(home: folder + "/" + name, environment: environment, settings: .throwaway)
    }

    /// The folders of a home that exists.
    func folders(_ name: String = "home") throws -> ServerFolders {
        try #require(try ServerFolders.existing(home: folder + "/" + name))
    }

    private func remove() {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names where FileManager.default.fileExists(atPath: "\(folder)/\(name)/postgres") {
            try? server(name).destroy()
        }
        try? FileManager.default.removeItem(atPath: folder)
    }
}

/// Where the tests look for PostgreSQL: as whoever runs them.
let searchPath = ProcessInfo.processInfo.environment.filter {
    ["PATH", "BELLWETHER_PG_BIN"].contains($0.key)
}

let isRoot = geteuid() == 0

/// What one statement gives, as psql prints it without decoration.
func ask(_ address: ServerAddress, _ statement: String) throws -> String {
    let client = try PrivateServer(home: "/nowhere", environment: searchPath).client()
    let outcome = try Subprocess.run([client, address.url, "-XAtc", statement])
    try #require(outcome.status == 0, "\(outcome.output)")
    return outcome.output.trimmingCharacters(in: .newlines)
}

/// The process id of a server that must be running.
func processID(_ server: PrivateServer) throws -> Int32 {
    guard case .running(let running) = try server.status() else {
        Issue.record("the server is stopped")
        return -1
    }
    return running.processID
}

/// Kills a server's first process, as a power cut would; its sessions may live on.
func killServer(_ server: PrivateServer) throws {
    let process = try processID(server)
    kill(process, SIGKILL)
    // The call returns before the process is gone.
    while !Subprocess.hasEnded(process) { usleep(1000) }
}

/// The error that an action throws.
func failure(_ action: () throws(BellwetherError) -> Void) -> BellwetherError? {
    do throws(BellwetherError) {
        try action()
        return nil
    } catch {
        return error
    }
}

/// The error with which a server does not start.
func startFailure(_ server: PrivateServer) -> BellwetherError? {
    failure { () throws(BellwetherError) in _ = try server.start() }
}

/// The command line as it was built beside the tests.
enum Tool {
    static var path: String {
        let bundle = Bundle.allBundles.map(\.bundlePath).first { $0.hasSuffix(".xctest") }
        let folder = bundle.map { ($0 as NSString).deletingLastPathComponent } ?? Bundle.main.bundlePath
        return folder + "/bellwether"
    }

    /// Runs a shell line in which `$bellwether` is the tool and `$BELLWETHER_HOME` a folder.
    ///
    /// Its output goes through a file: a server that held a pipe open would hang the tests.
    static func shell(
        _ line: String, home: String, tool: String = path, as account: ServerAccount? = nil
    ) throws -> (status: Int32, output: String) {
        var template = Array("/tmp/bw-output-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        let file = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } } ?? ""
        defer {
            close(descriptor)
            unlink(file)
        }
        if let account { chown(file, account.userID, account.groupID) }
        let variables = searchPath.map { "\($0.key)=\($0.value)" }
        let outcome = try Subprocess.run(
            ["/usr/bin/env", "BELLWETHER_HOME=\(home)", "bellwether=\(tool)", "output=\(file)"] + variables
                + ["/bin/sh", "-c", "exec >\"$output\" 2>&1\n" + line],
            as: account)
        return (try #require(outcome.status), try #require(try readSmallFile(file)))
    }
}
