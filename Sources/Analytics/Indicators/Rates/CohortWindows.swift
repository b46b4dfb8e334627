import Model

/// Which beginnings are compared: whole months, all of them old enough that each had the same days to come through.
///
/// They move on once a month, so that a rate is tested once a completed month and not every night (metric 27).
public struct CohortWindows: Sendable, Hashable {
    /// How many days each has to come through.
    public let horizon: Int
    /// The last twelve months that are old enough: what a rate is told of.
    public let year: Range<Day>
    /// The last three of them.
    public let now: Range<Day>
    /// The twelve before those three.
    public let before: Range<Day>

    /// The windows of a day.
    ///
    /// - Parameters:
    ///   - horizon: From 0 on; less is taken as 0.
    ///   - since: A day from which on it is now; before are then the twelve months before it.
    public init(asOf day: Day, horizon: Int, since: Day? = nil) {
        self.horizon = max(0, horizon)
        // A month is complete with its last day.
        let (year, month, _) = (day + 1).civil
        let complete = Day.first(ofMonth: month, year: year)
        let (endYear, endMonth, _) = (complete - self.horizon).civil
        func start(_ months: Int) -> Day { .first(ofMonth: endMonth - months, year: endYear) }
        self.year = start(12)..<start(0)
        guard let since else {
            now = start(3)..<start(0)
            before = start(15)..<start(3)
            return
        }
        now = since..<max(since, start(0))
        let (sinceYear, sinceMonth, _) = since.civil
        before = .first(ofMonth: sinceMonth - 12, year: sinceYear)..<since
    }

    /// The horizons that there are: few, so that the same one holds from month to month.
    public static let horizons = [14, 30, 60, 90, 120, 180, 270, 365, 540, 730, 1095]
}

extension CumulativeIncidence {
    /// In how many days at least nine of ten have ended so of all that ever will, by what is known, as one of the
    /// horizons; nil where none has.
    public func horizon(of end: End) -> Int? {
        guard let last = steps.last?.shares[end], last > 0,
            let day = steps.first(where: { ($0.shares[end] ?? 0) >= 0.9 * last })?.day
        else { return nil }
        return CohortWindows.horizons.first { day <= $0 } ?? CohortWindows.horizons.last
    }
}
