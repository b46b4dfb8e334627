import RealModule

/// How a rate differs from what it was, and how sure that is (metric 27).
public struct RateChange: Sendable, Hashable {
    /// The rate before.
    public let before: Proportion
    /// The rate now.
    public let now: Proportion

    /// Nil where one of them is of nothing.
    public init?(from before: Proportion, to now: Proportion) {
        guard before.trials > 0, now.trials > 0 else { return nil }
        self.before = before
        self.now = now
    }

    private var rates: (before: Double, now: Double) {
        (Double(before.hits) / Double(before.trials), Double(now.hits) / Double(now.trials))
    }

    /// Now − before, from −1 to 1.
    public var difference: Double { rates.now - rates.before }

    /// The interval of the difference from the two Wilson intervals.
    /// R. G. Newcombe, Interval estimation for the difference, Statistics in Medicine 17 (1998), method 10.
    public func interval(confidence: Double = 0.95) -> ValueRange? {
        guard let was = before.interval(confidence: confidence),
            let now = now.interval(confidence: confidence)
        else { return nil }
        let (p2, p1) = rates
        func length(_ a: Double, _ b: Double) -> Double { (a * a + b * b).squareRoot() }
        return ValueRange(
            difference - length(p1 - now.low, was.high - p2),
            difference + length(now.high - p1, p2 - was.low))
    }

    /// Whether one of the four counts is below five: then only the exact test is good enough.
    public var isSmall: Bool { [before.hits, before.misses, now.hits, now.misses].contains { $0 < 5 } }

    /// The chance of a difference of this size or more were both rates the same, two-sided: Fisher's exact test where
    /// a count is below five, the pooled score test (χ² without correction) elsewhere.
    public var pValue: Double {
        if isSmall, let exact = FisherExact.twoSided(before, now) { return exact }
        let pooled = Double(before.hits + now.hits) / Double(before.trials + now.trials)
        let variance = pooled * (1 - pooled) * (1 / Double(before.trials) + 1 / Double(now.trials))
        guard variance > 0 else { return 1 }
        return min(1, 2 * StandardNormal.upperTail(abs(difference) / variance.squareRoot()))
    }

    /// The smallest fall from the rate before that these numbers would show with the chance `power` in a two-sided
    /// test at `level`; nil where not even a fall to nothing would.
    public func detectableFall(level: Double = 0.05, power: Double = 0.8) -> Double? {
        detectable(direction: -1, room: rates.before, level: level, power: power)
    }

    /// The smallest rise that they would show; nil where not even a rise to all would.
    public func detectableRise(level: Double = 0.05, power: Double = 0.8) -> Double? {
        detectable(direction: 1, room: 1 - rates.before, level: level, power: power)
    }

    /// The same by Fisher's exact test whatever the counts: where many rates are looked at together the far tail decides,
    /// and there the score test rings too often.
    public var exactPValue: Double { FisherExact.twoSided(before, now) ?? 1 }

    private func detectable(direction: Double, room: Double, level: Double, power: Double) -> Double? {
        guard level > 0, level < 1, power > level, power < 1, room > 0,
            let z = StandardNormal.deviations(holding: 1 - level)
        else { return nil }
        func shows(_ size: Double) -> Bool { chance(ofShowing: direction * size, z: z) >= power }
        guard shows(room) else { return nil }
        var (small, large) = (0.0, room)
        for _ in 0..<60 {
            let middle = (small + large) / 2
            if shows(middle) { large = middle } else { small = middle }
        }
        return large
    }

    /// The power of the two-sided score test where the rate has changed by `change` (normal approximation, the pooled
    /// variance under no change).
    private func chance(ofShowing change: Double, z: Double) -> Double {
        let (n1, n2) = (Double(now.trials), Double(before.trials))
        let was = rates.before
        let changed = was + change
        let pooled = (changed * n1 + was * n2) / (n1 + n2)
        let same = max(0, pooled * (1 - pooled) * (1 / n1 + 1 / n2)).squareRoot()
        let different = max(0, changed * (1 - changed) / n1 + was * (1 - was) / n2).squareRoot()
        // From none to all: every sample shows it that is far enough out.
        guard different > 0 else { return abs(change) > z * same ? 1 : 0 }
        return StandardNormal.upperTail((z * same - change) / different)
            + StandardNormal.cumulative((-z * same - change) / different)
    }
}
