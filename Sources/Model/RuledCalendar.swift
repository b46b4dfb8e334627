/// Fiscal years by rule: twelve months from any start month, or whole weeks. Every day lies in exactly one year, quarter
/// and month.
public struct RuledCalendar: Sendable, Hashable {
    /// The calendar year that gives a fiscal year its number.
    public enum YearName: String, Sendable, Hashable {
        /// The calendar year of the fiscal year's last month, the common rule.
        case end
        /// The calendar year of the fiscal year's first month.
        case start
    }

    /// The first month of the fiscal year, 1…12; a year of weeks begins near its first day.
    public let startMonth: Int
    /// Which calendar year names the fiscal year.
    public let yearName: YearName
    /// How the years are divided into weeks; nil for years of months.
    public let weeks: WeekCalendar?

    /// A calendar whose years start in `startMonth` (1…12, others are brought into that range).
    public init(startMonth: Int = 1, yearName: YearName = .end, weeks: WeekCalendar? = nil) {
        self.startMonth = min(max(startMonth, 1), 12)
        self.yearName = yearName
        self.weeks = weeks
    }

    /// The period of a label such as `FY2026Q4`; nil for what is no label, and for a week that the year has not.
    public func period(labelled text: String) -> Period? {
        PeriodLabel(text).flatMap { period(of: $0) }
    }

    /// The period of a label; nil for a week that the year has not.
    public func period(of label: PeriodLabel) -> Period? {
        let boundaries = boundaries(label.grain, ofYear: label.year)
        guard boundaries.indices.contains(label.number) else { return nil }
        return Period(
            label: label.description, grain: label.grain, start: boundaries[label.number - 1],
            end: boundaries[label.number])
    }

    /// The period of a grain that contains the day; for weeks the year where the calendar has none.
    public func period(_ grain: Period.Grain, containing day: Day) -> Period {
        let year = year(containing: day)
        let boundaries = boundaries(grain, ofYear: year)
        guard grain != .all, let next = boundaries.firstIndex(where: { $0 > day }) else {
            return grain == .all ? .all : period(.year, containing: day)
        }
        let label = PeriodLabel(year: year, grain, next)
        return Period(
            label: label.description, grain: grain, start: boundaries[next - 1], end: boundaries[next])
    }

    /// The period of the same grain that begins where this one ends.
    public func period(after period: Period) -> Period {
        self.period(period.grain, containing: period.end)
    }

    /// The period of the same grain that ends where this one begins.
    public func period(before period: Period) -> Period {
        self.period(period.grain, containing: period.start - 1)
    }

    // MARK: - Years

    private func year(containing day: Day) -> Int {
        let (civilYear, civilMonth, _) = day.civil
        var year = civilMonth >= startMonth ? civilYear : civilYear - 1
        if isNamedAfterEnd { year += 1 }
        // A year of weeks may begin some days before its month or after it.
        while day < start(ofYear: year) { year -= 1 }
        while day >= start(ofYear: year + 1) { year += 1 }
        return year
    }

    private var isNamedAfterEnd: Bool { yearName == .end && startMonth > 1 }

    private func start(ofYear year: Int) -> Day {
        let monthStart = Day.first(ofMonth: startMonth, year: isNamedAfterEnd ? year - 1 : year)
        guard let weeks else { return monthStart }
        return weeks.anchor.day(near: monthStart - 1) + 1
    }

    /// The first days of a year's periods of a grain, in order, and of the next year; empty for weeks that the calendar
    /// has not.
    private func boundaries(_ grain: Period.Grain, ofYear year: Int) -> [Day] {
        let start = start(ofYear: year)
        let end = self.start(ofYear: year + 1)
        let months = monthStarts(from: start, to: end, year)
        return switch grain {
        case .year: [start, end]
        case .quarter: [months[0], months[3], months[6], months[9], end]
        case .month: months + [end]
        case .week: weeks == nil ? [] : (0...(end - start) / 7).map { start + $0 * 7 }
        case .all: []
        }
    }

    private func monthStarts(from start: Day, to end: Day, _ year: Int) -> [Day] {
        guard let weeks else {
            let startYear = isNamedAfterEnd ? year - 1 : year
            return (0..<12).map { Day.first(ofMonth: startMonth + $0, year: startYear) }
        }
        var first = start
        return weeks.monthLengths(weeks: (end - start) / 7).map { length in
            defer { first = first + length * 7 }
            return first
        }
    }
}
