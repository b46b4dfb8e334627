import Answers
import ArgumentParser
import Foundation
import Logging
import Model
import Warehouse

struct VerifyCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Prove that the store keeps the rules of its history.",
        discussion: """
            Examples:

              bellwether verify
              bellwether verify --format json
              bellwether verify --rebuild exports

            Ends with 0 when every rule holds and with 4 when one does not: it names the rule, how often it is broken
            and where. What moved since the last night, week and quarter is held against the forecasts of those days:
            it adds up for every node, or the command ends with 4 and the residual. With --rebuild the history is also built anew from the exports, one folder a day, in the plain
            way, and compared: 4 when they differ, 2 when exports are missing and nothing worse was found.
            """.asHelp)

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Also rebuild the history from the exports below this folder, and compare.", valueName: "folder"))
    var rebuild: String?
    @OptionGroup var operations: OperationOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func run() throws {
        let operation = try Operation("verify", operations)
        try operation.run {
            let warehouse = try Session(database).warehouse()
            let report = try warehouse.verify()
            for rule in report.broken {
                operation.log(
                    .error, "broken",
                    [
                        "rule": .string(rule.rule), "entity": .string(rule.entity ?? "loads"),
                        "count": .stringConvertible(rule.count),
                    ])
            }
            let movements = report.isSound ? try MovementCheck(of: warehouse) : MovementCheck()
            guard let rebuild else {
                try Output.print(movements.added(to: verifyAnswer(report)), output)
                if let failure = verifyFailure(report) { throw failure }
                return
            }
            let folders = Dictionary(
                try NightFolder.all(in: rebuild).map { ($0.day, $0.path) },
                uniquingKeysWith: { first, _ in first })
            let rebuilt = try warehouse.rebuild(from: folders) { entity, day in
                operation.log(
                    .debug, "rebuilding", ["entity": .string(entity), "day": .string(day.description)])
            }
            try Output.print(movements.added(to: verifyAnswer(report, rebuilt)), output)
            if let failure = verifyFailure(report) ?? rebuildFailure(rebuilt) { throw failure }
        }
    }
}
