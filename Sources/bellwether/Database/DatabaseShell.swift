import ArgumentParser
import Foundation
import Model
import PrivateServer

/// `bellwether db psql`.
struct DatabaseShell: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "psql",
        abstract: "Open psql on the private PostgreSQL.",
        usage: "bellwether db psql [<psql arguments> ...]",
        discussion: """
            Starts the server first. Everything after the word psql goes to psql.

            EXAMPLES
              bellwether db psql
              bellwether db psql -c 'select version()'
              bellwether db psql --csv -f question.sql
              PGOPTIONS='-c bellwether.as_of=2026-03-03' bellwether db psql
            """.asHelp)

    @Argument(parsing: .captureForPassthrough, help: "Arguments for psql.")
    var arguments: [String] = []

    func run() throws {
        if arguments.contains("--help") { throw CleanExit.helpRequest(self) }
        let server = try DatabaseCommand.server()
        let address = try DatabaseCommand.start(server)
        let client = try server.client()
        try become(client, arguments, environment: Self.environment(for: address))
    }

    /// Our environment with this server in place of any other that it names.
    ///
    /// Not a URL among the arguments: the person's own `-d` or `-U` shall win.
    private static func environment(for address: ServerAddress) -> [String: String] {
        var variables = ProcessInfo.processInfo.environment.filter { name, _ in
            !name.hasPrefix("PG") || name == "PGOPTIONS"
        }
        variables["PGHOST"] = address.socketDirectory
        variables["PGPORT"] = String(address.port)
        variables["PGUSER"] = address.user
        variables["PGDATABASE"] = address.database
        return variables
    }

    /// Replaces this process, so that psql has the terminal and Ctrl-C to itself.
    private func become(
        _ executable: String, _ arguments: [String], environment: [String: String]
    ) throws(BellwetherError) {
        let words = ([executable] + arguments).map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        signal(SIGPIPE, SIG_DFL)
        execve(executable, words, variables)
        throw BellwetherError(
            .serverBinariesMissing, "\(executable) cannot be run: \(String(cString: strerror(errno)))")
    }
}
