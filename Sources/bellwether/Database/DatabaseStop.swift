import ArgumentParser
import PrivateServer

/// `bellwether db stop`.
struct DatabaseStop: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stop",
        abstract: "Stop the private PostgreSQL, ending open sessions; data stay.",
        discussion: """
            Does nothing when it does not run. The next command that needs it starts it again.

            EXAMPLES
              bellwether db stop
            """.asHelp)

    func run() throws {
        let server = try DatabaseCommand.server()
        try server.stop()
        print("The private PostgreSQL in \(server.home) is stopped.")
    }
}
