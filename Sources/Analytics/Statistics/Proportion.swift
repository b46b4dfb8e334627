/// So many of so many: a rate that knows how much it rests on.
public struct Proportion: Sendable, Hashable {
    /// How many have it.
    public let hits: Int
    /// Of how many.
    public let trials: Int

    /// Nil where the hits are fewer than none or more than all.
    public init?(_ hits: Int, of trials: Int) {
        guard hits >= 0, hits <= trials else { return nil }
        self.hits = hits
        self.trials = trials
    }

    /// How many do not have it.
    public var misses: Int { trials - hits }

    /// The rate, from 0 to 1; nil of nothing.
    public var rate: Double? { trials > 0 ? Double(hits) / Double(trials) : nil }

    /// Wilson's score interval of the rate: it stays within 0…1 and holds for small numbers too.
    /// E. B. Wilson, Probable inference, JASA 22 (1927). Nil of nothing.
    public func interval(confidence: Double = 0.95) -> ValueRange? {
        guard let rate, let z = StandardNormal.deviations(holding: confidence) else { return nil }
        let n = Double(trials)
        let middle = rate + z * z / (2 * n)
        let half = z * (rate * (1 - rate) / n + z * z / (4 * n * n)).squareRoot()
        let scale = 1 + z * z / n
        return ValueRange(
            hits == 0 ? 0 : max(0, (middle - half) / scale),
            misses == 0 ? 1 : min(1, (middle + half) / scale))
    }
}
