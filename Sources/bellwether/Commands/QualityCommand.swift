import Answers
import ArgumentParser

struct QualityCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "quality",
        abstract: "Show the defects in the data of open deals, whose they are, and which to mend first.",
        discussion: """
            Examples:

              bellwether quality
              bellwether quality --by person --team EMEA
              bellwether quality --period this --limit 3
              bellwether quality --defect past_due
              bellwether quality --format csv

            Each defect is a rule with an id, a weight and the list of its deals. The score is 100 less what the
            defects weigh, of what they could. What the exports do not tell is in no score: it counts neither as
            a defect nor as clean. Without --period all open deals are looked at.
            """.asHelp)

    @OptionGroup var clocks: ClockOptions
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Only deals to close in this period: FY2026Q4, this, next … Default: all open deals.",
            valueName: "period"))
    var period: String?
    @Option(name: .long, help: ArgumentHelp("Only this team and those below it.", valueName: "name"))
    var team: String?
    @Option(name: .long, help: ArgumentHelp("Only this person.", valueName: "name"))
    var person: String?
    @Option(
        name: .long,
        help: ArgumentHelp(
            "By which organisation deals count: as-was, as-is or that of a day. Default: as-was.",
            valueName: "as-was|as-is|day"))
    var org: String?
    @Option(name: .long, help: "Lines down to: company, team or person.")
    var by: ForecastQuestion.Level = .team
    @Option(name: .long, help: ArgumentHelp("List the deals with this defect.", valueName: "id"))
    var defect: String?
    @Option(name: .long, help: ArgumentHelp("How many deals a list shows.", valueName: "count"))
    var limit: Int = 10
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit is a number from 1 on.") }
        if team != nil, person != nil { throw ValidationError("Give --team or --person, not both.") }
    }

    func run() throws {
        let session = try Session(database)
        let scope = QuestionScope(
            asOf: clocks.asOf, asKnown: clocks.asKnown, period: period ?? "this", team: team, person: person,
            organisation: org)
        let question = QualityQuestion(
            scope: scope, level: by, isOfPeriod: period != nil, defect: defect, limit: limit)
        try Output.print(try question.answer(from: session.warehouse()), output)
    }
}
