/// A calendar date of the company's time zone, in the proleptic Gregorian calendar.
public struct Day: Sendable, Hashable, Comparable {
    /// Days since 1970-01-01.
    public let number: Int32

    /// The day that many days after 1970-01-01.
    public init(number: Int32) {
        self.number = number
    }

    /// The day of a year, month and day of month; nil when the calendar has no such day or the
    /// year is outside 1…9999.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= Day.length(ofMonth: month, year: year)
        else { return nil }
        self.init(validYear: year, month: month, day: day)
    }

    private init(validYear year: Int, month: Int, day: Int) {
        // Howard Hinnant's days_from_civil: years begin in March, eras have 400 years.
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        number = Int32(era * 146_097 + dayOfEra - 719_468)
    }

    /// The number of days in a month (1…12) of a year.
    public static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: return 30
        default: return 31
        }
    }

    /// The first day of a month; months outside 1…12 count on into other years.
    public static func first(ofMonth month: Int, year: Int) -> Day {
        let months = year * 12 + month - 1
        return Day(validYear: months / 12, month: months % 12 + 1, day: 1)
    }

    /// Year, month (1…12) and day of month (1…31).
    public var civil: (year: Int, month: Int, day: Int) {
        let shifted = Int(number) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    /// The day of the week: 1 is Monday, 7 is Sunday.
    public var weekday: Int {
        let fromMonday = (Int(number) + 3) % 7
        return (fromMonday + 7) % 7 + 1
    }

    /// Whether the left day is earlier.
    public static func < (left: Day, right: Day) -> Bool {
        left.number < right.number
    }

    /// The day so many days later.
    public static func + (day: Day, days: Int) -> Day {
        Day(number: day.number + Int32(days))
    }

    /// The day so many days earlier.
    public static func - (day: Day, days: Int) -> Day {
        Day(number: day.number - Int32(days))
    }

    /// The number of days from `earlier` to `later`.
    public static func - (later: Day, earlier: Day) -> Int {
        Int(later.number) - Int(earlier.number)
    }
}

extension Day: LosslessStringConvertible {
    /// Reads `YYYY-MM-DD`; nil for any other form or a day that the calendar does not have.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else {
            return nil
        }
        func number(_ range: Range<Int>) -> Int? {
            var value = 0
            for byte in bytes[range] {
                guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
                value = value * 10 + Int(byte - UInt8(ascii: "0"))
            }
            return value
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else {
            return nil
        }
        self.init(year: year, month: month, day: day)
    }

    /// `YYYY-MM-DD`.
    public var description: String {
        let (year, month, day) = civil
        func padded(_ value: Int, _ width: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }
}
