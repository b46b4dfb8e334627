import Answers
import ArgumentParser
import Model

struct LeadsCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "leads",
        abstract: "Say what leads come to, whether that has changed, and how many the plan needs.",
        discussion: """
            Examples:

              bellwether leads
              bellwether leads --since 2026-09-14
              bellwether leads --by team --period next --format json

            The share of leads that became deals, and that were won, of leads that all had the same days. A change is
            told only where it is beyond chance. Then how many more leads the period's plan needs, by those rates,
            and by when they must come.
            """.asHelp)

    @OptionGroup var scope: ScopeOptions
    @Option(name: .long, help: "What to tell apart: source, segment, company, team or person.")
    var by: RateLevel = .source
    @Option(
        name: .long,
        help: ArgumentHelp(
            "How many days leads have to come through. Default: what nine of ten took.", valueName: "days"))
    var within: Int?
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Compare what came from this day on with the year before it. Default: the last three months that are old enough.",
            valueName: "day"))
    var since: Day?
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        guard by != .type, by != .competitor else {
            throw ValidationError("--by is source, segment, company, team or person.")
        }
        if let within, !(1...3660).contains(within) {
            throw ValidationError("--within is a number from 1 to 3660.")
        }
    }

    func run() throws {
        let session = try Session(database)
        let question = LeadsQuestion(scope: scope.scope, level: by, within: within, since: since)
        try Output.print(try question.answer(from: session.warehouse()), output)
    }
}
