import Answers
import ArgumentParser
import Foundation
import Intake
import Logging
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
              bellwether load salesforce --from-dir exports --all-missing --log load.jsonl
              bellwether load salesforce --from-dir exports \\
                --on-failure 'mail -s "load failed" sales-ops@example.com'

            The mapping is a file, or the name of one that ships with bellwether. All of the folder's snapshots are
            published in one transaction, or none. Rows with a fault are set aside (bellwether rejects); their records
            keep the state that they had. Loading what is loaded already changes nothing.
            """.asHelp)

    @Argument(help: "A mapping file, or the name of a shipped one: generic, salesforce, hubspot, …")
    var mapping: String
    @Argument(help: "The folder with the export files of one day.")
    var folder: String?
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Load the newest of this folder's folders that are named by a day.", valueName: "folder"))
    var fromDir: String?
    @Flag(name: .long, help: "With --from-dir: load whatever of each day is not loaded yet, in order.")
    var allMissing = false
    @Option(
        name: .long,
        help:
            "The business day whose end the exports describe, as 2026-12-07. Default: the folder's name, when it is a day."
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
    @OptionGroup var operations: OperationOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        if (folder == nil) == (fromDir == nil) {
            throw ValidationError(
                folder == nil
                    ? "Give one day's folder, or --from-dir with the folder of all."
                    : "Give one day's folder or --from-dir, not both.")
        }
        if allMissing, fromDir == nil { throw ValidationError("--all-missing goes with --from-dir.") }
        if date != nil, fromDir != nil {
            throw ValidationError("--date goes with one day's folder, not --from-dir.")
        }
    }

    func run() throws {
        let operation = try Operation("load", operations)
        try operation.run {
            let mapping = try MappingSource.mapping(self.mapping)
            operation.facts.mapping = mapping.name
            if let folder {
                let request = try request(
                    mapping, folder, try date ?? NightFolder.day(ofFolder: folder), only: nil)
                let warehouse = try Session(database).warehouse()
                let report = try load(request, warehouse, operation, ProgressPrinter())
                try Output.print(loadAnswer(report), output)
                if let held = report.held { throw held.told }
            } else if let fromDir {
                try loadNights(in: fromDir, mapping, operation)
            }
        }
    }

    /// Loads the newest night of a folder, or whatever is missing, and says what was published also when a night is
    /// refused: the nights before it are there.
    private func loadNights(in fromDir: String, _ mapping: Mapping, _ operation: Operation) throws {
        let nights = try NightFolder.all(in: fromDir)
        let warehouse = try Session(database).warehouse()
        let plans = try plans(nights, mapping, warehouse)
        let progress = ProgressPrinter(total: plans.reduce(0) { $0 + $1.bytes })
        var reports: [LoadReport] = []
        var failure: (any Error)?
        for (number, plan) in plans.enumerated() where failure == nil && !Interruption.shared.isAsked {
            if plans.count > 1 { progress.prefix = "\(plan.night.day), \(number + 1) of \(plans.count)  " }
            do {
                let request = try request(mapping, plan.night.path, plan.night.day, only: plan.only)
                reports.append(try load(request, warehouse, operation, progress))
            } catch {
                failure = error
            }
        }
        if failure == nil || !reports.isEmpty {
            try Output.print(
                nightsAnswer(
                    reports, found: nights.count, planned: plans.count, mapping: mapping.name),
                output)
        }
        if let failure { throw failure }
        if let held = reports.lazy.compactMap(\.held).first { throw held.told }
        if reports.count < plans.count { throw ExitCode(130) }
    }

    private func plans(
        _ nights: [NightFolder], _ mapping: Mapping, _ warehouse: Warehouse
    ) throws(BellwetherError) -> [NightPlan] {
        guard allMissing else { return nights.suffix(1).map { NightPlan($0, mapping) } }
        let loaded = try warehouse.loadedEntities(of: mapping.source)
        return nights.compactMap { NightPlan($0, mapping, loaded: loaded[$0.day] ?? []) }
    }

    private func request(
        _ mapping: Mapping, _ folder: String, _ day: Day, only: Set<String>?
    ) throws(BellwetherError) -> LoadRequest {
        let entities = accept.compactMap(\.entity)
        if let unknown = entities.first(where: { mapping.entity(named: $0) == nil }) {
            throw BellwetherError(
                .badOption, "--accept names “\(unknown)”, which is no entity of the mapping \(mapping.name)",
                hint: "It has: \(mapping.entities.map(\.name).joined(separator: ", ")).")
        }
        return LoadRequest(
            mapping: mapping, folder: folder, day: day, only: only, replace: replace, dryRun: dryRun,
            accepted: Set(accept.filter { $0.entity == nil }.map(\.loadGuard)),
            waits: !noWait, command: CommandRecord.text(CommandLine.arguments), loadedBy: NSUserName(),
            programVersion: programVersion,
            acceptedByEntity: Dictionary(grouping: accept.filter { $0.entity != nil }) { $0.entity ?? "" }
                .mapValues { Set($0.map(\.loadGuard)) },
            buildsOn: buildsOn, now: ISO8601DateFormatter().string(from: Date()))
    }

    private func load(
        _ request: LoadRequest, _ warehouse: Warehouse, _ operation: Operation, _ progress: ProgressPrinter
    ) throws(BellwetherError) -> LoadReport {
        Interruption.shared.isCommitting = false
        operation.facts.day = request.day
        operation.log(.info, "reading", ["folder": .string(request.folder)])
        defer {
            progress.finishEntity()
            progress.clear()
        }
        let report = try warehouse.load(
            request, progress: progress.report, events: operation.note, waiting: Self.tellWaiting)
        operation.note(report)
        return report
    }

    /// Says why nothing happens while another load or an upgrade runs.
    static func tellWaiting() {
        Output.note(
            "bellwether: another load or an upgrade is under way; waiting for it (--no-wait fails instead)")
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
