import Model

/// The weeks of a period: sevens of days from its first day, as many as sevens fit best; the last takes the days that
/// are left over, or is short of some. A quarter of 90 to 92 days has 13, one with a 53rd week 14.
public struct PeriodWeeks: Sendable, Hashable {
    private let period: Period
    /// How many there are.
    public let count: Int

    /// The weeks of a period.
    public init(_ period: Period) {
        self.period = period
        count = max(1, (period.dayCount + 3) / 7)
    }

    /// The first day of a week, from 0.
    public func start(of week: Int) -> Day { period.start + week * 7 }

    /// The week, from 0, in which a day lies; nil for a day outside.
    public func week(of day: Day) -> Int? {
        period.contains(day) ? min((day - period.start) / 7, count - 1) : nil
    }
}

/// How evenly the bookings of a period came: metric 19.
public struct Linearity: Sendable {
    /// All bookings of the period.
    public let total: Amount
    /// The bookings of each week.
    public let weeks: [Amount]
    /// The bookings of each part, the months of a quarter; empty where the calendar has none.
    public let parts: [Amount]

    /// The bookings of a period by close date.
    ///
    /// - Parameters:
    ///   - parts: The months of a quarter, the quarters of a year.
    public init(_ bookings: [Day: Amount], in period: Period, parts: [Period]) {
        let calendar = PeriodWeeks(period)
        var weeks = [Amount](repeating: .zero, count: calendar.count)
        var sums = [Amount](repeating: .zero, count: parts.count)
        for (day, amount) in bookings {
            if let week = calendar.week(of: day) { weeks[week] += amount }
            if let part = parts.firstIndex(where: { $0.contains(day) }) { sums[part] += amount }
        }
        self.weeks = weeks
        self.parts = sums
        total = weeks.reduce(.zero, +)
    }

    /// The share of the bookings that came in the last part: month 3 of a quarter. Nil without bookings.
    public var lastPartShare: Double? { parts.last.flatMap { $0.ratio(to: total) } }

    /// The share of each part; nil without bookings.
    public var partShares: [Double?] { parts.map { $0.ratio(to: total) } }

    /// The share of each week; nil without bookings.
    public var weekShares: [Double?] { weeks.map { $0.ratio(to: total) } }

    /// The Gini coefficient over the weeks: 0 where each booked the same, towards 1 where one booked everything. Nil
    /// without bookings, and where a week booked less than nothing.
    public var gini: Double? {
        guard total > .zero, weeks.allSatisfy({ $0 >= .zero }) else { return nil }
        let sorted = weeks.sorted()
        let count = sorted.count
        // Σ (2i − n − 1) x over the sorted weeks, i from 1: exact until the last division.
        let weighted = sorted.enumerated().reduce(Int128.zero) { sum, week in
            sum + Int128(2 * (week.offset + 1) - count - 1) * week.element.millionths
        }
        return Double(weighted) / (Double(count) * Double(total.millionths))
    }
}
