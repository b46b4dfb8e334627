import Model

/// The days of whose events a night tells: since the night before it, the first night of all.
struct EventDays: Sendable {
    /// The night before; nil for the first.
    let after: Day?
    let night: Day

    func contains(_ day: Day) -> Bool {
        day <= night && after.map { $0 < day } ?? true
    }

    /// Those of the nights of an export, in order; `before` is the night that was written before them.
    static func of(_ nights: [Day], before: Day?) -> [EventDays] {
        zip([before] + nights.map { $0 }, nights).map { EventDays(after: $0, night: $1) }
    }

    /// The place of the night that tells of a day; nil when none does.
    static func place(of day: Day, in all: [EventDays]) -> Int? {
        var low = 0
        var high = all.count
        while low < high {
            let middle = (low + high) / 2
            if all[middle].night < day { low = middle + 1 } else { high = middle }
        }
        return low < all.count && all[low].contains(day) ? low : nil
    }
}
