import Answers
import ArgumentParser

struct SlipsCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "slips",
        abstract: "Show which deals were to close in a period and did not, and where its bookings came from.",
        discussion: """
            Examples:

              bellwether slips
              bellwether slips --period last --week 10 --by team
              bellwether slips --team EMEA --late 30 --limit 20
              bellwether slips --period next --format csv

            Compared is what was open when the period, or a week of it, began: at the end of the day before. A deal slips
            when it does not close in the period: it leaves it, or is still open in it when it is frozen.
            """.asHelp)

    @OptionGroup var scope: ScopeOptions
    @Option(name: .long, help: "Lines down to: company, team or person.")
    var by: ForecastQuestion.Level = .company
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Compare with what was open when this week of the period began. Default: 1.", valueName: "number")
    )
    var week: Int?
    @Option(
        name: .long,
        help: ArgumentHelp(
            "In how many of the period's last days leaving it is late.", valueName: "days"))
    var late: Int = 15
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Within how many days before it closes a deal must appear to be created late.", valueName: "days")
    )
    var created: Int = 30
    @Option(name: .long, help: ArgumentHelp("How many deals each list shows.", valueName: "count"))
    var limit: Int = 10
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit is a number from 1 on.") }
        guard (0...366).contains(late) else { throw ValidationError("--late is a number from 0 to 366.") }
        guard (0...3660).contains(created) else {
            throw ValidationError("--created is a number from 0 to 3660.")
        }
    }

    func run() throws {
        let session = try Session(database)
        let question = SlipsQuestion(
            scope: scope.scope, level: by, week: week, lateDays: late, createdDays: created, limit: limit)
        try Output.print(try question.answer(from: session.warehouse()), output)
    }
}
