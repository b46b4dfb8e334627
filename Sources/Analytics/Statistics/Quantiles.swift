/// Quantiles of type 7: between the two nearest values in a straight line, as `percentile_cont` of PostgreSQL, numpy and
/// R by default. R. J. Hyndman, Y. Fan, Sample quantiles, The American Statistician 50 (1996).
public struct Quantiles: Sendable {
    private let sorted: [Double]

    /// Of these values.
    public init(_ values: some Sequence<Double>) {
        sorted = values.filter(\.isFinite).sorted()
    }

    /// How many there are.
    public var count: Int { sorted.count }

    /// The value below which the share lies; nil without a value, and outside of 0…1.
    public subscript(share: Double) -> Double? {
        guard let last = sorted.indices.last, share >= 0, share <= 1 else { return nil }
        let place = share * Double(last)
        let below = Int(place.rounded(.down))
        guard below < last else { return sorted[last] }
        return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
    }

    /// The one in the middle; nil without a value.
    public var median: Double? { self[0.5] }
}
