import Answers
import ArgumentParser

struct CoverageCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "coverage",
        abstract: "Say whether what is open is enough, by the company's own past.",
        discussion: """
            Examples:

              bellwether coverage
              bellwether coverage --period next --by person
              bellwether coverage --period next --as-of 2026-11-30 --format json

            What is open against what is left of the budget, else of the quota. “Usual” is the median of the
            last eight periods on the day as far before their end; “Required” is what was open then against what
            of it was won. What deals created later booked stands apart. Once the plan is met there is nothing
            to cover.
            """.asHelp)

    @OptionGroup var scope: ScopeOptions
    @Option(name: .long, help: "Lines down to: company, team or person.")
    var by: ForecastQuestion.Level = .team
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func run() throws {
        let session = try Session(database)
        let question = CoverageQuestion(scope: scope.scope, level: by)
        try Output.print(try question.answer(from: session.warehouse()), output)
    }
}
