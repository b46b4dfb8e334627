import Answers
import ArgumentParser
import Model

struct FindingsCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "findings",
        abstract: "Count what is loaded as it stands but needs a look: unknown owners, unmapped stages, …",
        discussion: """
            Examples:

              bellwether findings
              bellwether findings --as-of 2026-11-30 --format md

            The records themselves are rows of the view bellwether.finding.
            """.asHelp)

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The day to answer for, as 2026-11-30. Default: the newest snapshot.", valueName: "day"))
    var asOf: Day?
    @Option(
        name: .long,
        help: ArgumentHelp(
            "What the warehouse knew then: a load's number, a day or a time.", valueName: "load|time"))
    var asKnown: String?
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func run() throws {
        let session = try Session(database)
        try Output.print(
            try FindingsQuestion(asOf: asOf, asKnown: asKnown).answer(from: session.warehouse()), output)
    }
}
