import Answers
import ArgumentParser
import Model

struct VelocityCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "velocity",
        abstract: "Say how much a day the pipeline brings, and what has changed it.",
        discussion: """
            Examples:

              bellwether velocity
              bellwether velocity --by segment
              bellwether velocity --team EMEA --by person --as-of 2026-11-30 --format json

            Qualified deals × mean won amount × win rate / days, with the deals that ended in the last two cycles;
            junk and deals that never close do not raise it. The classic formula stands beside it. Then how long each
            stage lasts, with visits that go on counted in, and which open deals are older than won ones were.
            """.asHelp)

    @OptionGroup var scope: RateScopeOptions
    @Option(name: .long, help: "What to tell apart: company, team, person or segment.")
    var by: RateLevel = .company
    @Option(name: .long, help: ArgumentHelp("How many over-age deals are listed.", valueName: "count"))
    var limit: Int = 10
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        guard [.company, .team, .person, .segment].contains(by) else {
            throw ValidationError("--by is company, team, person or segment.")
        }
        guard scope.period == nil else {
            throw ValidationError(
                "--period has no meaning here: velocity looks back two cycles from --as-of.")
        }
        guard limit > 0 else { throw ValidationError("--limit is a number from 1 on.") }
    }

    func run() throws {
        let session = try Session(database)
        let question = VelocityQuestion(scope: scope.scope, level: by, limit: limit)
        try Output.print(try question.answer(from: session.warehouse()), output)
    }
}
