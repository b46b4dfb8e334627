import Model

/// Metric 23: how far calls lay from what periods landed at.
public struct ForecastAccuracy: Sendable {
    /// Below so many calls no ratio is said.
    public static let minimum = 4

    /// How many calls.
    public let count: Int
    /// What was called in all.
    public let called: Amount
    /// What was landed at in all.
    public let landed: Amount
    /// Σ |call − landed|.
    public let missed: Amount
    /// WAPE: Σ |call − landed| / Σ landed; nil for too few, or when nothing was landed.
    public let wape: Double?
    /// Σ (call − landed) / Σ landed: above zero the calls were too high; nil as above.
    public let bias: Double?
    /// How many were too high.
    public let tooHigh: Int
    /// The middle error, (call − landed) / landed; nil for too few.
    public let medianError: Double?
    /// How many lay within 5 % of what was landed at, of those of periods that landed at something.
    public let withinFive: Proportion?
    /// How many lay within 10 %.
    public let withinTen: Proportion?

    /// The accuracy of some calls.
    public init(_ calls: [LandedCall]) {
        count = calls.count
        called = calls.reduce(.zero) { $0 + $1.call }
        landed = calls.reduce(.zero) { $0 + $1.landed }
        missed = calls.reduce(.zero) { $0 + ($1.call - $1.landed).magnitude }
        let isEnough = count >= Self.minimum
        wape = isEnough && landed > .zero ? missed.ratio(to: landed) : nil
        bias = isEnough && landed > .zero ? (called - landed).ratio(to: landed) : nil
        tooHigh = calls.count { $0.call > $0.landed }
        let errors = calls.filter { $0.landed > .zero }.compactMap(\.error)
        medianError = errors.count >= Self.minimum ? Quantiles(errors).median : nil
        func within(_ percent: Int) -> Proportion? {
            let judged = calls.filter { $0.landed > .zero }
            guard judged.count >= Self.minimum else { return nil }
            // In whole numbers: a call of exactly 5 % off lies within.
            let hits = judged.count {
                let miss = ($0.call - $0.landed).magnitude.millionths
                return miss * 100 <= $0.landed.millionths * Int128(percent)
            }
            return Proportion(hits, of: judged.count)
        }
        withinFive = within(5)
        withinTen = within(10)
    }
}
