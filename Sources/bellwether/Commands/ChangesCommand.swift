import Answers
import ArgumentParser
import Model

extension MovementMeasure: ExpressibleByArgument {}
extension ChangesQuestion.Division: ExpressibleByArgument {}

struct ChangesCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "changes",
        abstract: "Show what changed in the forecast since a day, deal by deal, and prove that it adds up.",
        discussion: """
            Examples:

              bellwether changes --since 2026-11-30
              bellwether changes --since 7d --team EMEA --measure commit
              bellwether changes --since 2026-09-30 --until 2026-10-30 --period FY2026Q4 --by team
              bellwether changes --since 2w --weekly --flow --deals

            Every deal that left or entered is in one bucket; start + buckets = end to the cent, for every node and
            deal, or the command ends with 4 and the residual. The measure is closed + commit unless another is asked
            for, so that a win changes nothing. docs/changes.md has each bucket.
            """.asHelp)

    @OptionGroup var scope: ScopeOptions
    @Option(
        name: .long,
        help: ArgumentHelp("The earlier day, or days or weeks before the later one.", valueName: "day|7d|2w"))
    var since: String = "7d"
    @Option(name: .long, help: ArgumentHelp("The later day: another word for --as-of.", valueName: "day"))
    var until: Day?
    @Option(
        name: .long,
        help:
            "What is followed: firm (closed + commit), closed, commit, best_case, pipeline, open, all or omitted."
    )
    var measure: MovementMeasure = .firm
    @Option(name: .long, help: "Also each team, person or currency.")
    var by: ChangesQuestion.Division?
    @Flag(name: .long, help: "Also week by week of the period.")
    var weekly = false
    @Flag(name: .long, help: "Also from category to category and from stage to stage.")
    var flow = false
    @Flag(name: .long, help: "Every deal that moved, not only the ten that explain most.")
    var deals = false
    @Flag(
        name: .long, inversion: .prefixedNo,
        help:
            "Every night in between, and what left and came back. Default: where there are ten nights or fewer."
    )
    var nights: Bool?
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        if until != nil, scope.clocks.asOf != nil {
            throw ValidationError("Give --until or --as-of, not both: they are the same day.")
        }
    }

    func run() throws {
        let session = try Session(database)
        var details = ChangesQuestion.Details()
        details.division = by
        details.isWeekly = weekly
        details.hasFlow = flow
        details.hasAllDeals = deals
        details.hasNights = nights
        var scope = scope.scope
        scope.asOf = until ?? scope.asOf
        let question = ChangesQuestion(scope: scope, since: since, measure: measure, details: details)
        try Output.print(try question.answer(from: session.warehouse()), output)
    }
}
