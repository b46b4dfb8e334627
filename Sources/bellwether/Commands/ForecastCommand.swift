import Answers
import ArgumentParser

extension ForecastQuestion.Level: ExpressibleByArgument {}

struct ForecastCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast",
        abstract: "Show closed, commit, upside and pipeline by company, team or person.",
        discussion: """
            Examples:

              bellwether forecast --period FY2026Q4
              bellwether forecast --period next --by person --team EMEA
              bellwether forecast --as-of 2026-11-30 --format json
              bellwether forecast --as-of 2026-10-30 --org as-is
              bellwether forecast --period last --current

            Commit, best case (the upside), pipeline and omitted exclude each other; “Closed + commit” and
            “+ best case” are the cumulative sums. Amounts are in the company's currency at plan rates.
            A period that is frozen is shown as frozen, with what was restated since; --current shows it as it stands
            on the day asked for.
            """.asHelp)

    @OptionGroup var scope: ScopeOptions
    @OptionGroup var freeze: FreezeOptions
    @Option(name: .long, help: "Lines down to: company, team or person.")
    var by: ForecastQuestion.Level = .team
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func run() throws {
        let session = try Session(database)
        let answer = try ForecastQuestion(scope: scope.scope, level: by, reading: freeze.reading)
            .answer(from: session.warehouse())
        try Output.print(answer, output)
    }
}
