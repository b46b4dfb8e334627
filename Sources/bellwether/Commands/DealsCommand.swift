import Answers
import ArgumentParser
import Model

extension ForecastCategory: ExpressibleByArgument {}
extension DealsQuestion.Line: ExpressibleByArgument {}

struct DealsCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "deals",
        abstract: "List the deals behind a cell of the forecast.",
        discussion: """
            Examples:

              bellwether deals --period FY2026Q4 --team EMEA --category commit
              bellwether deals --period this --line past-due
              bellwether deals --team unassigned --line undated --format csv

            The same filters as forecast, so that the deals add up to the cell. --team unassigned and
            --team "no team" name the lines of deals without owner or team. Deals of a frozen period are shown as frozen.
            """.asHelp)

    @OptionGroup var scope: ScopeOptions
    @OptionGroup var freeze: FreezeOptions
    @Option(
        name: .long, help: "Only this category: closed, commit, best_case, pipeline, omitted or unmapped.")
    var category: ForecastCategory?
    @Option(name: .long, help: "Only this line: open, past-due, undated, won-undated or earlier-past-due.")
    var line: DealsQuestion.Line?
    @Option(name: .long, help: "List so many deals at most; the total counts them all.")
    var limit: Int?
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit is a number from 1 on.") }
    }

    func run() throws {
        let session = try Session(database)
        let question = DealsQuestion(
            scope: scope.scope, category: category, line: line, limit: limit, reading: freeze.reading)
        try Output.print(try question.answer(from: session.warehouse()), output)
    }
}
