/// The days on which people work: Monday to Friday, less holidays.
public struct BusinessDays: Sendable, Hashable {
    private let holidays: Set<Day>

    /// Monday to Friday less those days.
    public init(holidays: some Sequence<Day> = []) {
        self.holidays = Set(holidays.filter { $0.weekday <= 5 })
    }

    /// Whether people work on the day.
    public func contains(_ day: Day) -> Bool {
        day.weekday <= 5 && !holidays.contains(day)
    }

    /// How many business days there are from the first day to the last, both counted; 0 when the last is earlier.
    public func count(from first: Day, through last: Day) -> Int {
        guard first <= last else { return 0 }
        let (weeks, rest) = (last - first + 1).quotientAndRemainder(dividingBy: 7)
        let odd = (0..<rest).count { (first + weeks * 7 + $0).weekday <= 5 }
        return weeks * 5 + odd - holidays.count { first <= $0 && $0 <= last }
    }

    /// The business days of a period that are still to come after a day.
    public func left(in period: Period, after day: Day) -> Int {
        count(from: max(day + 1, period.start), through: period.lastDay)
    }

    /// The business day of a number, from 1, after a day; nil for a number below 1, and where holidays leave none
    /// within ten years.
    public func day(_ number: Int, after day: Day) -> Day? {
        guard number >= 1 else { return nil }
        var left = number
        var candidate = day
        while left > 0, candidate - day < 3660 {
            candidate = candidate + 1
            if contains(candidate) { left -= 1 }
        }
        return left == 0 ? candidate : nil
    }
}
