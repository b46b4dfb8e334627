import Model
import RealModule

/// How many more leads a plan needs, by the company's own rates (metric 34).
public struct RequiredLeads: Sendable {
    /// What is already to be expected without another lead.
    public struct Expected: Sendable, Hashable {
        /// Of the deals that are open in the period: what of such is usually won.
        public let fromOpen: Amount
        /// From deals of other periods that are usually won in this one.
        public let fromMoved: Amount
        /// From deals that are usually made later and were no leads.
        public let fromOthers: Amount
        /// From leads that are there and no deal yet.
        public let fromWaiting: Amount

        /// Of those.
        public init(fromOpen: Amount, fromMoved: Amount, fromOthers: Amount, fromWaiting: Amount) {
            self.fromOpen = fromOpen
            self.fromMoved = fromMoved
            self.fromOthers = fromOthers
            self.fromWaiting = fromWaiting
        }

        /// All together.
        public var all: Amount { fromOpen + fromMoved + fromOthers + fromWaiting }
    }

    /// What is still to be won: plan − closed.
    public let toGo: Amount
    /// What is expected without another lead.
    public let expected: Expected
    /// The share of leads that become a deal, then that of deals that are won, each of a cohort that had its time.
    public let rates: [Proportion]
    /// Won deals that had been leads and have an amount.
    public let won: DealSum
    /// The standard deviation of their amounts; nil of fewer than two.
    public let deviation: Double?

    /// Of those.
    public init(toGo: Amount, expected: Expected, rates: [Proportion], won: DealSum, deviation: Double?) {
        self.toGo = toGo
        self.expected = expected
        self.rates = rates
        self.won = won
        self.deviation = deviation
    }

    /// What only further leads can bring; zero where nothing is missing.
    public var gap: Amount { max(.zero, toGo - expected.all) }

    /// What a lead is worth: the mean amount × the rates; nil where a rate rests on too few, or nothing was won.
    public var leadValue: Double? {
        guard won.count > 0, won.amount > .zero,
            rates.allSatisfy({ $0.trials >= RateWatch.minimum && $0.hits > 0 })
        else { return nil }
        let mean = Double(won.amount.millionths) / 1e6 / Double(won.count)
        return rates.reduce(mean) { $0 * ($1.rate ?? 0) }
    }

    /// Gap / value of a lead; nil where a lead's value is not known.
    public var leads: Double? {
        leadValue.map { Double(gap.millionths) / 1e6 / $0 }
    }

    /// Where the number lies with a confidence: the errors of the rates and of the mean amount propagated through the
    /// logarithm of the quotient. Nil of fewer than two won deals.
    public func interval(confidence: Double = 0.95) -> ValueRange? {
        guard let leads, let deviation, won.count > 1,
            let z = StandardNormal.deviations(holding: confidence)
        else { return nil }
        let mean = Double(won.amount.millionths) / 1e6 / Double(won.count)
        let ofMean = deviation * deviation / (Double(won.count) * mean * mean)
        let ofRates = rates.reduce(0.0) { $0 + Double($1.misses) / (Double($1.trials) * Double($1.hits)) }
        let error = (ofMean + ofRates).squareRoot()
        return ValueRange(leads * .exp(-z * error), leads * .exp(z * error))
    }
}

extension CumulativeIncidence {
    /// In how many days half of all have ended so that ever will, by what is known; nil where none has.
    public func medianDays(of end: End) -> Int? {
        guard let last = steps.last?.shares[end], last > 0 else { return nil }
        return steps.first { ($0.shares[end] ?? 0) >= 0.5 * last - 1e-12 }?.day
    }
}
