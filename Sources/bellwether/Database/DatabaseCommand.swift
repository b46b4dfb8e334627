import ArgumentParser
import Foundation
import Model
import PrivateServer

/// `bellwether db`: the private PostgreSQL.
struct DatabaseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "db",
        abstract: "Start, stop and look at the private PostgreSQL.",
        discussion: """
            With no server configured, bellwether runs a PostgreSQL of its own from the machine's
            installed binaries. Other commands start it when they need it. It lives in
            BELLWETHER_HOME, else in your data folder, and is reached through a Unix socket only.

            EXAMPLES
              bellwether db status
              bellwether db psql
              BELLWETHER_HOME=/data/bellwether bellwether db start
            """.asHelp,
        subcommands: [
            DatabaseStart.self, DatabaseStop.self, DatabaseStatus.self, DatabaseURL.self, DatabaseShell.self,
        ])

    /// The server of the person who runs us.
    static func server() throws(BellwetherError) -> PrivateServer {
        var environment = ProcessInfo.processInfo.environment
        let configuration = try Configuration.load(environment: environment)
        if environment["BELLWETHER_HOME", default: ""].isEmpty {
            environment["BELLWETHER_HOME"] = configuration.home
        }
        return try PrivateServer(environment: environment)
    }

    /// Starts the server, telling standard error what takes a moment.
    static func start(_ server: PrivateServer) throws(BellwetherError) -> ServerAddress {
        // Standard error may be closed, which is no reason to fail.
        try server.start { try? FileHandle.standardError.write(contentsOf: Data("\($0)\n".utf8)) }
    }
}
