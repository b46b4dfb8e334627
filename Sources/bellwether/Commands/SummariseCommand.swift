import Answers
import ArgumentParser
import Foundation
import Logging
import Warehouse

struct SummariseCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "summarise",
        abstract: "Keep what today's questions would sum again each time, so that they answer at once.",
        discussion: """
            Examples:

              bellwether summarise
              bellwether summarise --weekly
              bellwether load my-crm.yml 2026-12-07 && bellwether summarise

            Run it after the night's load. It keeps of each deal what sums need, where a forecast of any day finds it; the
            newest day's forecast; and how the last eight periods stood as far before their end as this period's and the
            next one's is today. Nothing hangs on it: where something is missing, or a late load has changed what it
            stood on, questions compute the same numbers themselves, which takes longer.
            """.asHelp)

    @Flag(
        name: .long,
        help: "Every seventh day before the end of each of these periods too, for questions as of other days."
    )
    var weekly = false
    @OptionGroup var operations: OperationOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func run() throws {
        let operation = try Operation("summarise", operations)
        try operation.run {
            let session = try Session(database)
            let report = try Summaries(isWeekly: weekly).make(in: session.warehouse())
            operation.log(
                .info, "summarised",
                [
                    "load": .stringConvertible(report.load), "made": .stringConvertible(report.made),
                    "kept": .stringConvertible(report.kept), "deleted": .stringConvertible(report.deleted),
                ])
            try Output.print(summaryAnswer(report), output)
        }
    }
}
