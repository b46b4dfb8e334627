import Model

/// The clock of New York, where the company's days are counted.
enum OfficeTime {
    /// A minute of a day (0…1439) as an instant with its offset.
    static func instant(_ day: Day, minute: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
        return "\(day)T\(two(minute / 60)):\(two(minute % 60)):00\(offset(on: day))"
    }

    /// Daylight saving time lasts from the second Sunday of March to before the first of November. Nobody works in the
    /// night in which the clocks change.
    private static func offset(on day: Day) -> String {
        let year = day.civil.year
        let isSummer = sunday(2, of: 3, year) <= day && day < sunday(1, of: 11, year)
        return isSummer ? "-04:00" : "-05:00"
    }

    private static func sunday(_ number: Int, of month: Int, _ year: Int) -> Day {
        let first = Day.first(ofMonth: month, year: year)
        return first + (7 - first.weekday) % 7 + 7 * (number - 1)
    }
}
