import Model

/// The days on which the people of the company work and change their deals.
enum WorkDays {
    static func contains(_ day: Day) -> Bool {
        day.weekday <= 5 && holiday(day) == nil
    }

    /// The day itself or the first working day after it.
    static func onOrAfter(_ day: Day) -> Day {
        var day = day
        while !contains(day) { day = day + 1 }
        return day
    }

    /// The day itself or the last working day before it.
    static func onOrBefore(_ day: Day) -> Day {
        var day = day
        while !contains(day) { day = day - 1 }
        return day
    }

    /// The third working day after a quarter, at whose end its figures are frozen.
    static func third(after quarter: Period) -> Day {
        var day = quarter.end - 1
        for _ in 0..<3 { day = onOrAfter(day + 1) }
        return day
    }

    /// The holiday's name; nil on other days.
    static func holiday(_ day: Day) -> String? {
        let (_, month, dayOfMonth) = day.civil
        switch (month, dayOfMonth) {
        case (1, 1): return "New Year's Day"
        case (7, 4): return "Independence Day"
        case (12, 25): return "Christmas Day"
        // The fourth Thursday of November.
        case (11, 22...28): return day.weekday == 4 ? "Thanksgiving" : nil
        default: return nil
        }
    }
}
