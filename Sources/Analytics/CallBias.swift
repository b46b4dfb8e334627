import Model

/// A call that stood on a day of a past period, and what the period landed at.
public struct LandedCall: Sendable, Hashable {
    /// The period.
    public let period: Period
    /// The day on which it stood.
    public let day: Day
    /// What was called: a landing number.
    public let call: Amount
    /// What the period landed at.
    public let landed: Amount

    /// A call of those.
    public init(period: Period, day: Day, call: Amount, landed: Amount) {
        self.period = period
        self.day = day
        self.call = call
        self.landed = landed
    }

    /// (call − landed) / landed: above zero for a call that was too high; nil when nothing was landed.
    public var error: Double? { (call - landed).ratio(to: landed) }
}

/// Metric 23's bias, of the calls that stood on the same day of past periods.
public struct CallBias: Sendable {
    /// How many periods had a call and landed at something.
    public let count: Int
    /// In how many of them the call was too high.
    public let tooHigh: Int
    /// The error in the median; nil without a call.
    public let error: Spread<Double>?

    /// The bias of some calls.
    public init(_ calls: [LandedCall]) {
        let errors = calls.compactMap(\.error)
        count = errors.count
        tooHigh = errors.count { $0 > 0 }
        error = Spread(errors)
    }
}
