import RealModule

/// Chances of counts, by logarithms so that they hold for large numbers too.
enum LogFactorial {
    /// The logarithm of n!.
    static func of(_ n: Int) -> Double { .logGamma(Double(n) + 1) }

    /// The logarithm of the number of ways to choose `k` of `n`.
    static func choices(_ k: Int, of n: Int) -> Double { of(n) - of(k) - of(n - k) }
}
