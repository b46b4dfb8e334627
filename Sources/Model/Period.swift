/// A span of days that a plan and a forecast speak of: a fiscal year, quarter, month or week.
public struct Period: Sendable, Hashable {
    /// How long a period is.
    public enum Grain: String, Sendable, Hashable, CaseIterable {
        case year, quarter, month, week
        /// Every day there is, asked for as `all`.
        case all
    }

    /// `FY2026`, `FY2026Q4`, `FY2026M11`, `FY2026W44`, or what a loaded calendar calls it.
    public let label: String
    /// Year, quarter, month or week.
    public let grain: Grain
    /// The first day.
    public let start: Day
    /// The day after the last day.
    public let end: Day

    /// A period of a calendar; `end` is the day after the last.
    public init(label: String, grain: Grain, start: Day, end: Day) {
        self.label = label
        self.grain = grain
        self.start = start
        self.end = end
    }

    /// Every day that a date can be: the years 1…9999.
    public static let all = Period(
        label: "all", grain: .all, start: .first(ofMonth: 1, year: 1), end: .first(ofMonth: 1, year: 10_000))

    /// The last day.
    public var lastDay: Day { end - 1 }

    /// How many days it has.
    public var dayCount: Int { end - start }

    /// Whether the day lies in the period.
    public func contains(_ day: Day) -> Bool {
        start <= day && day < end
    }

    /// Whether the other period lies in this one, the same days included.
    public func contains(_ other: Period) -> Bool {
        start <= other.start && other.end <= end
    }

    /// The days from a day to the last day: 0 on the last day, below 0 after it, more than the period has before its
    /// first. By these the days of different periods are compared.
    public func daysBeforeEnd(_ day: Day) -> Int {
        lastDay - day
    }

    /// The days of the period that are still to come after a day: all of them before it begins, 0 from its last day
    /// on.
    public func daysLeft(after day: Day) -> Int {
        max(0, lastDay - max(day, start - 1))
    }

    /// The week of the period that a day lies in, from 1, weeks being counted in sevens from the first day; nil for a
    /// day outside.
    public func week(of day: Day) -> Int? {
        contains(day) ? (day - start) / 7 + 1 : nil
    }

    /// The day of another period that stands as far before its end as the given day before the end of this one. It may
    /// lie before a shorter period's first day.
    public func sameDay(as day: Day, in other: Period) -> Day {
        other.lastDay - daysBeforeEnd(day)
    }
}
