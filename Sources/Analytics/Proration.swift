import Model

/// What people are asked for, person by person.
public struct PersonQuotas: Sendable, Hashable {
    /// How many people have a quota.
    public internal(set) var people = 0
    /// The sum of their quotas.
    public internal(set) var sum = Amount.zero
    /// The same by the days of the period on which each is there, and ramped.
    public internal(set) var prorated = Amount.zero
    /// Of the sum, the quotas of those who are not ramped yet on the day read.
    public internal(set) var ramping = Amount.zero

    mutating func add(_ other: PersonQuotas) {
        people += other.people
        sum += other.sum
        prorated += other.prorated
        ramping += other.ramping
    }
}

/// How a quota counts for people who are not there all of a period, or not ramped: by calendar days. A day before the
/// ramp's end counts as a share of a day, which nobody but the person who asks can know: without one it counts in full.
public struct Proration: Sendable {
    private let period: Period
    private let day: Day
    private let employments: [RecordID: Employment]
    private let ramp: Amount
    private let places: Int

    /// A rule for a period as of a day.
    ///
    /// - Parameters:
    ///   - ramp: The share of a quota, 0…1, that counts on a day before the person is ramped.
    ///   - places: The decimal places to which each person's quota is rounded.
    public init(
        period: Period, day: Day, employments: [RecordID: Employment], ramp: Amount = Amount(1), places: Int
    ) {
        self.period = period
        self.day = day
        self.employments = employments
        self.ramp = ramp
        self.places = places
    }

    /// A person's quota in full, and by days.
    func quotas(of person: RecordID, _ quota: Amount) -> PersonQuotas {
        let employment = employments[person] ?? Employment()
        let rampDays = employment.rampDays(in: period)
        let fullDays = employment.days(in: period) - rampDays
        let one = Int(Amount(1).millionths)
        return PersonQuotas(
            people: 1, sum: quota,
            prorated: quota.share(
                fullDays * one + rampDays * Int(ramp.millionths), of: period.dayCount * one, toPlaces: places),
            ramping: employment.isRamping(on: day) ? quota : .zero)
    }
}
