import Answers
import ArgumentParser
import Model

struct PeriodsCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "periods",
        abstract: "List fiscal periods: their days, how many are left, and when they are frozen.",
        discussion: """
            Examples:

              bellwether periods
              bellwether periods --period FY2026 --by month
              bellwether periods --last 8 --next 0 --as-of 2026-11-30

            The calendar is that of the company's record: months, weeks (445, 454, 544) or a loaded table. Business days
            are Monday to Friday less the loaded holidays that hold everywhere.
            """.asHelp)

    @OptionGroup var clocks: ClockOptions
    @Option(
        name: .long,
        help: ArgumentHelp(
            "List what this period is made of: FY2026, FY2026Q4, next … Default: those around the day.",
            valueName: "period"))
    var period: String = "this"
    @Option(name: .long, help: "How long they are: year, quarter, month or week.")
    var by: PeriodGrain?
    @Option(name: .long, help: "How many before the one that holds the day.")
    var last: Int = 4
    @Option(name: .long, help: "How many after it.")
    var next: Int = 2
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    /// The grains that can be listed.
    enum PeriodGrain: String, ExpressibleByArgument, CaseIterable {
        case year, quarter, month, week
    }

    func validate() throws {
        guard (0...400).contains(last), (0...400).contains(next) else {
            throw ValidationError("--last and --next are numbers from 0 to 400.")
        }
    }

    func run() throws {
        let session = try Session(database)
        let question = PeriodsQuestion(
            scope: QuestionScope(asOf: clocks.asOf, asKnown: clocks.asKnown, period: period),
            grain: by.flatMap { Period.Grain(rawValue: $0.rawValue) }, last: last, next: next)
        try Output.print(try question.answer(from: session.warehouse()), output)
    }
}
