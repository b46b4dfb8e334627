import Answers
import ArgumentParser
import Model

struct CurrencyCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "currency",
        abstract:
            "Show the currencies of a forecast, what it is worth at the day's rates, and what exchange moved.",
        discussion: """
            Examples:

              bellwether currency --period FY2026Q4
              bellwether currency --team EMEA --since 2026-11-30
              bellwether currency --by person --format csv

            Sums are at plan rates. The rate effect is what they are worth more at the market's rates of the day (kind
            daily): a column of its own, and part of no sales number. With --since both days are taken at the same plan
            rates, so that what rates did is told apart from what sales did. Deals in a currency without a rate are
            named one by one.
            """.asHelp)

    @OptionGroup var scope: ScopeOptions
    @Option(name: .long, help: "Lines down to: company, team or person.")
    var by: ForecastQuestion.Level = .team
    @Option(name: .long, help: ArgumentHelp("Compare with this earlier day.", valueName: "day"))
    var since: Day?
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func run() throws {
        let session = try Session(database)
        let question = CurrencyQuestion(scope: scope.scope, level: by, since: since)
        try Output.print(try question.answer(from: session.warehouse()), output)
    }
}
