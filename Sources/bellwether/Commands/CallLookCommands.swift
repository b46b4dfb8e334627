import Answers
import ArgumentParser
import Model

struct CallListCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List what each node calls, beside what its deals say and what is rolled up.",
        discussion: """
            Examples:

              bellwether call list --period FY2026Q4
              bellwether call list --category best_case --by person --team EMEA
              bellwether call list --business-line renewal
              bellwether call list --deals --team EMEA
            """.asHelp)

    @OptionGroup var scope: ScopeOptions
    @Option(
        name: .long, help: "Lines down to: company, team or person. Whoever has called is shown all the same."
    )
    var by: ForecastQuestion.Level = .team
    @Option(name: .long, help: "Of what the calls speak.")
    var category: CallCategory = .commit
    @Option(name: .long, help: ArgumentHelp("Only this part of the business.", valueName: "line"))
    var businessLine: String?
    @Option(name: .long, help: "What is forecast.")
    var measure: String = "bookings"
    @Flag(name: .long, help: "What was said of single deals.")
    var deals = false
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func run() throws {
        let warehouse = try Session(database).warehouse()
        let answer =
            deals
            ? try DealCallQuestion(scope: scope.scope, deal: nil, limit: .max).answer(from: warehouse)
            : try CallListQuestion(
                scope: scope.scope, level: by, category: category, businessLine: businessLine,
                measure: measure
            ).answer(from: warehouse)
        try Output.print(answer, output)
    }
}

struct CallHistoryCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "List everything that was called for a period, the newest first.",
        discussion: """
            Examples:

              bellwether call history --period FY2026Q4
              bellwether call history --team EMEA --category best_case --limit 100
              bellwether call history --deal D0000017

            Each call stands with what it replaced and with what the deals said on its day.
            """.asHelp)

    @OptionGroup var scope: ScopeOptions
    @Option(name: .long, help: "Of what the calls speak.")
    var category: CallCategory = .commit
    @Option(name: .long, help: ArgumentHelp("One deal, by id or name.", valueName: "deal"))
    var deal: String?
    @Option(name: .long, help: "So many calls at most.")
    var limit = 50
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        if limit < 1 { throw ValidationError("--limit is a number from 1 on.") }
    }

    func run() throws {
        let warehouse = try Session(database).warehouse()
        let answer =
            deal == nil
            ? try CallHistoryQuestion(scope: scope.scope, categories: [category], limit: limit)
                .answer(from: warehouse)
            : try DealCallQuestion(scope: scope.scope, deal: deal, limit: limit).answer(from: warehouse)
        try Output.print(answer, output)
    }
}
