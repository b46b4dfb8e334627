/// What a company's record says of its calendar, in its own words.
public struct CalendarWords: Sendable, Hashable {
    /// `months`, `445`, `454`, `544` (written `4-4-5` too) or `loaded`; nil for months.
    public let calendar: String?
    /// Such as `saturday last` or `friday nearest`; needed for calendars of weeks.
    public let weekAnchor: String?
    /// `last` or `first`; nil for last.
    public let extraWeek: String?
    /// The month in which the year starts, 1…12.
    public let startMonth: Int
    /// `end` or `start`; anything else is read as end.
    public let yearName: String

    /// Those words.
    public init(
        calendar: String? = nil, weekAnchor: String? = nil, extraWeek: String? = nil, startMonth: Int = 1,
        yearName: String = "end"
    ) {
        self.calendar = calendar
        self.weekAnchor = weekAnchor
        self.extraWeek = extraWeek
        self.startMonth = startMonth
        self.yearName = yearName
    }

    /// The calendar that they mean.
    ///
    /// - Parameters:
    ///   - source: The source of the company, whose loaded periods count before those of others.
    ///   - periods: What is loaded of `fiscal_period`.
    /// - Throws: `BW530` for a calendar or extra week that is unknown, `BW531` for an anchor that is missing or none,
    ///   `BW532` for loaded periods that overlap, `BW533` for a loaded calendar without periods.
    public func fiscalCalendar(
        of source: String, periods: [LoadedPeriod]
    ) throws(BellwetherError) -> FiscalCalendar {
        let ids = LoadedPeriods(idsOf: periods)
        switch Self.plain(calendar) {
        case "", "months": return FiscalCalendar(try ruled(nil), loaded: ids)
        case "loaded":
            guard !periods.isEmpty else {
                throw BellwetherError(
                    .periodMissing, "the company's calendar is “loaded”, and no fiscal period is",
                    hint: "Load fiscal_period, with kind, first and last day of each period.")
            }
            return FiscalCalendar(loaded: try LoadedPeriods(calendarOf: source, periods))
        case let word:
            guard let pattern = WeekCalendar.Pattern(rawValue: word.filter { $0 != "-" }) else {
                throw Self.unknown("calendar", calendar, "months, 445, 454, 544 or loaded")
            }
            return FiscalCalendar(try ruled(pattern), loaded: ids)
        }
    }

    private func ruled(_ pattern: WeekCalendar.Pattern?) throws(BellwetherError) -> RuledCalendar {
        let name = RuledCalendar.YearName(rawValue: yearName) ?? .end
        guard let pattern else { return RuledCalendar(startMonth: startMonth, yearName: name) }
        let word = Self.plain(extraWeek)
        guard let extra = WeekCalendar.ExtraWeek(rawValue: word.isEmpty ? "last" : word) else {
            throw Self.unknown("extra_week", extraWeek, "last or first")
        }
        return RuledCalendar(
            startMonth: startMonth, yearName: name,
            weeks: WeekCalendar(pattern, anchor: try anchor(), extraWeek: extra))
    }

    private static let weekdays = [
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    ]

    private func anchor() throws(BellwetherError) -> WeekCalendar.Anchor {
        let words = Self.plain(weekAnchor).split(separator: " ").map(String.init)
        guard words.count == 2, let weekday = Self.weekdays.firstIndex(of: words[0]),
            let choice = WeekCalendar.Anchor.Choice(rawValue: words[1])
        else {
            throw BellwetherError(
                .weekAnchorUnknown,
                weekAnchor.map { "the company's week_anchor is “\($0)”, which is no anchor" }
                    ?? "the company's calendar is of weeks, and nothing says on which day a year ends",
                hint: "Load the company with a week_anchor such as “saturday last” or “friday nearest”.")
        }
        return WeekCalendar.Anchor(weekday: weekday + 1, choice)
    }

    private static func plain(_ word: String?) -> String {
        (word ?? "").lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    private static func unknown(_ setting: String, _ word: String?, _ known: String) -> BellwetherError {
        BellwetherError(
            .calendarUnknown, "the company's \(setting) is “\(word ?? "")”, which is unknown",
            hint: "Load the company with \(setting) one of: \(known).")
    }
}
