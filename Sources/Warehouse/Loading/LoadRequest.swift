import Intake
import Model

/// A check before publishing that a person may accept.
public enum LoadGuard: String, Sendable, Hashable, CaseIterable {
    /// Too large a share of an entity's rows was set aside.
    case rejects
    /// A full snapshot has no rows, which would close every record.
    case empty
    /// Too large a share of an entity's records is no longer in a full snapshot, as when an export broke off.
    case gone
}

/// What to load, and how.
public struct LoadRequest: Sendable {
    /// A full snapshot of which more than this share, and more than `rejectsAlwaysTaken` rows, are set aside is
    /// held.
    public static let rejectedShareLimit = 0.05
    /// So many rejects never hold a load.
    public static let rejectsAlwaysTaken = 10
    /// A full snapshot without more than this share of the records of the day before, and without more than
    /// `goneAlwaysTaken` of them, is held.
    public static let goneShareLimit = 0.2
    /// So many records that are gone never hold a load.
    public static let goneAlwaysTaken = 10

    /// How the files become records.
    public let mapping: Mapping
    /// The folder with the files.
    public let folder: String
    /// The business day whose end they describe.
    public let day: Day
    /// The entities to load, whatever else the folder holds; nil for all.
    public let only: Set<String>?
    /// Whether other content replaces what is loaded for the day.
    public let replace: Bool
    /// Whether to do everything but publish.
    public let dryRun: Bool
    /// Guards that a person has accepted.
    public let accepted: Set<LoadGuard>
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
        mapping: Mapping, folder: String, day: Day, only: Set<String>? = nil, replace: Bool, dryRun: Bool,
        accepted: Set<LoadGuard>, waits: Bool, command: String, loadedBy: String, programVersion: String
    ) {
        self.mapping = mapping
        self.folder = folder
        self.day = day
        self.only = only
        self.replace = replace
        self.dryRun = dryRun
        self.accepted = accepted
        self.waits = waits
        self.command = command
        self.loadedBy = loadedBy
        self.programVersion = programVersion
    }
}
