import Intake
import Model

/// What to load, and how.
public struct LoadRequest: Sendable {
    /// How the files become records.
    public let mapping: Mapping
    /// The folder with the files.
    public let folder: String
    /// The business day whose end they describe.
    public let day: Day
    /// Whether other content replaces what is loaded for the day.
    public let replace: Bool
    /// Whether to do everything but publish.
    public let dryRun: Bool
    /// Guards that a person has accepted for every entity.
    public let accepted: Set<LoadGuard>
    /// Guards that a person has accepted for one entity, by its name.
    public let acceptedByEntity: [String: Set<LoadGuard>]
    /// The day whose state the deltas build on; nil leaves it to the mapping.
    public let buildsOn: Day?
    /// The time now, as ISO 8601 with an offset; without it no day is too new.
    public let now: String?
    /// Whether to wait while another load is under way.
    public let waits: Bool
    /// The command line, for the record.
    public let command: String
    /// The operating system's user, for the record.
    public let loadedBy: String
    /// The program's version, for the record.
    public let programVersion: String

    /// A request of those parts.
    public init(
        mapping: Mapping, folder: String, day: Day, replace: Bool, dryRun: Bool, accepted: Set<LoadGuard>,
        waits: Bool, command: String, loadedBy: String, programVersion: String,
        acceptedByEntity: [String: Set<LoadGuard>] = [:], buildsOn: Day? = nil, now: String? = nil
    ) {
        self.mapping = mapping
        self.folder = folder
        self.day = day
        self.replace = replace
        self.dryRun = dryRun
        self.accepted = accepted
        self.acceptedByEntity = acceptedByEntity
        self.buildsOn = buildsOn
        self.now = now
        self.waits = waits
        self.command = command
        self.loadedBy = loadedBy
        self.programVersion = programVersion
    }
}

extension LoadRequest {
    /// Whether a person has accepted what a guard may find in an entity.
    func accepts(_ loadGuard: LoadGuard, of entity: String) -> Bool {
        if loadGuard == .sameDay { return replace }
        return accepted.contains(loadGuard) || acceptedByEntity[entity]?.contains(loadGuard) == true
    }

    /// What a person has accepted, as `load.accepted_guards` keeps it: `gone`, `rejects:opportunity`.
    var acceptedNames: [String] {
        let single = acceptedByEntity.flatMap { entity, guards in guards.map { "\($0.rawValue):\(entity)" } }
        return (accepted.map(\.rawValue) + single).sorted()
    }
}
