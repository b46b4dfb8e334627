/// A rule of the store that does not hold, and where.
public struct BrokenRule: Sendable, Hashable {
    /// The rule's stable word, such as `overlap`.
    public let rule: String
    /// The entity; nil for the record of loads.
    public let entity: String?
    /// How often it is broken.
    public let count: Int
    /// The first places: keys, days and load numbers, never values of cells.
    public let examples: String
}

/// What a proof of the store found.
public struct VerifyReport: Sendable {
    /// One entity, or the record of loads.
    public struct Part: Sendable {
        /// The entity; nil for the record of loads.
        public let entity: String?
        /// How many versions, or loads and snapshots, were looked at.
        public let rows: Int
        /// How long it took.
        public let seconds: Double
    }

    /// The words of all rules, those of versions first.
    public static let rules = [
        "empty_interval", "overlap", "overlap_as_known", "second_current", "closed_wrongly",
        "superseded_early", "divided_interval", "unexplained_change", "past_beyond_start",
        "past_unexplained", "row_count", "load_count", "orphan_version", "load_missing", "published_earlier",
        "undo_of_nothing", "orphan_snapshot", "orphan_mark", "empty_load", "orphan_reject", "reject_count",
        "orphan_attempt", "orphan_load",
    ]

    /// What was looked at, in order.
    public internal(set) var parts: [Part] = []
    /// What does not hold; empty when all is well.
    public internal(set) var broken: [BrokenRule] = []
    /// The newest load at the time.
    public internal(set) var load = 0

    /// Whether every rule holds.
    public var isSound: Bool { broken.isEmpty }
}
