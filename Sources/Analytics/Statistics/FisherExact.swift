import RealModule

/// Fisher's exact test of two rates.
public enum FisherExact {
    /// The chance, were both rates the same, of a table no likelier than this one (two-sided); nil where one of them
    /// is of nothing. R. A. Fisher, The logic of inductive inference, JRSS 98 (1935).
    public static func twoSided(_ first: Proportion, _ second: Proportion) -> Double? {
        guard first.trials > 0, second.trials > 0 else { return nil }
        let all = first.trials + second.trials
        let hits = first.hits + second.hits
        let possible = max(0, hits - second.trials)...min(hits, first.trials)
        let tables = LogFactorial.choices(hits, of: all)
        func chance(_ count: Int) -> Double {
            .exp(
                LogFactorial.choices(count, of: first.trials)
                    + LogFactorial.choices(hits - count, of: second.trials) - tables)
        }
        // Equal chances differ by rounding.
        let limit = chance(first.hits) * (1 + 1e-7)
        return min(1, possible.lazy.map(chance).filter { $0 <= limit }.reduce(0, +))
    }
}
