import Answers
import ArgumentParser

struct ConcentrationCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "concentration",
        abstract: "Show how much of commit hangs on how few deals, accounts and people.",
        discussion: """
            Examples:

              bellwether concentration
              bellwether concentration --by person --limit 10
              bellwether concentration --period next --format json

            “To miss” is how many of the largest deals in commit it takes, when they are lost, to drop closed +
            commit below the plan or the call: 0 when it is below already.
            """.asHelp)

    @OptionGroup var scope: ScopeOptions
    @Option(name: .long, help: "Lines down to: company, team or person.")
    var by: ForecastQuestion.Level = .team
    @Option(
        name: .long,
        help: ArgumentHelp("How many deals, accounts and people are listed.", valueName: "count"))
    var limit: Int = 5
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit is a number from 1 on.") }
    }

    func run() throws {
        let session = try Session(database)
        let question = ConcentrationQuestion(scope: scope.scope, level: by, limit: limit)
        try Output.print(try question.answer(from: session.warehouse()), output)
    }
}
