import Answers
import ArgumentParser

struct DealCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "deal",
        abstract: "Tell the story of one deal: every change, its stages, its forecasts.",
        discussion: """
            Examples:

              bellwether deal D0000001
              bellwether deal Brightwater
              bellwether deal generic/D0000001 --as-of 2026-11-30 --format md

            The deal is named by its id, by source/id, by its name, or by a part of the name that no other deal has. One that
            is no longer in the export is found as well.
            """.asHelp)

    @Argument(help: "The deal's id or name.")
    var deal: String
    @OptionGroup var clocks: ClockOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        guard !deal.isEmpty else { throw ValidationError("Name a deal by its id or name.") }
    }

    func run() throws {
        let session = try Session(database)
        let question = DealQuestion(deal, asOf: clocks.asOf, asKnown: clocks.asKnown)
        try Output.print(try question.answer(from: session.warehouse()), output)
    }
}
