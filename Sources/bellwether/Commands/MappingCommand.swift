import Answers
import ArgumentParser
import Foundation
import Intake
import Model

struct MappingCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mapping",
        abstract: "Check a mapping, try it on an export, or print a shipped one.",
        discussion: """
            Examples:

              bellwether mapping list
              bellwether mapping show salesforce > my-crm.yml
              bellwether mapping check my-crm.yml --sample exports/2026-12-07
            """.asHelp,
        subcommands: [MappingCheckCommand.self, MappingShowCommand.self, MappingListCommand.self])
}

struct MappingCheckCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check a mapping; with a sample, show the first rows as they would be loaded.",
        discussion: """
            Examples:

              bellwether mapping check my-crm.yml
              bellwether mapping check salesforce --sample exports/2026-12-07
              bellwether mapping check my-crm.yml --sample exports/opportunities.csv --rows 20

            Needs no database.
            """.asHelp)

    @Argument(help: "A mapping file, or the name of a shipped one.")
    var mapping: String
    @Option(name: .long, help: ArgumentHelp("An export file, or a folder of them.", valueName: "export"))
    var sample: String?
    @Option(name: .long, help: "So many rows an entity.")
    var rows = 5
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if rows < 1 { throw ValidationError("--rows is a number from 1 on.") }
    }

    func run() throws {
        let mapping = try MappingSource.mapping(self.mapping)
        try Output.print(try mappingAnswer(mapping, sample: sample, rows: rows), output)
    }
}

struct MappingShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Print a shipped mapping, to start your own from.",
        discussion: """
            Example:

              bellwether mapping show salesforce > my-crm.yml
            """.asHelp)

    @Argument(help: "The name of a shipped mapping.")
    var name: String

    func run() throws {
        guard let text = MappingSource.shippedText(name) else {
            _ = try MappingSource.mapping(name)
            throw BellwetherError(
                .mappingNotFound, "“\(name)” is a file, not a shipped mapping",
                hint: "Read it with an editor.")
        }
        Output.write(text)
    }
}

struct MappingListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the mappings that ship with bellwether.",
        discussion: """
            Example:

              bellwether mapping list
            """.asHelp)

    func run() throws {
        Output.write(MappingSource.shippedNames.map { $0 + "\n" }.joined())
    }
}
