import ArgumentParser
import PrivateServer

/// `bellwether db start`.
struct DatabaseStart: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "start",
        abstract: "Start the private PostgreSQL, creating it the first time.",
        discussion: """
            Does nothing when it runs. The server goes on running when the command has ended.

            EXAMPLES
              bellwether db start
              BELLWETHER_PG_BIN=/usr/lib/postgresql/15/bin bellwether db start
            """.asHelp)

    func run() throws {
        let server = try DatabaseCommand.server()
        _ = try DatabaseCommand.start(server)
        try DatabaseStatus.show(server)
    }
}
