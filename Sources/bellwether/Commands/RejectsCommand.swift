import Answers
import ArgumentParser

struct RejectsCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "rejects",
        abstract: "List the rows that a load set aside, with file, line, column, value and reason.",
        discussion: """
            Examples:

              bellwether rejects
              bellwether rejects --load 12 --format csv

            Without an option: those of the newest attempt that set any aside, published or not.
            """.asHelp)

    @Option(name: .long, help: "Those of this load.")
    var load: Int?
    @Option(name: .long, help: "Those of this attempt, which may have been refused.")
    var attempt: Int?
    @Option(name: .long, help: "So many rows at most.")
    var limit = 50
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        if limit < 1 { throw ValidationError("--limit is a number from 1 on.") }
        if load != nil, attempt != nil { throw ValidationError("Give --load or --attempt, not both.") }
    }

    func run() throws {
        let session = try Session(database)
        let question = RejectsQuestion(load: load, attempt: attempt, limit: limit)
        try Output.print(try question.answer(from: session.warehouse()), output)
    }
}
