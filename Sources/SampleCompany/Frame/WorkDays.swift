import Model

/// The days on which the people of the company work and change their deals.
enum WorkDays {
    static func contains(_ day: Day) -> Bool {
        day.weekday <= 5 && !isHoliday(day)
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

    private static func isHoliday(_ day: Day) -> Bool {
        let (_, month, dayOfMonth) = day.civil
        switch (month, dayOfMonth) {
        case (1, 1), (7, 4), (12, 25): return true
        // Thanksgiving: the fourth Thursday of November.
        case (11, 22...28): return day.weekday == 4
        default: return false
        }
    }
}
