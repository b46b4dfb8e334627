import Model

/// How long a stage held deals up, quarter by quarter, against its own four quarters before (metric 15).
///
/// Each visit is followed for the same number of days, and only those count that began early enough for it: so that no
/// stage looks quick because its deals have only just come.
public struct StagePace: Sendable {
    /// Three months in which visits began.
    public struct Quarter: Sendable, Hashable {
        /// The days on which they began.
        public let days: Range<Day>
        /// How many there are.
        public internal(set) var visits = 0
        /// Their days together, each at most the limit.
        public internal(set) var spent = 0
        /// How many lasted longer than the bound.
        public internal(set) var slow = 0

        /// The mean days of a visit; nil without one.
        public var mean: Double? { visits > 0 ? Double(spent) / Double(visits) : nil }
    }

    /// For how many days each visit is followed.
    public let limit: Int
    /// More days than this are slow: no more than one in four of the visits lasted so long in the year before.
    public let bound: Double
    /// The last eight quarters, the latest first.
    public let quarters: [Quarter]

    /// How many quarters are judged, each against the four before it.
    public static let judged = 4

    /// The pace of a stage; nil where no visit of it has come to an end.
    ///
    /// - Parameter limit: For how many days visits are followed: the same for all lines of an answer.
    public init?(_ visits: [FateCell], asOf day: Day, limit: Int, bound: Double) {
        guard limit > 0 else { return nil }
        self.limit = limit
        self.bound = bound
        let (year, month, _) = (day + 1).civil
        let (endYear, endMonth, _) = (Day.first(ofMonth: month, year: year) - limit).civil
        func start(_ quarters: Int) -> Day { .first(ofMonth: endMonth - 3 * quarters, year: endYear) }
        var quarters = (0..<8).map { Quarter(days: start($0 + 1)..<start($0)) }
        for cell in visits {
            guard let month = cell.month, let days = cell.days,
                // Nobody knows how long a deal that vanished would have stayed.
                !(cell.isInPeriod && days < limit),
                let index = quarters.firstIndex(where: { $0.days.contains(month) })
            else { continue }
            quarters[index].visits += cell.count
            quarters[index].spent += min(days, limit) * cell.count
            quarters[index].slow += Double(min(days, limit)) > bound ? cell.count : 0
        }
        self.quarters = quarters
    }

    /// For how many days to follow visits of a stage and from when on one is slow, from those of the node that ended; nil
    /// of fewer than ten.
    public static func limits(_ visits: [FateCell], asOf day: Day) -> (limit: Int, bound: Double)? {
        // What is bound to be over when the quarter to be judged begins.
        let (year, month, _) = (day + 1).civil
        let window = Day.first(ofMonth: month - 24, year: year)..<Day.first(ofMonth: month - 6, year: year)
        let completed = StageDurations(visits, begun: window).completed
        guard completed.count >= RateWatch.minimum, let bound = completed[0.75] else { return nil }
        let limit = CohortWindows.horizons.first { Double($0) > bound } ?? CohortWindows.horizons.last
        return limit.map { ($0, bound) }
    }

    /// The sum of four quarters before one.
    private func before(_ quarter: Int) -> (visits: Int, spent: Int, slow: Int) {
        quarters[(quarter + 1)...(quarter + 4)].reduce((0, 0, 0)) {
            ($0.0 + $1.visits, $0.1 + $1.spent, $0.2 + $1.slow)
        }
    }

    /// The mean days of a visit in the four quarters before one of the last four; nil without a visit.
    public func meanBefore(_ quarter: Int) -> Double? {
        let sum = before(quarter)
        return sum.visits > 0 ? Double(sum.spent) / Double(sum.visits) : nil
    }

    /// How many days more than by the pace of the four quarters before the deals of a quarter spent, all together; below
    /// zero where they were quicker. Nil where either has no visit.
    public func excess(_ quarter: Int) -> Double? {
        guard let mean = quarters[quarter].mean, let usual = meanBefore(quarter) else { return nil }
        return (mean - usual) * Double(quarters[quarter].visits)
    }

    /// The share of slow visits in a quarter against the four before it; nil where either has none.
    public func slowness(_ quarter: Int) -> RateChange? {
        let was = before(quarter)
        guard let before = Proportion(was.slow, of: was.visits),
            let now = Proportion(quarters[quarter].slow, of: quarters[quarter].visits)
        else { return nil }
        return RateChange(from: before, to: now)
    }
}
