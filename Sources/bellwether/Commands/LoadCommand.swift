import Answers
import ArgumentParser
import Foundation
import Intake
import Model
import Render
import Warehouse

struct LoadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load",
        abstract: "Load a folder of CRM exports as the snapshot of a day.",
        discussion: """
            Examples:

              bellwether load salesforce exports/2026-12-07
              bellwether load my-crm.yml exports/monday --date 2026-12-07
              bellwether load generic exports/2026-12-07 --dry-run

            The mapping is a file, or the name of one that ships with bellwether. All of the folder's snapshots are
            published in one transaction, or none. Rows with a fault are set aside (bellwether rejects); their records
            keep the state that they had. Loading what is loaded already changes nothing.
            """)

    @Argument(help: "A mapping file, or the name of a shipped one: generic, salesforce, hubspot, …")
    var mapping: String
    @Argument(help: "The folder with the export files of one day.")
    var folder: String
    @Option(
        name: .long,
        help: "The business day whose end the exports describe. Default: the folder's name, when it is a day."
    )
    var date: Day?
    @Flag(name: .long, help: "Replace what is loaded for that day with other content.")
    var replace = false
    @Flag(name: .long, help: "Do everything but publish, and show what would change.")
    var dryRun = false
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Publish although this guard holds the load: rejects or empty.", valueName: "guard"))
    var accept: [LoadGuard] = []
    @Flag(name: .long, help: "Fail at once when another load is under way, instead of waiting.")
    var noWait = false
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func run() throws {
        let day = try snapshotDay()
        let mapping = try MappingSource.mapping(self.mapping)
        let session = try Session(database)
        let progress = ProgressPrinter()
        let report = try session.warehouse().load(
            LoadRequest(
                mapping: mapping, folder: folder, day: day, replace: replace, dryRun: dryRun,
                accepted: Set(accept), waits: !noWait, command: CommandLine.arguments.joined(separator: " "),
                loadedBy: NSUserName(), programVersion: programVersion),
            progress: progress.report,
            waiting: Self.tellWaiting)
        progress.clear()
        try Output.print(loadAnswer(report), output)
    }

    /// Says why nothing happens while another load runs.
    static func tellWaiting() {
        Output.note("bellwether: another load is under way; waiting for it (--no-wait fails instead)")
    }

    private func snapshotDay() throws(BellwetherError) -> Day {
        if let date { return date }
        let name = URL(fileURLWithPath: folder).standardizedFileURL.lastPathComponent
        if let day = Day(name) { return day }
        throw BellwetherError(
            .badDay, "the folder's name “\(name)” is not a day",
            hint: "Say which day's end the exports describe: --date YYYY-MM-DD.")
    }
}

extension LoadGuard: ExpressibleByArgument {}
