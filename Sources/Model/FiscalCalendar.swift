/// How a company divides its time: by a rule, or by a loaded table of periods. A value without a clock: every day is an
/// argument.
public struct FiscalCalendar: Sendable, Hashable {
    /// The rule; nil for a company whose loaded periods are its calendar.
    private let rule: RuledCalendar?
    private let loaded: LoadedPeriods

    /// A calendar by rule; loaded periods only say what their ids mean.
    public init(_ rule: RuledCalendar, loaded: LoadedPeriods = .none) {
        self.rule = rule
        self.loaded = loaded
    }

    /// Years of twelve months from a start month, 1…12.
    public init(startMonth: Int = 1, yearName: RuledCalendar.YearName = .end) {
        self.init(RuledCalendar(startMonth: startMonth, yearName: yearName))
    }

    /// A calendar that is the loaded periods.
    public init(loaded: LoadedPeriods) {
        rule = nil
        self.loaded = loaded
    }

    /// The grains of which the calendar has periods, the longest first.
    public var grains: [Period.Grain] {
        guard let rule else { return loaded.grains }
        return rule.weeks == nil ? [.year, .quarter, .month] : [.year, .quarter, .month, .week]
    }

    /// The grain of `this` and `next`: quarters where there are any, else the longest that is not a year.
    public var usualGrain: Period.Grain {
        let known = grains
        return known.contains(.quarter) ? .quarter : known.first { $0 != .year } ?? .year
    }

    /// The period of a label, in any case: `FY2026`, `FY2026Q4`, `FY26Q4`, `FY2026M11`, `FY2026P11`, in calendars of weeks
    /// `FY2026W44`, of loaded periods whatever they are called; nil when there is none.
    public func period(labelled text: String) -> Period? {
        rule.map { $0.period(labelled: text) } ?? loaded.period(labelled: text)
    }

    /// The period of a grain that contains the day; nil in a hole of the loaded periods, and for a grain that the
    /// calendar has not.
    public func period(_ grain: Period.Grain, containing day: Day) -> Period? {
        if grain == .all { return .all }
        guard grains.contains(grain) else { return nil }
        return rule.map { $0.period(grain, containing: day) } ?? loaded.period(grain, containing: day)
    }

    /// The period of the same grain that follows; nil where no such period is loaded, and for all of time.
    public func period(after period: Period) -> Period? {
        guard rule == nil else { return period.grain == .all ? nil : rule?.period(after: period) }
        return loaded.periods(period.grain).first { $0.start >= period.end }
    }

    /// The period of the same grain before; nil where no such period is loaded, and for all of time.
    public func period(before period: Period) -> Period? {
        guard rule == nil else { return period.grain == .all ? nil : rule?.period(before: period) }
        return loaded.periods(period.grain).last { $0.end <= period.start }
    }

    /// The last periods of the same grain before a period, the latest first: so many, or fewer where no more are loaded.
    public func periods(before period: Period, count: Int) -> [Period] {
        var found: [Period] = []
        while found.count < count, let before = self.period(before: found.last ?? period) {
            found.append(before)
        }
        return found
    }

    /// The periods of a grain that lie in a period, in order: the quarters of a year, the months of a quarter. Empty for
    /// all of time by a rule, which has no end.
    public func parts(of period: Period, by grain: Period.Grain) -> [Period] {
        guard rule != nil else { return loaded.periods(grain).filter { period.contains($0) } }
        guard period.grain != .all, var part = self.period(grain, containing: period.start) else { return [] }
        var parts: [Period] = []
        while part.start < period.end {
            parts.append(part)
            guard let next = self.period(after: part) else { break }
            part = next
        }
        return parts
    }

    /// The ways in which a period is made of shorter ones: a year of quarters, of months or of weeks.
    public func parts(of period: Period) -> [[Period]] {
        guard let place = grains.firstIndex(of: period.grain) else { return [] }
        return grains[(place + 1)...].map { parts(of: period, by: $0) }.filter { !$0.isEmpty }
    }

    /// The longer periods in which a period lies, the shortest first: the quarter and the year of a month.
    public func containers(of period: Period) -> [Period] {
        guard let place = grains.firstIndex(of: period.grain) else { return [] }
        return grains[..<place].reversed().compactMap { grain in
            self.period(grain, containing: period.start).flatMap { $0.contains(period) ? $0 : nil }
        }
    }

    /// The day whose end freezes the figures of a period: the one that its loaded record states, else the business day
    /// of that number after its end; nil where neither is stated.
    public func freezeDay(of period: Period, businessDay: Int?, _ businessDays: BusinessDays) -> Day? {
        if period.grain == .all { return nil }
        if let stated = loaded.freezeDay(of: period) { return stated }
        return businessDay.flatMap { businessDays.day($0, after: period.lastDay) }
    }
}

extension FiscalCalendar {
    /// The period that an export means: by a label, by the id of a loaded period of the same source, else by its first
    /// and last day; nil when it is none of the calendar's.
    public func period(written text: String?, source: String, start: Day? = nil, lastDay: Day? = nil)
        -> Period?
    {
        if let text {
            if let labelled = period(labelled: text) { return labelled }
            if let span = loaded.span(of: RecordID(source: source, id: text)) {
                return period(from: span.start, to: span.end)
            }
        }
        guard let start, let lastDay else { return nil }
        return period(from: start, to: lastDay + 1)
    }

    /// Every text by which exports may mean a period, letters of ASCII in capitals.
    public func spellings(of period: Period) -> [String] {
        let labels = PeriodLabel(period.label)?.spellings ?? [period.label]
        return Set((labels + loaded.ids(of: period)).map(asciiCapitals)).sorted()
    }

    private func period(from start: Day, to end: Day) -> Period? {
        grains.lazy.compactMap { self.period($0, containing: start) }.first {
            $0.start == start && $0.end == end
        }
    }

    private func asciiCapitals(_ text: String) -> String {
        var capitals = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isSmall = ("a"..."z").contains(scalar)
            capitals.append(isSmall ? UnicodeScalar(UInt8(scalar.value) - 32) : scalar)
        }
        return String(capitals)
    }
}
