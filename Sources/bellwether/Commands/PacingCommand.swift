import Answers
import ArgumentParser

struct PacingCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "pacing",
        abstract: "Compare closed, commit, best case and pipeline with the same day of past periods.",
        discussion: """
            Examples:

              bellwether pacing
              bellwether pacing --by team --period FY2026Q4
              bellwether pacing --team EMEA --as-of 2026-11-30 --format csv

            The same day is the one as far before a period's end. “of landing” is what it was then against what
            the period landed at. A period of whose state on that day nothing is known is left out, and named.
            What was called on that day stands beside what came of it.
            """.asHelp)

    @OptionGroup var scope: ScopeOptions
    @Option(name: .long, help: "Lines down to: company, team or person.")
    var by: ForecastQuestion.Level = .company
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func run() throws {
        let session = try Session(database)
        let question = PacingQuestion(scope: scope.scope, level: by)
        try Output.print(try question.answer(from: session.warehouse()), output)
    }
}
