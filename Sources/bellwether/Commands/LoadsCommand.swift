import Answers
import ArgumentParser
import Foundation
import Warehouse

struct LoadsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "loads",
        abstract: "List what was loaded, held and missed, and take loads back.",
        discussion: """
            Examples:

              bellwether loads
              bellwether loads --limit 100 --format csv
              bellwether loads show 12
              bellwether loads held
              bellwether loads gaps
              bellwether loads undo 12
            """.asHelp,
        subcommands: [
            LoadsListCommand.self, LoadsShowCommand.self, LoadsHeldCommand.self, LoadsGapsCommand.self,
            LoadsUndoCommand.self,
        ],
        defaultSubcommand: LoadsListCommand.self)
}

struct LoadsListCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List what was loaded, the newest first.",
        discussion: """
            Examples:

              bellwether loads list
              bellwether loads --limit 100 --format csv
            """.asHelp)

    @Option(name: .long, help: "So many loads at most.")
    var limit = 20
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        if limit < 1 { throw ValidationError("--limit is a number from 1 on.") }
    }

    func run() throws {
        let session = try Session(database)
        try Output.print(try LoadsQuestion(limit: limit).answer(from: session.warehouse()), output)
    }
}

struct LoadsShowCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract:
            "Show everything on one load: entities, files, guards, drift, rows set aside, gaps around it.",
        discussion: """
            Examples:

              bellwether loads show 12
              bellwether loads show 12 --format json
            """.asHelp)

    @Argument(help: "The load's number.")
    var load: Int
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func run() throws {
        let session = try Session(database)
        try Output.print(try LoadDetailQuestion(load: load).answer(from: session.warehouse()), output)
    }
}

struct LoadsHeldCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "held",
        abstract: "List the loads that a guard held, with what it found and the command that accepts it.",
        discussion: """
            Examples:

              bellwether loads held
              bellwether loads held --format json
            """.asHelp)

    @Option(name: .long, help: "So many attempts at most.")
    var limit = 20
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        if limit < 1 { throw ValidationError("--limit is a number from 1 on.") }
    }

    func run() throws {
        let session = try Session(database)
        try Output.print(try HeldLoadsQuestion(limit: limit).answer(from: session.warehouse()), output)
    }
}

struct LoadsGapsCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "gaps",
        abstract: "List the days on which a snapshot was due and none counts, the newest first.",
        discussion: """
            Examples:

              bellwether loads gaps
              bellwether loads gaps --limit 1000 --format csv

            The mapping says on which days one is due: expected.
            """.asHelp)

    @Option(name: .long, help: "So many days at most.")
    var limit = 50
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        if limit < 1 { throw ValidationError("--limit is a number from 1 on.") }
    }

    func run() throws {
        let session = try Session(database)
        try Output.print(try GapsQuestion(limit: limit).answer(from: session.warehouse()), output)
    }
}

struct LoadsUndoCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo",
        abstract: "Take a load back: the snapshots before it count again.",
        discussion: """
            Examples:

              bellwether loads undo 12
              bellwether forecast --as-known 12

            An undo is a load of its own and destroys nothing: answers as known before it stay what they were, and
            undoing the undo makes the load count again.
            """.asHelp)

    @Argument(help: "The load's number.")
    var load: Int
    @Flag(name: .long, help: "Fail at once when another load is under way, instead of waiting.")
    var noWait = false
    @OptionGroup var operations: OperationOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func run() throws {
        let operation = try Operation("undo", operations)
        try operation.run {
            let session = try Session(database)
            let report = try session.warehouse().undo(
                load: load, waits: !noWait, command: CommandRecord.text(CommandLine.arguments),
                loadedBy: NSUserName(), programVersion: programVersion, waiting: LoadCommand.tellWaiting)
            operation.facts.published.append((report.load, report.day))
            try Output.print(undoAnswer(report), output)
        }
    }
}
