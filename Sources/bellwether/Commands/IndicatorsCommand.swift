import Answers
import ArgumentParser

struct IndicatorsCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "indicators",
        abstract: "Show the leading indicators: velocity, volume, data quality, predictability.",
        discussion: """
            Examples:

              bellwether indicators
              bellwether indicators --team East --by person
              bellwether indicators --person 'Maya Lindqvist' --weeks 2

            Each line is what it is now, how it changed against the window before, and between what it lay in the
            windows before that. `bellwether metrics show` says what a line means.
            """.asHelp)

    @OptionGroup var scope: ScopeOptions
    @Option(name: .long, help: "Nodes down to: company, team or person.")
    var by: ForecastQuestion.Level = .team
    @Option(name: .long, help: "So many weeks make a window.")
    var weeks = 4
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        if !(1...26).contains(weeks) { throw ValidationError("--weeks is a number from 1 to 26.") }
    }

    func run() throws {
        let session = try Session(database)
        let question = IndicatorsQuestion(scope: scope.scope, level: by, weeks: weeks)
        try Output.print(try question.answer(from: session.warehouse()), output)
    }
}
