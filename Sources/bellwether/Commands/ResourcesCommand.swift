import Answers
import ArgumentParser

struct ResourcesCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "resources",
        abstract: "Show requests for help and how exceptions ended, success factors, cadence and ramp.",
        discussion: """
            Examples:

              bellwether resources --period FY2026
              bellwether resources --team West --period last
              bellwether resources --new 12 --format json

            Requests and meetings are those of the period. An exception was granted although the deal met no criteria. New
            is who started in the role in the last months.
            """.asHelp)

    @OptionGroup var scope: ScopeOptions
    @Option(
        name: .long,
        help: ArgumentHelp("Who started so many months ago or later is new.", valueName: "months"))
    var new: Int = 24
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        guard (1...240).contains(new) else { throw ValidationError("--new is a number from 1 to 240.") }
    }

    func run() throws {
        let session = try Session(database)
        let question = ResourcesQuestion(scope: scope.scope, months: new)
        try Output.print(try question.answer(from: session.warehouse()), output)
    }
}
