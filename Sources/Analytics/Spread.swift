import Model

/// What some past periods say, from the lowest to the highest.
public struct Spread<Value: Comparable & Sendable>: Sendable {
    /// How many there are.
    public let count: Int
    /// The lowest.
    public let low: Value
    /// The one in the middle, of an even number the mean of both.
    public let median: Value
    /// The highest.
    public let high: Value

    private init?(_ values: [Value], mean: (Value, Value) -> Value) {
        let sorted = values.sorted()
        guard let low = sorted.first, let high = sorted.last else { return nil }
        let middle = sorted.count / 2
        count = sorted.count
        self.low = low
        self.high = high
        median = sorted.count % 2 == 1 ? sorted[middle] : mean(sorted[middle - 1], sorted[middle])
    }
}

extension Spread where Value == Double {
    /// The spread of some ratios; nil without one.
    public init?(_ values: [Double]) {
        self.init(values) { ($0 + $1) / 2 }
    }
}

extension Spread where Value == Amount {
    /// The spread of some amounts, the median to six places; nil without one.
    public init?(_ values: [Amount]) {
        self.init(values) { Amount(millionths: ($0 + $1).millionths / 2) }
    }
}

/// A ratio of two amounts that can be taken of a third without leaving exact numbers.
public struct AmountRatio: Sendable, Hashable {
    /// What is measured.
    public let part: Amount
    /// Against what; above zero.
    public let whole: Amount

    /// The ratio of two amounts; nil when the second is zero or less.
    public init?(_ part: Amount, to whole: Amount) {
        guard whole > .zero else { return nil }
        self.part = part
        self.whole = whole
    }

    /// As a number.
    public var value: Double { Double(part.millionths) / Double(whole.millionths) }

    /// So much of an amount, rounded to `places` decimal places half away from zero; nil beyond 10^20 or so.
    public func of(_ amount: Amount, toPlaces places: Int) -> Amount? {
        let (product, overflow) = amount.millionths.multipliedReportingOverflow(by: part.millionths)
        guard !overflow else { return nil }
        return Amount(millionths: product / whole.millionths).rounded(toPlaces: places)
    }

    /// The median of some ratios, taken of an amount; nil without one.
    public static func median(
        _ ratios: [AmountRatio], of amount: Amount, toPlaces places: Int
    ) -> Amount? {
        guard !ratios.isEmpty else { return nil }
        let sorted = ratios.sorted { $0.value < $1.value }
        let middle = sorted.count / 2
        guard let upper = sorted[middle].of(amount, toPlaces: 6) else { return nil }
        guard sorted.count % 2 == 0 else { return upper.rounded(toPlaces: places) }
        guard let lower = sorted[middle - 1].of(amount, toPlaces: 6) else { return nil }
        return Amount(millionths: (lower + upper).millionths / 2).rounded(toPlaces: places)
    }
}
