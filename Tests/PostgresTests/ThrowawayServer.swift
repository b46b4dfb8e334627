import Foundation
import Postgres

/// A PostgreSQL of the tests' own: on a Unix socket in a temporary folder, gone when the tests end.
final class ThrowawayServer: Sendable {
    static let shared = Result { try ThrowawayServer() }

    let folder: String
    private let binaries: String

    init() throws {
        binaries = try Self.findBinaries()
        // Short: the path of a socket has at most 103 bytes.
        folder = "/tmp/pg-\(getpid())-\(UInt32.random(in: 0...9999))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        if getuid() == 0 { try Self.run("/bin/chown", "postgres", folder) }
        try asServerUser(
            "initdb", "-D", "\(folder)/data", "-U", "tester", "-E", "UTF8", "--locale=C", "-A", "trust", "-N")
        let rule = "local all locked scram-sha-256\n"
        let rules = "\(folder)/data/pg_hba.conf"
        try (rule + String(contentsOfFile: rules, encoding: .utf8)).write(
            toFile: rules, atomically: false, encoding: .utf8)
        do {
            // A machine whose disk is busy may need longer than the usual minute.
            try asServerUser(
                "pg_ctl", "-w", "-t", "180", "-D", "\(folder)/data", "-l", "\(folder)/log", "-o",
                "-c listen_addresses='' -c unix_socket_directories='\(folder)' -c fsync=off -c max_connections=100",
                "start")
        } catch {
            let log = (try? String(contentsOfFile: "\(folder)/log", encoding: .utf8)) ?? "no log"
            throw ServerError(message: "\(error)\n\(log.suffix(2000))")
        }
        atexit { if case .success(let server) = ThrowawayServer.shared { server.stop() } }
    }

    func stop() {
        try? asServerUser("pg_ctl", "-D", "\(folder)/data", "-m", "immediate", "stop")
        try? FileManager.default.removeItem(atPath: folder)
    }

    // PostgreSQL refuses to run as root.
    private func asServerUser(_ program: String, _ arguments: String...) throws {
        let command = ["\(binaries)/\(program)"] + arguments
        if getuid() == 0 {
            try Self.run("/usr/sbin/runuser", ["-u", "postgres", "--"] + command)
        } else {
            try Self.run(command[0], Array(command.dropFirst()))
        }
    }

    private static func findBinaries() throws -> String {
        let files = FileManager.default
        let path = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        let installed = "/usr/lib/postgresql"
        let versions = ((try? files.contentsOfDirectory(atPath: installed)) ?? []).sorted().reversed()
        let folders =
            path + versions.map { "\(installed)/\($0)/bin" } + ["/opt/homebrew/bin", "/usr/local/bin"]
        for folder in folders where files.isExecutableFile(atPath: "\(folder)/initdb") { return folder }
        throw ServerError(message: "no initdb in PATH or under \(installed)")
    }

    private static func run(_ program: String, _ arguments: String...) throws {
        try run(program, arguments)
    }

    // Not by Foundation's Process: it waits for whoever has inherited its descriptors, and so for the server.
    private static func run(_ program: String, _ arguments: [String]) throws {
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
        #else
            var actions = posix_spawn_file_actions_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for output in [STDOUT_FILENO, STDERR_FILENO] {
            posix_spawn_file_actions_addopen(&actions, output, "/dev/null", O_WRONLY, 0)
        }
        var command = ([program] + arguments).map { strdup($0) } + [nil]
        defer { command.forEach { free($0) } }
        var pid: pid_t = 0
        var status: Int32 = 1
        if posix_spawn(&pid, program, &actions, nil, &command, environ) == 0 { waitpid(pid, &status, 0) }
        guard status == 0 else {
            throw ServerError(message: "\(program) \(arguments.joined(separator: " ")) failed")
        }
    }
}

struct ServerError: Error {
    let message: String
}
