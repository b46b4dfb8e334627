import Answers
import ArgumentParser
import Model

struct BottlenecksCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "bottlenecks",
        abstract: "Say which stage holds deals up, and whether it is the same one again.",
        discussion: """
            Examples:

              bellwether bottlenecks
              bellwether bottlenecks --by team
              bellwether bottlenecks --team EMEA --as-of 2026-11-30 --format json

            Each stage against its own four quarters before: the days that its deals spent in it, and the share that
            went on. A stage is named only where that is beyond chance, with all rates of the answer allowed for.
            """.asHelp)

    @OptionGroup var scope: RateScopeOptions
    @Option(name: .long, help: "What to tell apart: company, team or person.")
    var by: RateLevel = .company
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        guard [.company, .team, .person].contains(by) else {
            throw ValidationError("--by is company, team or person.")
        }
        guard scope.period == nil else {
            throw ValidationError("--period has no meaning here: quarters are counted back from --as-of.")
        }
    }

    func run() throws {
        let session = try Session(database)
        let question = BottlenecksQuestion(scope: scope.scope, level: by)
        try Output.print(try question.answer(from: session.warehouse()), output)
    }
}
