import Answers
import ArgumentParser

struct MilestonesCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "milestones",
        abstract: "Show which milestones deals reach, who gets stuck where, and what a milestone is worth.",
        discussion: """
            Examples:

              bellwether milestones
              bellwether milestones --team East --limit 20
              bellwether milestones --landmark 21 --format csv

            A milestone counts as reached with evidence and a day of it. What it is worth is asked a fixed number of days
            after a deal came to its stage: whoever lives longer collects more.
            """.asHelp)

    @OptionGroup var scope: ScopeOptions
    @Option(
        name: .long,
        help: ArgumentHelp(
            "How many days after it came to a stage it is looked at what a deal had reached.",
            valueName: "days"))
    var landmark: Int = 14
    @Option(name: .long, help: ArgumentHelp("How many people are listed.", valueName: "count"))
    var limit: Int = 10
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit is a number from 1 on.") }
        guard (0...365).contains(landmark) else {
            throw ValidationError("--landmark is a number from 0 to 365.")
        }
    }

    func run() throws {
        let session = try Session(database)
        let question = MilestonesQuestion(scope: scope.scope, landmark: landmark, limit: limit)
        try Output.print(try question.answer(from: session.warehouse()), output)
    }
}
