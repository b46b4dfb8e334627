import Answers
import ArgumentParser

struct LinearityCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "linearity",
        abstract: "Show how evenly bookings come, by week and month, against the company's own past.",
        discussion: """
            Examples:

              bellwether linearity --period last
              bellwether linearity --by person --period FY2026Q3
              bellwether linearity --team EMEA --format csv

            Weeks are sevens of days from the period's first day; those of past periods are told by how many
            come after them. Gini is 0 where each week books the same, and towards 1 where one books everything.
            """.asHelp)

    @OptionGroup var scope: ScopeOptions
    @Option(name: .long, help: "Lines down to: company, team or person.")
    var by: ForecastQuestion.Level = .team
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func run() throws {
        let session = try Session(database)
        let question = LinearityQuestion(scope: scope.scope, level: by)
        try Output.print(try question.answer(from: session.warehouse()), output)
    }
}
