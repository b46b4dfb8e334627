/// How far back the warehouse is to know what it knew.
public enum KeptKnowledge: Sendable, Hashable {
    /// From a load on, or from the newest load that was published by a day or a time, in the forms of
    /// `bellwether.as_known`.
    case since(String)
    /// So many days, months or years before now.
    case last(Int, Unit)

    /// What a span is counted in.
    public enum Unit: String, Sendable, Hashable, CaseIterable {
        case days = "d"
        case weeks = "w"
        case months = "m"
        case years = "y"
    }

    /// Reads `2y`, `18m`, `26w`, `90d`, a day, a time or a load's number; nil for anything else.
    public init?(_ text: String) {
        if let unit = text.last.flatMap({ Unit(rawValue: String($0)) }),
            let count = Int(text.dropLast()), (1...99_999).contains(count)
        {
            self = .last(count, unit)
        } else if text.wholeMatch(of: /[0-9]{1,9}|[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9:.]+)?/) != nil {
            self = .since(text)
        } else {
            return nil
        }
    }
}

/// What to prune, and who does it.
public struct PruneRequest: Sendable {
    /// How far back the warehouse is to know what it knew.
    public let keep: KeptKnowledge
    /// Whether to delete; otherwise only what would be lost is told.
    public let isMeant: Bool
    /// Whether to wait while a load is under way.
    public let waits: Bool
    /// The command line, for the record.
    public let command: String
    /// The operating system's user, for the record.
    public let prunedBy: String
    /// The program's version, for the record.
    public let programVersion: String

    /// A request of those parts.
    public init(
        keep: KeptKnowledge, isMeant: Bool, waits: Bool, command: String, prunedBy: String,
        programVersion: String
    ) {
        self.keep = keep
        self.isMeant = isMeant
        self.waits = waits
        self.command = command
        self.prunedBy = prunedBy
        self.programVersion = programVersion
    }
}

/// What a prune deleted, or would.
public struct PruneReport: Sendable {
    /// One entity.
    public struct Entity: Sendable {
        /// The entity.
        public let entity: String
        /// How many versions it has before.
        public let versions: Int
        /// How many of them go.
        public let pruned: Int
    }

    /// The earliest load as known at which the warehouse answers afterwards; 0 while nothing was ever pruned.
    public internal(set) var horizon: Int
    /// The same before.
    public internal(set) var horizonBefore: Int
    /// The entities of which something goes.
    public internal(set) var entities: [Entity] = []
    /// Whether it was done.
    public internal(set) var isDone = false
    /// Tables that the user may not vacuum, so that their space is not yet free for use.
    public internal(set) var notVacuumed: [String] = []

    /// How many versions go.
    public var pruned: Int { entities.reduce(0) { $0 + $1.pruned } }
}
