import Answers
import ArgumentParser
import Model

struct AttainmentCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "attainment",
        abstract: "Show what is closed of the quotas, and how many people carry the number.",
        discussion: """
            Examples:

              bellwether attainment --period FY2026Q3
              bellwether attainment --by person --team EMEA
              bellwether attainment --ramp 0.5 --format json

            People count by the quota of the days on which they are there: 100 % and more, 70 to 100, below.
            Those who are ramping stand apart. “Quota of budget” above 100 % says that more is asked for than
            planned.
            """.asHelp)

    @OptionGroup var scope: ScopeOptions
    @Option(name: .long, help: "Lines down to: company, team or person.")
    var by: ForecastQuestion.Level = .team
    @OptionGroup var ramped: RampOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func run() throws {
        let session = try Session(database)
        let question = AttainmentQuestion(scope: scope.scope, level: by, ramp: ramped.ramp)
        try Output.print(try question.answer(from: session.warehouse()), output)
    }
}
