import Answers
import ArgumentParser

struct WeeklyCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "weekly",
        abstract: "Report the week: meetings held, deals progressed, pipeline and forecast.",
        discussion: """
            Examples:

              bellwether weekly
              bellwether weekly --by person --team East
              bellwether weekly --as-of 2026-11-30 --weeks 8

            A week is the seven days up to the day asked for, so that it is never half a week. Deals progress
            when they go to a later stage or are won. The pipeline is all that is open, whenever it closes; the
            forecast is the period's call, else closed + commit.
            """.asHelp)

    @OptionGroup var scope: ScopeOptions
    @Option(name: .long, help: "Lines down to: company, team or person.")
    var by: ForecastQuestion.Level = .team
    @Option(name: .long, help: "So many weeks beside each other.")
    var weeks = 5
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        if !(1...53).contains(weeks) { throw ValidationError("--weeks is a number from 1 to 53.") }
    }

    func run() throws {
        let session = try Session(database)
        let question = WeeklyQuestion(scope: scope.scope, level: by, weeks: weeks)
        try Output.print(try question.answer(from: session.warehouse()), output)
    }
}
