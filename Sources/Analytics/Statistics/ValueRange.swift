/// Where a value lies with a stated confidence, both ends included.
public struct ValueRange: Sendable, Hashable {
    /// The lower end.
    public let low: Double
    /// The upper end.
    public let high: Double

    /// From one end to the other; nil where an end is no number, or they stand the wrong way round.
    public init?(_ low: Double, _ high: Double) {
        guard low.isFinite, high.isFinite, low <= high else { return nil }
        self.low = low
        self.high = high
    }

    /// Whether a value lies in it.
    public func contains(_ value: Double) -> Bool { low <= value && value <= high }
}
