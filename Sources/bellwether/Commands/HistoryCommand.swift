import Answers
import ArgumentParser

struct HistoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Show the past that was made from a CRM's own history export.",
        discussion: """
            Examples:

              bellwether history
              bellwether history differences --limit 20
            """.asHelp,
        subcommands: [HistoryListCommand.self, HistoryDifferencesCommand.self],
        defaultSubcommand: HistoryListCommand.self)
}

struct HistoryListCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the pasts, a row a source: from when, how much, what is assumed, what disagrees.",
        discussion: """
            Examples:

              bellwether history
              bellwether history --format csv

            The past is that of the days before the first full snapshot of the deals; from then on the history is
            compared with the snapshots, and what disagrees is listed by `bellwether history differences`.
            """.asHelp)

    @OptionGroup var known: KnownOption
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func run() throws {
        let session = try Session(database)
        try Output.print(
            try HistoryQuestion(asKnown: known.asKnown).answer(from: session.warehouse()), output)
    }
}

struct HistoryDifferencesCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "differences",
        abstract: "List where a CRM's own history disagrees with itself or with the snapshots.",
        discussion: """
            Examples:

              bellwether history differences
              bellwether history differences --limit 1000 --format csv

            snapshot_differs: the last told value is not that of the snapshot. chain_broken: a change says that
            something else was before it than the change before says. record_unknown: a record that no snapshot has.
            deleted_but_present: a record that was deleted, and is in the snapshot. The snapshot counts.
            """.asHelp)

    @Option(name: .long, help: "So many rows at most.")
    var limit = 50
    @OptionGroup var known: KnownOption
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        if limit < 1 { throw ValidationError("--limit is a number from 1 on.") }
    }

    func run() throws {
        let session = try Session(database)
        let question = HistoryDifferencesQuestion(limit: limit, asKnown: known.asKnown)
        try Output.print(try question.answer(from: session.warehouse()), output)
    }
}

/// The clock of what was known, for questions that no day belongs to.
struct KnownOption: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "What the warehouse knew then: a load's number, a day or a time.", valueName: "load|time"))
    var asKnown: String?
}
