/// Where a frozen period is read on both clocks: history decides it, once and for good.
public struct FreezePoint: Sendable, Hashable {
    /// The day whose end freezes the period, as was known at the load.
    public let freezeDay: Day
    /// The day that is read: the freeze day, or the first one after it with a snapshot of every source.
    public let day: Day
    /// The load that first covered that day; what came later is a restatement.
    public let load: Int

    /// A point of those.
    public init(freezeDay: Day, day: Day, load: Int) {
        self.freezeDay = freezeDay
        self.day = day
        self.load = load
    }
}

/// What the records of loads say of how far deals are known: all that decides where a period is frozen.
public struct CoverageRecords: Sendable, Hashable {
    /// A snapshot of the deals of a source.
    public struct Snapshot: Sendable, Hashable {
        /// The source.
        public let source: String
        /// Its day.
        public let day: Day
        /// The load that brought it.
        public let load: Int
        /// The load that took it back; nil while none has.
        public let undoneIn: Int?

        /// A snapshot of those facts.
        public init(source: String, day: Day, load: Int, undoneIn: Int? = nil) {
            self.source = source
            self.day = day
            self.load = load
            self.undoneIn = undoneIn
        }
    }

    /// The past of a source's deals as a load made it from the CRM's own history: of each source the one of the
    /// newest load counts.
    public struct Past: Sendable, Hashable {
        /// The source.
        public let source: String
        /// Its days, the last one excluded; nil when it has none any more.
        public let days: Range<Day>?
        /// The load.
        public let load: Int

        /// A past of those facts.
        public init(source: String, days: Range<Day>?, load: Int) {
            self.source = source
            self.days = days
            self.load = load
        }
    }

    /// What the company's settings, its periods and its holidays say from a load on.
    public struct Rule: Sendable, Hashable {
        /// The load.
        public let load: Int
        /// The day whose end freezes the period; nil while nothing is frozen.
        public let freezeDay: Day?

        /// A rule that holds from a load on.
        public init(load: Int, freezeDay: Day?) {
            self.load = load
            self.freezeDay = freezeDay
        }
    }

    /// Every snapshot that was ever published.
    public let snapshots: [Snapshot]
    /// Every past that was ever made.
    public let pasts: [Past]
    /// The rules, in the order of their loads.
    public let rules: [Rule]

    /// Those records.
    public init(snapshots: [Snapshot], pasts: [Past], rules: [Rule]) {
        self.snapshots = snapshots
        self.pasts = pasts
        self.rules = rules
    }
}
