import Model

/// What building the history anew from its exports found.
public struct RebuildReport: Sendable {
    /// One entity of one source.
    public struct Part: Sendable {
        /// The source.
        public let source: String
        /// The entity.
        public let entity: String
        /// How many live snapshots it has.
        public let snapshots: Int
        /// How many spans of days with the same content came of them; nil when exports are missing.
        public internal(set) var intervals: Int?
    }

    /// A live snapshot whose exports are not there as they were loaded.
    public struct Missing: Sendable {
        /// The load that read them.
        public let load: Int
        /// The day.
        public let day: Day
        /// The source.
        public let source: String
        /// The entity.
        public let entity: String
        /// What is not as it was.
        public let reason: String
    }

    /// What was looked at.
    public internal(set) var parts: [Part] = []
    /// Where the history differs from what the exports say.
    public internal(set) var differences: [BrokenRule] = []
    /// Snapshots that cannot be read again; their entity is not compared.
    public internal(set) var missing: [Missing] = []
}
