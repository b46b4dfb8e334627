/// A check before publishing, under the name by which a mapping configures it and a person accepts it.
public enum LoadGuard: String, Sendable, Hashable, CaseIterable {
    /// Too large a share of an entity's rows was set aside.
    case rejects
    /// A full snapshot has no rows, which would close every record.
    case empty
    /// Too large a share of an entity's records is no longer in a full snapshot, as when an export broke off.
    case gone
    /// A full snapshot has far fewer or far more rows than the one before, as when an export is doubled.
    case rows
    /// The amounts of what is open jumped, as when a number format or a currency changed.
    case amount
    /// The day lies after today.
    case newer
    /// The day lies long before the newest that is loaded.
    case older
    /// The day that a delta builds on is not loaded.
    case base
    /// Columns are missing, empty or of another form.
    case drift
    /// The day is loaded already with other content. Passes with `--replace` only, and cannot be configured.
    case sameDay = "same_day"

    /// Those that a person accepts with `--accept` and a mapping configures.
    public static let acceptable = allCases.filter { $0 != .sameDay }

    /// The code of a load that it alone holds.
    public var code: ErrorCode {
        switch self {
        case .rejects: .guardRejects
        case .empty: .guardEmpty
        case .gone: .guardGone
        case .rows: .guardRows
        case .amount: .guardAmount
        case .newer: .guardNewer
        case .older: .guardOlder
        case .base: .guardBase
        case .drift: .guardDrift
        case .sameDay: .guardSameDay
        }
    }

    /// The option that lets it pass.
    public var acceptOption: String { self == .sameDay ? "--replace" : "--accept \(rawValue)" }
}

/// What a guard found in one entity's snapshot.
public struct GuardTrip: Sendable, Hashable {
    /// The guard.
    public let loadGuard: LoadGuard
    /// The entity.
    public let entity: String
    /// What it found, in a few words.
    public let found: String
    /// What it would have let pass, in a few words.
    public let allowed: String
    /// The first file of the snapshot; nil when it has none.
    public let file: String?
    /// Whether a person had accepted it.
    public var isAccepted: Bool

    /// A finding of a guard.
    public init(
        _ loadGuard: LoadGuard, entity: String, found: String, allowed: String, file: String? = nil,
        isAccepted: Bool = false
    ) {
        self.loadGuard = loadGuard
        self.entity = entity
        self.found = found
        self.allowed = allowed
        self.file = file
        self.isAccepted = isAccepted
    }
}
