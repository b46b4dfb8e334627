import Answers
import ArgumentParser
import Model

struct ConversionCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "conversion",
        abstract: "Say which share of deals is won, and whether a rate has changed.",
        discussion: """
            Examples:

              bellwether conversion
              bellwether conversion --by source
              bellwether conversion --team EMEA --by person --as-of 2026-11-30
              bellwether conversion --period FY2026Q3 --format json

            Rates are of deals that all had the same days to come through, so that open ones are no failures; what
            was won by the day of closing (narrow, broad) stands beside them. Below ten there is no rate. A change
            is told only where it is beyond chance, with all rates of the answer allowed for.
            """.asHelp)

    @OptionGroup var scope: RateScopeOptions
    @Option(
        name: .long, help: "What to tell apart: company, team, person, segment, type, source or competitor.")
    var by: RateLevel = .company
    @Option(
        name: .long,
        help: ArgumentHelp(
            "How many days deals have to come through. Default: what nine of ten took.", valueName: "days"))
    var within: Int?
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Compare what began from this day on with the year before it. Default: the last three months that are old enough.",
            valueName: "day"))
    var since: Day?
    @Option(
        name: .long,
        help: ArgumentHelp("Of how many days ago to tell where deals stand now.", valueName: "days"))
    var back: Int = 90
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        if let within, !(1...3660).contains(within) {
            throw ValidationError("--within is a number from 1 to 3660.")
        }
        guard (1...3660).contains(back) else { throw ValidationError("--back is a number from 1 to 3660.") }
    }

    func run() throws {
        let session = try Session(database)
        let question = ConversionQuestion(
            scope: scope.scope, level: by, isPeriodGiven: scope.period != nil, within: within,
            since: since, back: back)
        try Output.print(try question.answer(from: session.warehouse()), output)
    }
}

extension RateLevel: ExpressibleByArgument {}

/// What a question about rates is asked about: as every question, but that without a period the last year counts.
struct RateScopeOptions: ParsableArguments {
    @OptionGroup var clocks: ClockOptions

    @Option(
        name: .long,
        help: ArgumentHelp(
            "In which period deals ended: FY2026Q4, FY2026, this, last, all. Default: the last 365 days.",
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

    func validate() throws {
        if team != nil, person != nil { throw ValidationError("Give --team or --person, not both.") }
    }

    var scope: QuestionScope {
        QuestionScope(
            asOf: clocks.asOf, asKnown: clocks.asKnown, period: period ?? "this", team: team, person: person,
            organisation: org)
    }
}
