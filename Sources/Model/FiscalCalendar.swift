/// A span of days that a plan and a forecast speak of: a fiscal year, quarter or month.
public struct Period: Sendable, Hashable {
    /// How long a period is.
    public enum Grain: String, Sendable, Hashable {
        case year, quarter, month
    }

    /// `FY2026`, `FY2026Q4` or `FY2026M11`.
    public let label: String
    /// Year, quarter or month.
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

    /// Whether the day lies in the period.
    public func contains(_ day: Day) -> Bool {
        start <= day && day < end
    }
}

/// How a company divides its years: fiscal years of twelve months from any start month.
public struct FiscalCalendar: Sendable, Hashable {
    /// The calendar year that gives a fiscal year its number.
    public enum YearName: String, Sendable, Hashable {
        /// The calendar year in which the fiscal year ends, the common rule.
        case end
        /// The calendar year in which the fiscal year starts.
        case start
    }

    /// The first month of the fiscal year, 1…12.
    public let startMonth: Int
    /// Which calendar year names the fiscal year.
    public let yearName: YearName

    /// A calendar whose years start in `startMonth` (1…12, others are brought into that range).
    public init(startMonth: Int = 1, yearName: YearName = .end) {
        self.startMonth = min(max(startMonth, 1), 12)
        self.yearName = yearName
    }

    /// The period of a label, `FY2026`, `FY2026Q4`, `FY2026M11`, also `FY26Q4` and lower case;
    /// nil when the text is no label.
    public func period(labelled text: String) -> Period? {
        guard let match = text.uppercased().wholeMatch(of: /FY(\d{4}|\d{2})(?:(Q|M)(\d{1,2}))?/),
            let digits = Int(match.1)
        else { return nil }
        let year = match.1.count == 2 ? 2000 + digits : digits
        // Day speaks of the years 1…9999 only, and a fiscal year may reach into both neighbours.
        guard (2...9998).contains(year) else { return nil }
        guard let unit = match.2, let index = match.3.flatMap({ Int($0) }) else {
            return self.year(year)
        }
        switch unit {
        case "Q": return (1...4).contains(index) ? quarter(index, of: year) : nil
        default: return (1...12).contains(index) ? month(index, of: year) : nil
        }
    }

    /// The period of a grain that contains the day.
    public func period(_ grain: Period.Grain, containing day: Day) -> Period {
        let (civilYear, civilMonth, _) = day.civil
        let monthsIntoYear = (civilMonth - startMonth + 12) % 12
        let startYear = civilMonth >= startMonth ? civilYear : civilYear - 1
        let named = yearName == .end && startMonth > 1 ? startYear + 1 : startYear
        switch grain {
        case .year: return year(named)
        case .quarter: return quarter(monthsIntoYear / 3 + 1, of: named)
        case .month: return month(monthsIntoYear + 1, of: named)
        }
    }

    /// The period of the same grain that begins where this one ends.
    public func period(after period: Period) -> Period {
        self.period(period.grain, containing: period.end)
    }

    /// The period of the same grain that ends where this one begins.
    public func period(before period: Period) -> Period {
        self.period(period.grain, containing: period.start - 1)
    }

    private func year(_ year: Int) -> Period {
        span("FY\(padded(year))", .year, year, months: 0..<12)
    }

    private func quarter(_ quarter: Int, of year: Int) -> Period {
        span("FY\(padded(year))Q\(quarter)", .quarter, year, months: (quarter - 1) * 3..<quarter * 3)
    }

    private func month(_ month: Int, of year: Int) -> Period {
        let index = month < 10 ? "0\(month)" : "\(month)"
        return span("FY\(padded(year))M\(index)", .month, year, months: month - 1..<month)
    }

    private func span(
        _ label: String, _ grain: Period.Grain, _ year: Int, months: Range<Int>
    ) -> Period {
        let startYear = yearName == .end && startMonth > 1 ? year - 1 : year
        return Period(
            label: label, grain: grain,
            start: .first(ofMonth: startMonth + months.lowerBound, year: startYear),
            end: .first(ofMonth: startMonth + months.upperBound, year: startYear))
    }

    private func padded(_ year: Int) -> String {
        let digits = String(year)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
