import Answers
import ArgumentParser
import Foundation
import Logging
import Warehouse

struct PruneCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Forget what was superseded long ago, and with it the answers as known then.",
        discussion: """
            Examples:

              bellwether prune --keep-known 2y
              bellwether prune --keep-known 2y --yes
              bellwether prune --keep-known 2026-01-31

            Without --yes it only says what would be lost. No version that is true today goes, and none that an answer
            as known at the load kept, or later, needs: only those that were superseded by then. Answers as known
            earlier are refused afterwards (BW510), never half given. Only who owns the warehouse may prune.
            """.asHelp)

    @Option(
        name: .long,
        help: ArgumentHelp(
            "How far back answers as known are to go: 2y, 18m, 26w, 90d, a day, a time, or a load's number.",
            valueName: "span|load|time"))
    var keepKnown: KeptKnowledge
    @Flag(name: .long, help: "Do it.")
    var yes = false
    @Flag(name: .long, help: "Fail at once when a load is under way, instead of waiting.")
    var noWait = false
    @OptionGroup var operations: OperationOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func run() throws {
        let operation = try Operation("prune", operations)
        try operation.run {
            let session = try Session(database)
            let request = PruneRequest(
                keep: keepKnown, isMeant: yes, waits: !noWait,
                command: CommandRecord.text(CommandLine.arguments), prunedBy: NSUserName(),
                programVersion: programVersion)
            let report = try session.warehouse().prune(request, waiting: LoadCommand.tellWaiting)
            if report.isDone {
                operation.log(
                    .info, "pruned",
                    [
                        "load": .stringConvertible(report.horizon),
                        "versions": .stringConvertible(report.pruned),
                    ])
            }
            try Output.print(pruneAnswer(report), output)
        }
    }
}

extension KeptKnowledge: ExpressibleByArgument {
    /// Reads a span, a load, a day or a time.
    public init?(argument: String) {
        self.init(argument)
    }
}
