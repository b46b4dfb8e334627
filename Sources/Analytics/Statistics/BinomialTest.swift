import RealModule

/// What the exact binomial distribution says of so many hits.
public enum BinomialTest {
    /// The chance of at least these hits where each trial hits with the chance `rate`; nil of nothing, and outside of
    /// 0 ≤ rate ≤ 1.
    public static func atLeast(_ proportion: Proportion, rate: Double) -> Double? {
        sum(of: proportion.hits...proportion.trials, trials: proportion.trials, rate: rate)
    }

    /// The chance of at most these hits.
    public static func atMost(_ proportion: Proportion, rate: Double) -> Double? {
        sum(of: 0...proportion.hits, trials: proportion.trials, rate: rate)
    }

    /// The chance of a number of hits that is no likelier than this one (two-sided, exact).
    public static func twoSided(_ proportion: Proportion, rate: Double) -> Double? {
        let n = proportion.trials
        guard let observed = chance(of: proportion.hits, trials: n, rate: rate) else { return nil }
        // Equal chances differ by rounding.
        let limit = observed * (1 + 1e-7)
        let all = (0...n).lazy.compactMap { chance(of: $0, trials: n, rate: rate) }.filter { $0 <= limit }
        return min(1, all.reduce(0, +))
    }

    /// The sign test: the chance that as many of the pairs, or more, lean to one side where neither side is favoured.
    /// Pairs without a difference are left out before; nil without a pair.
    public static func signs(positive: Int, negative: Int) -> Double? {
        guard positive >= 0, negative >= 0 else { return nil }
        return Proportion(positive, of: positive + negative).flatMap { twoSided($0, rate: 0.5) }
    }

    /// The most hits that `trials` show in at least the share `confidence` of all cases; nil outside of
    /// 0 < confidence < 1 and 0 ≤ rate ≤ 1.
    public static func bound(trials: Int, rate: Double, confidence: Double) -> Int? {
        guard trials > 0, confidence > 0, confidence < 1 else { return nil }
        var sum = 0.0
        for hits in 0...trials {
            guard let chance = chance(of: hits, trials: trials, rate: rate) else { return nil }
            sum += chance
            if sum >= confidence { return hits }
        }
        return trials
    }

    private static func sum(of hits: ClosedRange<Int>, trials: Int, rate: Double) -> Double? {
        var sum = 0.0
        for count in hits {
            guard let chance = chance(of: count, trials: trials, rate: rate) else { return nil }
            sum += chance
        }
        return min(1, sum)
    }

    /// The chance of exactly so many hits.
    private static func chance(of hits: Int, trials: Int, rate: Double) -> Double? {
        guard trials > 0, rate >= 0, rate <= 1 else { return nil }
        if rate == 0 { return hits == 0 ? 1 : 0 }
        if rate == 1 { return hits == trials ? 1 : 0 }
        let log =
            LogFactorial.choices(hits, of: trials) + Double(hits) * .log(rate)
            + Double(trials - hits) * .log(onePlus: -rate)
        return .exp(log)
    }
}
