import Answers
import ArgumentParser

struct LossesCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "losses",
        abstract: "Show why deals were not won, against whom, from which stage, and what no decision costs.",
        discussion: """
            Examples:

              bellwether losses --period FY2026
              bellwether losses --period last --team EMEA --by person
              bellwether losses --period all --format csv

            Counted are deals with a close date in the period. A reason is the review's where there was one, else the
            seller's. Silent deals are open and older than nearly all others were when they ended: shown apart, in no rate.
            """.asHelp)

    @OptionGroup var scope: ScopeOptions
    @Option(name: .long, help: "Lines down to: company, team or person.")
    var by: ForecastQuestion.Level = .team
    @Option(
        name: .long,
        help: ArgumentHelp("How many reasons, competitors and pairs are listed.", valueName: "count"))
    var limit: Int = 10
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit is a number from 1 on.") }
    }

    func run() throws {
        let session = try Session(database)
        let question = LossesQuestion(scope: scope.scope, level: by, limit: limit)
        try Output.print(try question.answer(from: session.warehouse()), output)
    }
}
