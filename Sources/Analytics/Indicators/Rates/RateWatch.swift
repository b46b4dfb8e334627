import Model

/// Says which of many rates have changed, with a promise of how often it rings where nothing has (metric 27).
///
/// Each rate is looked at once a completed month, in matured cohorts with equal time, by an exact test. All rates looked at together are
/// one family: where none has changed, at most the share `level` of looks rings at all.
public enum RateWatch {
    /// The share of looks that may ring where nothing has changed.
    public static let level = 0.01
    /// How many looks a year has.
    public static let looksAYear = 12
    /// In how many years of a hundred at most one look rings where nothing has changed: the looks' shares together.
    public static var yearlyRate: Double { level * Double(looksAYear) }
    /// Fewer than so many on either side say nothing.
    public static let minimum = 10

    /// What a look at a rate found.
    public struct Verdict: Sendable, Hashable {
        /// The rate before and now.
        public let change: RateChange
        /// The chance of such a difference where nothing has changed, adjusted for all rates looked at.
        public let adjusted: Double

        /// Whether the rate has changed.
        public var isAlarm: Bool { adjusted <= RateWatch.level }

        /// The smallest fall that these numbers would show in four of five cases, were they the only ones.
        public var detectableFall: Double? { change.detectableFall(level: RateWatch.level) }
    }

    /// The verdicts on rates looked at together, in their order; nil for those of too few.
    public static func judge(_ changes: [RateChange?]) -> [Verdict?] {
        let tested = changes.map { change in
            change.flatMap { min($0.before.trials, $0.now.trials) >= minimum ? $0 : nil }
        }
        var adjusted = FalseDiscoveries.adjusted(tested.compactMap { $0?.exactPValue })[...]
        return tested.map { change in
            guard let change, let value = adjusted.popFirst() else { return nil }
            return Verdict(change: change, adjusted: value)
        }
    }
}
