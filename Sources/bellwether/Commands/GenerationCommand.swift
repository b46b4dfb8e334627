import Answers
import ArgumentParser

struct GenerationCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "generation",
        abstract: "Say how much pipeline was generated, where from and for when, and whether it lasts.",
        discussion: """
            Examples:

              bellwether generation
              bellwether generation --by person --team West
              bellwether generation --period last --format json

            A deal enters the pipeline on its first day in a qualified stage: by the CRM's own word, else in any
            open stage but the first. It counts at its amount of that day, for whose it was then. “Usual” is the
            median of the last four periods by the day as far before their end. What a plan line of measure
            pipeline_generation asks for is the need.
            """.asHelp)

    @OptionGroup var scope: ScopeOptions
    @Option(name: .long, help: "Lines down to: company, team or person.")
    var by: ForecastQuestion.Level = .team
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func run() throws {
        let session = try Session(database)
        let question = GenerationQuestion(scope: scope.scope, level: by)
        try Output.print(try question.answer(from: session.warehouse()), output)
    }
}
