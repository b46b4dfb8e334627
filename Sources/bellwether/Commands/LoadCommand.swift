import Answers
import ArgumentParser
import Foundation
import Intake
import Model
import Render
import Warehouse

struct LoadCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "load",
        abstract: "Load a folder of CRM exports as the snapshot of a day.",
        discussion: """
            Examples:

              bellwether load salesforce exports/2026-12-07
              bellwether load my-crm.yml exports/monday --date 2026-12-07
              bellwether load generic exports/2026-12-07 --dry-run
              bellwether load salesforce --from-dir exports
              bellwether load salesforce --from-dir exports --all-missing

            The mapping is a file, or the name of one that ships with bellwether. All of the folder's snapshots are
            published in one transaction, or none. Rows with a fault are set aside (bellwether rejects); their records
            keep the state that they had. Loading what is loaded already changes nothing.
            """)

    @Argument(help: "A mapping file, or the name of a shipped one: generic, salesforce, hubspot, …")
    var mapping: String
    @Argument(help: "The folder with the export files of one day.")
    var folder: String?
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Load the newest of this folder's folders that are named by a day.", valueName: "folder"))
    var fromDir: String?
    @Flag(name: .long, help: "With --from-dir: load every day that is not loaded yet, in order.")
    var allMissing = false
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
            "Publish although this guard holds the load, for all entities or as GUARD:ENTITY for one: \(LoadGuard.acceptable.map(\.rawValue).joined(separator: ", ")). May be given several times.",
            valueName: "guard"))
    var accept: [AcceptedGuard] = []
    @Option(
        name: .long,
        help: ArgumentHelp("The day whose state deltas build on. Default: by the mapping.", valueName: "day"))
    var buildsOn: Day?
    @Flag(name: .long, help: "Fail at once when another load is under way, instead of waiting.")
    var noWait = false
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        if (folder == nil) == (fromDir == nil) {
            throw ValidationError("Give one day's folder, or --from-dir.")
        }
        if allMissing, fromDir == nil { throw ValidationError("--all-missing goes with --from-dir.") }
        if date != nil, fromDir != nil {
            throw ValidationError("--date goes with one day's folder, not --from-dir.")
        }
    }

    func run() throws {
        let mapping = try MappingSource.mapping(self.mapping)
        if let folder {
            let request = try request(mapping, folder, try day(ofFolder: folder))
            let warehouse = try Session(database).warehouse()
            let report = try load(request, into: warehouse)
            try Output.print(loadAnswer(report), output)
            if let held = report.held { throw held.told }
        } else if let fromDir {
            let nights = try NightFolder.all(in: fromDir)
            let warehouse = try Session(database).warehouse()
            let chosen = allMissing ? try missing(nights, mapping.source, warehouse) : nights.suffix(1)
            var reports: [LoadReport] = []
            for (number, night) in chosen.enumerated() {
                let prefix = chosen.count > 1 ? "\(night.day), \(number + 1) of \(chosen.count)  " : ""
                reports.append(try load(try request(mapping, night.path, night.day), into: warehouse, prefix))
            }
            try Output.print(nightsAnswer(reports, found: nights.count, mapping: mapping.name), output)
            if let held = reports.lazy.compactMap(\.held).first { throw held.told }
        }
    }

    private func missing(
        _ nights: [NightFolder], _ source: String, _ warehouse: Warehouse
    ) throws(BellwetherError) -> [NightFolder] {
        let loaded = try warehouse.loadedDays(of: source)
        return nights.filter { !loaded.contains($0.day) }
    }

    private func request(
        _ mapping: Mapping, _ folder: String, _ day: Day
    ) throws(BellwetherError) -> LoadRequest {
        let entities = accept.compactMap(\.entity)
        if let unknown = entities.first(where: { mapping.entity(named: $0) == nil }) {
            throw BellwetherError(
                .badOption, "--accept names “\(unknown)”, which is no entity of the mapping \(mapping.name)",
                hint: "It has: \(mapping.entities.map(\.name).joined(separator: ", ")).")
        }
        return LoadRequest(
            mapping: mapping, folder: folder, day: day, replace: replace, dryRun: dryRun,
            accepted: Set(accept.filter { $0.entity == nil }.map(\.loadGuard)),
            waits: !noWait, command: CommandRecord.text(CommandLine.arguments), loadedBy: NSUserName(),
            programVersion: programVersion,
            acceptedByEntity: Dictionary(grouping: accept.filter { $0.entity != nil }) { $0.entity ?? "" }
                .mapValues { Set($0.map(\.loadGuard)) },
            buildsOn: buildsOn, now: ISO8601DateFormatter().string(from: Date()))
    }

    private func load(
        _ request: LoadRequest, into warehouse: Warehouse, _ prefix: String = ""
    ) throws(BellwetherError) -> LoadReport {
        let progress = ProgressPrinter(prefix: prefix)
        defer { progress.clear() }
        return try warehouse.load(request, progress: progress.report, waiting: Self.tellWaiting)
    }

    /// Says why nothing happens while another load or an upgrade runs.
    static func tellWaiting() {
        Output.note(
            "bellwether: another load or an upgrade is under way; waiting for it (--no-wait fails instead)")
    }

    private func day(ofFolder folder: String) throws(BellwetherError) -> Day {
        if let date { return date }
        let name = URL(fileURLWithPath: folder).standardizedFileURL.lastPathComponent
        if let day = Day(name) { return day }
        throw BellwetherError(
            .badDay, "the folder's name “\(name)” is not a day",
            hint: "Say which day's end the exports describe: --date YYYY-MM-DD.")
    }
}

extension BellwetherError {
    /// The error of a rehearsal whose answer has told what the guards found.
    fileprivate var told: BellwetherError {
        var error = self
        error.trips = []
        return error
    }
}

/// A guard that a person accepts: `gone`, or of one entity `gone:opportunity`.
struct AcceptedGuard: ExpressibleByArgument {
    let loadGuard: LoadGuard
    let entity: String?

    init?(argument: String) {
        let parts = argument.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = parts.first,
            let loadGuard = LoadGuard.acceptable.first(where: { $0.rawValue == name })
        else { return nil }
        self.loadGuard = loadGuard
        entity = parts.count > 1 ? String(parts[1]) : nil
    }
}
