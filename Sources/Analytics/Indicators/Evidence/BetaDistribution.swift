import RealModule

/// The beta distribution of a rate: what is believed of it after so many hits and misses, whole or not.
struct BetaDistribution {
    /// Hits, above zero.
    let alpha: Double
    /// Misses, above zero.
    let beta: Double

    /// Nil where one of the two is not above zero or is no number.
    init?(alpha: Double, beta: Double) {
        guard alpha > 0, beta > 0, alpha.isFinite, beta.isFinite else { return nil }
        self.alpha = alpha
        self.beta = beta
    }

    var mean: Double { alpha / (alpha + beta) }

    /// The chance of at most `x`: the regularised incomplete beta function by its continued fraction (Lentz's method;
    /// Press and others, Numerical Recipes, 6.4).
    func cumulative(_ x: Double) -> Double {
        guard x > 0 else { return 0 }
        guard x < 1 else { return 1 }
        let log = Double.logGamma(alpha + beta) - Double.logGamma(alpha) - Double.logGamma(beta)
        let front = Double.exp(log + alpha * Double.log(x) + beta * Double.log(1 - x))
        // The fraction converges fast below the mean; above it the other tail is taken.
        return x < (alpha + 1) / (alpha + beta + 2)
            ? front * Self.fraction(x, alpha, beta) / alpha
            : 1 - front * Self.fraction(1 - x, beta, alpha) / beta
    }

    private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
        let tiny = 1e-300
        var c = 1.0
        var d = 1 - (a + b) * x / (a + 1)
        d = 1 / (abs(d) < tiny ? tiny : d)
        var sum = d
        for step in 1...400 {
            let m = Double(step)
            for term in [
                m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
                -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
            ] {
                d = 1 + term * d
                d = 1 / (abs(d) < tiny ? tiny : d)
                c = 1 + term / c
                c = abs(c) < tiny ? tiny : c
                sum *= d * c
            }
            if abs(d * c - 1) < 1e-15 { break }
        }
        return sum
    }

    /// The rate below which it lies with a chance of `part`, by halving: to the last place that matters.
    func quantile(_ part: Double) -> Double {
        var low = 0.0
        var high = 1.0
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if cumulative(middle) < part { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    /// Where it lies with a confidence, as much left out on either side.
    func interval(confidence: Double = 0.95) -> ValueRange? {
        let tail = (1 - confidence) / 2
        return ValueRange(quantile(tail), quantile(1 - tail))
    }
}
