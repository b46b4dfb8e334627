import ArgumentParser
import PrivateServer

/// `bellwether db url`.
struct DatabaseURL: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "url",
        abstract: "Print the private PostgreSQL's URL and nothing else.",
        discussion: """
            Starts the server first, so that the URL can be used at once by whatever speaks libpq.

            EXAMPLES
              bellwether db url
              pg_dump --format=custom --file=warehouse.dump "$(bellwether db url)"
            """.asHelp)

    func run() throws {
        print(try DatabaseCommand.start(DatabaseCommand.server()).url)
    }
}
