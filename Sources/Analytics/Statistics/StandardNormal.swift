import RealModule

/// The normal distribution with mean 0 and standard deviation 1.
public enum StandardNormal {
    /// The chance of a value of at most `x`.
    public static func cumulative(_ x: Double) -> Double {
        0.5 * Double.erfc(-x / 2.0.squareRoot())
    }

    /// The chance of a value above `x`: exact far out, where 1 − `cumulative` is nothing but rounding.
    public static func upperTail(_ x: Double) -> Double { cumulative(-x) }

    /// The value below which the share `probability` lies; nil outside of 0 < probability < 1.
    ///
    /// Acklam's rational approximation, made exact by two of Halley's steps.
    public static func quantile(_ probability: Double) -> Double? {
        guard probability > 0, probability < 1 else { return nil }
        // Near 1 the other end holds all the digits.
        if probability > 0.5 { return quantile(1 - probability).map { -$0 } }
        var x = approximateQuantile(probability)
        for _ in 0..<2 {
            let excess = (cumulative(x) - probability) * (2 * Double.pi).squareRoot() * .exp(x * x / 2)
            guard excess.isFinite else { return x }
            x -= excess / (1 + x * excess / 2)
        }
        return x
    }

    /// How many standard deviations to both sides hold the share `confidence`; nil outside of 0 < confidence < 1.
    public static func deviations(holding confidence: Double) -> Double? {
        guard confidence > 0, confidence < 1 else { return nil }
        return quantile((1 - confidence) / 2).map { -$0 }
    }

    /// Good to nine digits, for the lower half.
    private static func approximateQuantile(_ probability: Double) -> Double {
        if probability < 0.02425 {
            let q = (-2 * Double.log(probability)).squareRoot()
            let top = [
                -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838, -2.549732539343734,
                4.374664141464968, 2.938163982698783,
            ]
            let bottom = [
                7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996, 3.754408661907416, 1,
            ]
            return polynomial(top, q) / polynomial(bottom, q)
        }
        let q = probability - 0.5
        let top = [
            -3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02, 1.383577518672690e+02,
            -3.066479806614716e+01, 2.506628277459239,
        ]
        let bottom = [
            -5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02, 6.680131188771972e+01,
            -1.328068155288572e+01, 1,
        ]
        return q * polynomial(top, q * q) / polynomial(bottom, q * q)
    }

    private static func polynomial(_ factors: [Double], _ x: Double) -> Double {
        factors.reduce(0) { $0 * x + $1 }
    }
}
