import Model

/// What a person has closed of the own quota: metric 31.
public struct PersonAttainment: Sendable, Hashable {
    /// What was won in the period.
    public let closed: Amount
    /// The quota in full.
    public let quota: Amount
    /// The quota by the days of the period on which the person is there.
    public let prorated: Amount
    /// Whether the person is in the role and not ramped yet on the day read.
    public let isRamping: Bool

    /// A person's attainment.
    public init(closed: Amount, quota: Amount, prorated: Amount, isRamping: Bool) {
        self.closed = closed
        self.quota = quota
        self.prorated = prorated
        self.isRamping = isRamping
    }

    /// Closed / prorated quota; nil for a quota of zero or less.
    public var share: Double? { closed.ratio(to: prorated) }
}

/// How the attainment of some people is distributed: metric 31. People without a quota are not among them.
public struct Attainment: Sendable {
    /// How many people have a quota.
    public let people: Int
    /// How many have closed all of it or more.
    public let atFull: Int
    /// How many have closed 70 % and less than all of it.
    public let atSeventy: Int
    /// How many have closed less than 70 %.
    public let below: Int
    /// The attainment that a quarter of the people do not exceed, the median, and the one that a quarter reach.
    public let quartiles: (lower: Double, median: Double, upper: Double)?

    /// The distribution of some people's attainment.
    public init(_ people: [PersonAttainment]) {
        let shares = people.compactMap(\.share).sorted()
        self.people = shares.count
        // Against amounts and not against rounded shares: 70 % of a third is a third of 70 %.
        let counted = people.filter { $0.share != nil }
        atFull = counted.count { $0.closed >= $0.prorated }
        below = counted.count { $0.closed.millionths * 10 < $0.prorated.millionths * 7 }
        atSeventy = counted.count - atFull - below
        quartiles =
            shares.isEmpty
            ? nil
            : (
                Self.quantile(shares, 0.25), Self.quantile(shares, 0.5), Self.quantile(shares, 0.75)
            )
    }

    /// Between the two nearest, as spreadsheets do it (`QUARTILE.INC`).
    private static func quantile(_ sorted: [Double], _ share: Double) -> Double {
        let place = share * Double(sorted.count - 1)
        let lower = Int(place)
        let upper = min(lower + 1, sorted.count - 1)
        return sorted[lower] + (sorted[upper] - sorted[lower]) * (place - Double(lower))
    }
}

extension Proration {
    /// A person's attainment of a quota.
    public func attainment(of person: RecordID, closed: Amount, quota: Amount) -> PersonAttainment {
        let quotas = quotas(of: person, quota)
        return PersonAttainment(
            closed: closed, quota: quota, prorated: quotas.prorated, isRamping: quotas.ramping > .zero)
    }
}
