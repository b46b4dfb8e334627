import Answers
import ArgumentParser

struct MissCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "miss",
        abstract: "Show why a call missed: from what was called in a week to what closed, deal by deal.",
        discussion: """
            Examples:

              bellwether miss --period last --week 10
              bellwether miss --period FY2026Q3 --week 8 --team EMEA
              bellwether miss --period this --week 2 --by person --limit 40

            From the call that stood at the end of the week: less the judgement that no deal bore out, less what slipped,
            was lost or closed for less, plus what was won from outside commit, comes to what was closed when the period
            was frozen; before that, so far. Each node adds up to the cent; where one does not, the command ends with 4.
            """.asHelp)

    @OptionGroup var scope: ScopeOptions
    @Option(
        name: .long, help: ArgumentHelp("The week of the period whose last day's call is traced, from 1."))
    var week: Int
    @Option(name: .long, help: "Lines down to: company, team or person.")
    var by: ForecastQuestion.Level = .team
    @Option(name: .long, help: "List so many deals at most; the sums count them all.")
    var limit = 20
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        if limit < 1 { throw ValidationError("--limit is a number from 1 on.") }
    }

    func run() throws {
        let session = try Session(database)
        let question = MissQuestion(scope: scope.scope, week: week, level: by, limit: limit)
        let traced = try question.trace(session.warehouse())
        try Output.print(traced.answer, output)
        if let failure = traced.failure { throw failure }
    }
}
