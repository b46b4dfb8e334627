import Answers
import ArgumentParser

struct MissingCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "missing",
        abstract: "List every deal that is in no sum of its team and period, with the reason.",
        discussion: """
            Examples:

              bellwether missing --period FY2026Q4
              bellwether missing --team EMEA --as-of 2026-11-30
              bellwether missing --org as-is --format json

            Deals without an owner or a team, in an unmapped stage, without a close date, past due from earlier
            periods, without an amount or a plan rate. What is omitted or lost is summed, not listed. A deal with
            several reasons counts under each of them.
            """.asHelp)

    @OptionGroup var scope: ScopeOptions
    @Option(name: .long, help: "List so many deals at most; the sums count them all.")
    var limit: Int?
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit is a number from 1 on.") }
    }

    func run() throws {
        let session = try Session(database)
        let question = MissingQuestion(scope: scope.scope, limit: limit)
        try Output.print(try question.answer(from: session.warehouse()), output)
    }
}
