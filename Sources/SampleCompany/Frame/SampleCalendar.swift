import Model

/// How the company divides its fiscal years into quarters.
public enum SampleCalendar: String, Sendable, Hashable, CaseIterable {
    /// Fiscal years are calendar years.
    case months
    /// Weeks from Friday to Thursday, quarters of four, four and five of them; a year ends on the last
    /// Thursday of December. FY2026 then has 53 weeks, the last of them in its fourth quarter, and
    /// ends with the calendar year.
    case weeks445 = "445"

    /// The quarter that contains the day, labelled as in a calendar of months.
    func quarter(containing day: Day) -> Period {
        guard self == .weeks445 else { return Frame.calendar.period(.quarter, containing: day) }
        let civilYear = day.civil.year
        let year = day < SampleCalendar.weekYearEnd(civilYear) ? civilYear : civilYear + 1
        let first = SampleCalendar.weekYearEnd(year - 1)
        return quarter(min((day - first) / (13 * 7), 3) + 1, of: year)
    }

    /// A quarter (1…4) of a fiscal year.
    func quarter(_ quarter: Int, of year: Int) -> Period {
        guard self == .weeks445 else {
            return Frame.calendar.period(.quarter, containing: Frame.day(year, quarter * 3 - 2, 1))
        }
        let first = SampleCalendar.weekYearEnd(year - 1)
        return Period(
            label: "FY\(year)Q\(quarter)", grain: .quarter, start: first + (quarter - 1) * 13 * 7,
            end: quarter == 4 ? SampleCalendar.weekYearEnd(year) : first + quarter * 13 * 7)
    }

    /// The quarter of a label such as FY2026Q4; nil for any other text.
    func quarter(labelled label: String) -> Period? {
        guard let quarter = Frame.calendar.period(labelled: label), quarter.grain == .quarter else {
            return nil
        }
        // The middle of a quarter of months lies in the quarter of weeks of that name.
        return self.quarter(containing: quarter.start + 45)
    }

    /// The company's columns calendar, week_anchor and extra_week.
    var settings: [String] {
        self == .months ? ["months", "", ""] : ["445", "thursday last", "last"]
    }

    /// The day after the last Thursday of a December.
    private static func weekYearEnd(_ year: Int) -> Day {
        let last = Frame.day(year, 12, 31)
        return last - (last.weekday + 3) % 7 + 1
    }
}
