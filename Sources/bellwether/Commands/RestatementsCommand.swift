import Answers
import ArgumentParser

struct RestatementsCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "restatements",
        abstract: "List which bookings of a frozen period changed since, deal by deal.",
        discussion: """
            Examples:

              bellwether restatements --period last
              bellwether restatements --period FY2026Q3 --team EMEA
              bellwether restatements --period FY2026Q3 --format csv

            A period is frozen at the end of the third business day after its last (freeze_business_day of the company,
            freeze_date of a loaded period). What the CRM changed afterwards stands apart from what a late, corrected or
            undone load changed of the frozen day itself. Frozen, both kinds of restatement and the number of the day
            asked for add up, for each deal and node; where they do not, the command ends with 4.
            """.asHelp)

    @OptionGroup var scope: ScopeOptions
    @Option(name: .long, help: "Lines down to: company, team or person.")
    var by: ForecastQuestion.Level = .team
    @Option(name: .long, help: "List so many deals at most; the sums count them all.")
    var limit = 50
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        if limit < 1 { throw ValidationError("--limit is a number from 1 on.") }
    }

    func run() throws {
        let session = try Session(database)
        let question = RestatementsQuestion(scope: scope.scope, level: by, limit: limit)
        let listed = try question.list(session.warehouse())
        try Output.print(listed.answer, output)
        if let failure = listed.failure { throw failure }
    }
}
