import Model

extension Mapping.ExpectedDays {
    /// The next day on which a snapshot is expected, after one of which there is a snapshot; nil when none is.
    ///
    /// A week is counted from that day, and so is a month: the same day of the next, its last where the next is too
    /// short, or where the day was its month's last.
    public func day(after day: Day) -> Day? {
        switch self {
        case .daily: day + 1
        case .weekdays: day + (day.weekday >= 5 ? 8 - day.weekday : 1)
        case .weekly: day + 7
        case .monthly: Self.monthLater(day)
        case .irregular: nil
        }
    }

    private static func monthLater(_ day: Day) -> Day {
        let (year, month, number) = day.civil
        let first = Day.first(ofMonth: month + 1, year: year)
        let next = first.civil
        let length = Day.length(ofMonth: next.month, year: next.year)
        let isLast = number == Day.length(ofMonth: month, year: year)
        return first + (isLast ? length : min(number, length)) - 1
    }
}
