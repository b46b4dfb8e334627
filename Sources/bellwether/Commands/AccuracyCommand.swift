import Answers
import ArgumentParser

struct AccuracyCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "accuracy",
        abstract: "Show how good past calls were, and whether people's changes made them better.",
        discussion: """
            Examples:

              bellwether accuracy
              bellwether accuracy --week 10 --by person
              bellwether accuracy --team EMEA --every-week
              bellwether accuracy --week 5 --format csv

            Compared are the calls at the end of a week of past periods with what those were frozen at. What the
            record shows of people is evidence and proves no intent.
            """.asHelp)

    @OptionGroup var scope: ScopeOptions
    @Option(name: .long, help: "Lines down to: company, team or person.")
    var by: ForecastQuestion.Level = .team
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The week of the periods at whose end calls are judged. Default: that of the day asked for.",
            valueName: "number"))
    var week: Int?
    @Flag(name: .long, help: "Tell of every week; else of weeks 1, 5, 10, the last and the one judged.")
    var everyWeek = false
    @Option(name: .long, help: ArgumentHelp("How many past periods are looked at.", valueName: "count"))
    var periods: Int = 8
    @Option(name: .long, help: ArgumentHelp("How many people a list shows.", valueName: "count"))
    var limit: Int = 30
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit is a number from 1 on.") }
        guard (1...40).contains(periods) else {
            throw ValidationError("--periods is a number from 1 to 40.")
        }
    }

    func run() throws {
        let session = try Session(database)
        let question = AccuracyQuestion(
            scope: scope.scope, level: by,
            request: .init(week: week, periods: periods, isEveryWeek: everyWeek, limit: limit))
        try Output.print(try question.answer(from: session.warehouse()), output)
    }
}
