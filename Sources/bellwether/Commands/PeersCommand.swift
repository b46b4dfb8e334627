import Answers
import ArgumentParser

struct PeersCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "peers",
        abstract:
            "Show people among people or teams among teams, in groups instead of places, and who could mentor whom.",
        discussion: """
            Examples:

              bellwether peers
              bellwether peers --by team --months 12
              bellwether peers --team EMEA --format csv

            Each rate is drawn towards that of all by as much as it rests on few deals. Whoever is in one group cannot be told
            apart; where nobody differs by more than chance the answer says so. Ask for a person and prepare a talk, not a list.
            """.asHelp)

    @OptionGroup var scope: ScopeOptions
    @Option(name: .long, help: "Who are peers: team or person.")
    var by: ForecastQuestion.Level = .person
    @Option(
        name: .long,
        help: ArgumentHelp("Deals that ended in so many months up to the day count.", valueName: "months"))
    var months: Int = 24
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        guard (1...240).contains(months) else { throw ValidationError("--months is a number from 1 to 240.") }
        guard by != .company else {
            throw ValidationError("--by is team or person: a company has no peers here.")
        }
    }

    func run() throws {
        let session = try Session(database)
        let question = PeersQuestion(scope: scope.scope, level: by, months: months)
        try Output.print(try question.answer(from: session.warehouse()), output)
    }
}
