import ArgumentParser
import Foundation
import PrivateServer

/// `bellwether db status`.
struct DatabaseStatus: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Say whether the private PostgreSQL runs.",
        discussion: """
            Ends with 0 when it runs and with 1 when it is stopped. Starts nothing.

            EXAMPLES
              bellwether db status
              bellwether db status >/dev/null || echo stopped
            """.asHelp)

    func run() throws {
        if try !Self.show(DatabaseCommand.server()) { throw ExitCode.failure }
    }

    /// Prints how the server is, and returns whether it runs.
    @discardableResult
    static func show(_ server: PrivateServer) throws -> Bool {
        guard case .running(let running) = try server.status() else {
            print("The private PostgreSQL in \(server.home) is stopped.")
            return false
        }
        let megabytes = (running.dataBytes + 500_000) / 1_000_000
        print(
            """
            The private PostgreSQL \(running.version) is running.
              home     \(server.home)
              process  \(running.processID), since \(running.startedAt.formatted(.iso8601))
              data     \(megabytes) MB
              socket   \(running.address.socketDirectory)
            """)
        return true
    }
}
