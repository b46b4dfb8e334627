/// Amounts of some deals as they were entered, all in one currency.
public struct EnteredSum: Sendable, Hashable {
    /// ISO 4217 code; empty when nothing says the currency.
    public let currency: String
    /// Their sum in that currency.
    public let amount: Amount

    /// So much in a currency.
    public init(currency: String, amount: Amount) {
        self.currency = currency
        self.amount = amount
    }
}

/// A rate of exchange into the company's currency.
public struct ExchangeRate: Sendable, Hashable {
    /// Which rate it is.
    public enum Kind: String, Sendable, Hashable {
        /// The rate of the fiscal year at which sums convert.
        case plan
        /// The market's rate of one day.
        case day
    }

    /// Plan or day.
    public let kind: Kind
    /// ISO 4217 code of the currency that is converted.
    public let currency: String
    /// The first day on which it holds; nil for always, and for the day's rate the day itself.
    public let first: Day?
    /// The last day on which it holds; nil for no end.
    public let last: Day?
    /// Units of the company's currency for one unit, rounded to six places: to be read, not to reckon with.
    public let rate: Amount
    /// Whether it is the inverse of the rate that is loaded.
    public let isInverse: Bool

    /// A rate.
    public init(kind: Kind, currency: String, first: Day?, last: Day?, rate: Amount, isInverse: Bool) {
        self.kind = kind
        self.currency = currency
        self.first = first
        self.last = last
        self.rate = rate
        self.isInverse = isInverse
    }
}
