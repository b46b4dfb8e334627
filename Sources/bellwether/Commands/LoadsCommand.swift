import Answers
import ArgumentParser

struct LoadsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "loads",
        abstract: "List what was loaded, the newest first.",
        discussion: """
            Examples:

              bellwether loads
              bellwether loads --limit 100 --format csv
            """)

    @Option(name: .long, help: "So many loads at most.")
    var limit = 20
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        if limit < 1 { throw ValidationError("--limit is a number from 1 on.") }
    }

    func run() throws {
        let session = try Session(database)
        Output.print(try LoadsQuestion(limit: limit).answer(from: session.warehouse()), output)
    }
}
