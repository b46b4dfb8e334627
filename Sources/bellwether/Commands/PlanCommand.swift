import Answers
import ArgumentParser
import Model

extension PlanQuestion.Level: ExpressibleByArgument {}

struct PlanCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Show quota, budget, target and guidance, and whether more is asked for than planned.",
        discussion: """
            Examples:

              bellwether plan --period FY2026Q4
              bellwether plan --period next --by line
              bellwether plan --team EMEA --by person --ramp 0.5 --format csv

            “Quotas of people” is what people are asked for one by one, beside the quota of the node itself and its
            budget. “Prorated” counts each of these quotas by the days of the period on which the person is there. A
            plan for a year alone is never divided into quarters: a warning names it.
            """.asHelp)

    @OptionGroup var scope: ScopeOptions
    @Option(name: .long, help: "Lines down to: company, team or person; line for the parts of the business.")
    var by: PlanQuestion.Level = .team
    @Option(name: .long, help: "What is planned, as the files call it.")
    var measure: String = PlanLine.bookings
    @OptionGroup var ramped: RampOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func run() throws {
        let session = try Session(database)
        let question = PlanQuestion(scope: scope.scope, level: by, measure: measure, ramp: ramped.ramp)
        try Output.print(try question.answer(from: session.warehouse()), output)
    }
}
