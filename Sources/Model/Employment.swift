/// When a person came, left, took a role and was ramped; every day nil where nothing states it.
public struct Employment: Sendable, Hashable {
    /// The first day.
    public let start: Day?
    /// The last day.
    public let lastDay: Day?
    /// The first day in the role.
    public let roleStart: Day?
    /// The day from which the person carries a full quota.
    public let ramped: Day?
    /// Whether the person has a quota.
    public let carriesQuota: Bool?

    /// An employment of those days.
    public init(
        start: Day? = nil, lastDay: Day? = nil, roleStart: Day? = nil, ramped: Day? = nil,
        carriesQuota: Bool? = nil
    ) {
        self.start = start
        self.lastDay = lastDay
        self.roleStart = roleStart
        self.ramped = ramped
        self.carriesQuota = carriesQuota
    }

    /// The days of a period on which the person is there, the first and last day counted.
    public func days(in period: Period) -> Int {
        days(from: period.start, before: period.end)
    }

    /// Of those days, the ones from the start of the role on and before the person is ramped; none where nothing says
    /// when that is.
    public func rampDays(in period: Period) -> Int {
        guard let ramped else { return 0 }
        return days(from: max(period.start, roleStart ?? period.start), before: min(period.end, ramped))
    }

    /// Whether the person is in the role and not ramped yet on a day.
    public func isRamping(on day: Day) -> Bool {
        ramped.map { day < $0 && (roleStart ?? day) <= day } ?? false
    }

    private func days(from first: Day, before end: Day) -> Int {
        let from = max(first, start ?? first)
        let until = min(end, lastDay.map { $0 + 1 } ?? end)
        return max(0, until - from)
    }
}
