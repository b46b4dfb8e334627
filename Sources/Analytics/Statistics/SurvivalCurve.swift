import RealModule

/// How long things were looked at that lasted equally long.
public struct Lifetime: Sendable, Hashable {
    /// Days from its start to its end, or to the last day on which it was seen.
    public let days: Int
    /// Whether it ended then; false for what still lasts.
    public let hasEnded: Bool
    /// How many of them.
    public let count: Int

    /// A time of 0 days and more; nil for less, and for fewer than none.
    public init?(days: Int, hasEnded: Bool, count: Int = 1) {
        guard days >= 0, count >= 0 else { return nil }
        self.days = days
        self.hasEnded = hasEnded
        self.count = count
    }
}

/// Which share still lasts after so many days, with those counted in that have not ended yet.
/// E. L. Kaplan, P. Meier, Nonparametric estimation from incomplete observations, JASA 53 (1958).
public struct SurvivalCurve: Sendable {
    /// A day on which something ended.
    public struct Step: Sendable, Hashable {
        /// Days since the start.
        public let day: Int
        /// How many still lasted before that day, and were looked at on it.
        public let atRisk: Int
        /// How many ended on that day.
        public let ended: Int
        /// The share that lasts longer.
        public let share: Double
        /// Greenwood's sum Σ d / (n (n − d)); nil from the day on which the last one ended.
        let greenwood: Double?
    }

    /// The days on which something ended, in order.
    public let steps: [Step]
    /// How many there are, ended or not.
    public let count: Int

    /// Of these lifetimes; what was last seen on a day is at risk on that day.
    public init(_ lifetimes: [Lifetime]) {
        var days: [Int: (ended: Int, seen: Int)] = [:]
        for life in lifetimes {
            days[life.days, default: (0, 0)].seen += life.count
            if life.hasEnded { days[life.days, default: (0, 0)].ended += life.count }
        }
        count = lifetimes.reduce(0) { $0 + $1.count }
        var atRisk = count
        var share = 1.0
        var greenwood: Double? = 0
        var steps: [Step] = []
        for (day, found) in days.sorted(by: { $0.key < $1.key }) {
            if found.ended > 0 {
                let left = atRisk - found.ended
                share *= Double(left) / Double(atRisk)
                greenwood =
                    left > 0
                    ? greenwood.map { $0 + Double(found.ended) / (Double(atRisk) * Double(left)) } : nil
                steps.append(
                    Step(day: day, atRisk: atRisk, ended: found.ended, share: share, greenwood: greenwood))
            }
            atRisk -= found.seen
        }
        self.steps = steps
    }

    /// How many ended.
    public var ended: Int { steps.reduce(0) { $0 + $1.ended } }

    /// The share that lasts longer than so many days; nil of nothing.
    public func share(after days: Int) -> Double? {
        guard count > 0 else { return nil }
        return steps.last { $0.day <= days }?.share ?? 1
    }

    /// The first day after which at most the share `1 − part` lasts; nil while more does.
    public func quantile(_ part: Double) -> Int? {
        // A product of fractions misses one half by rounding.
        steps.first { $0.share <= 1 - part + 1e-9 }?.day
    }

    /// The days after which at most half lasts; nil while more does.
    public var median: Int? { quantile(0.5) }

    /// Where the median lies: the days on which the ends of the log-log interval of the share cross one half.
    /// R. Brookmeyer, J. Crowley, A confidence interval for the median survival time, Biometrics 38 (1982).
    ///
    /// - Returns: The first day possible, and the last, nil where none is known yet; nil without a median's first day.
    public func medianInterval(confidence: Double = 0.95) -> (low: Int, high: Int?)? {
        guard let z = StandardNormal.deviations(holding: confidence) else { return nil }
        let half = Double.log(.log(2.0))
        func excess(_ step: Step) -> Double? {
            guard let greenwood = step.greenwood, greenwood > 0, step.share > 0, step.share < 1 else {
                return nil
            }
            let log = Double.log(step.share)
            return (.log(-log) - half) / (greenwood.squareRoot() / abs(log))
        }
        // Without a next one left, every share is below one half.
        let low = steps.first { step in excess(step).map { $0 >= -z } ?? true }
        let high = steps.first { step in excess(step).map { $0 > z } ?? true }
        return low.map { ($0.day, high?.day) }
    }
}
