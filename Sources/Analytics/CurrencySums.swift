import Model

/// The deals of one node, period and currency: as entered, at plan rates, and what the day's rates make of them.
public struct CurrencySums: Sendable, Hashable {
    /// By category: what was entered, in the deals' own currency.
    public private(set) var entered: [ForecastCategory: Amount] = [:]
    /// By category: count and sum in the company's currency at plan rates, the rate effect beside it. Deals without a
    /// plan rate are counted and add nothing.
    public private(set) var converted: [ForecastCategory: DealSum] = [:]
    /// How many of them have an amount without a plan rate.
    public private(set) var withoutRate = 0

    /// No deals.
    public init() {}

    /// What was entered, over some categories.
    public func entered(_ categories: [ForecastCategory]) -> Amount {
        categories.reduce(.zero) { $0 + (entered[$1] ?? .zero) }
    }

    /// Count, sum at plan rates and rate effect, over some categories.
    public func converted(_ categories: [ForecastCategory]) -> DealSum {
        categories.reduce(.none) { $0 + (converted[$1] ?? .none) }
    }

    mutating func add(_ cell: ForecastCell, _ entered: EnteredSum) {
        self.entered[cell.category, default: .zero] += entered.amount
        converted[cell.category, default: .none] += cell.sum
        withoutRate += cell.faults[.withoutRate] ?? 0
    }

    /// Both together.
    static func + (left: CurrencySums, right: CurrencySums) -> CurrencySums {
        var sum = left
        sum.entered.merge(right.entered, uniquingKeysWith: +)
        sum.converted.merge(right.converted, uniquingKeysWith: +)
        sum.withoutRate += right.withoutRate
        return sum
    }
}

extension ForecastSums {
    /// Count, sum at plan rates and rate effect, over some categories.
    public func sum(_ categories: [ForecastCategory]) -> DealSum {
        categories.reduce(.none) { $0 + self[$1] }
    }
}

/// The same node on two days, both at the plan rates of the later: what sales moved, and how the rate effect changed.
///
/// Source: metric 18's separation of currency; the two parts add up to the change at the rates of each day.
public struct ConstantCurrencyChange: Sendable, Hashable {
    /// A node on one day.
    public struct Side: Sendable, Hashable {
        /// In the company's currency, at the later day's plan rates.
        public let amount: Amount
        /// What it is worth more at the market's rates of that day; nil when they are not known.
        public let rateEffect: Amount?

        /// Nothing, whatever the rates are.
        public static let none = Side(amount: .zero, rateEffect: .zero)

        /// So much, and what the day's rates make of it.
        public init(amount: Amount, rateEffect: Amount?) {
            self.amount = amount
            self.rateEffect = rateEffect
        }
    }

    /// The earlier day.
    public let then: Side
    /// The later day.
    public let now: Side
    /// What the earlier day showed at the plan rates of its own time.
    public let shownThen: Amount

    /// A change from one day to another.
    public init(then: Side, now: Side, shownThen: Amount) {
        self.then = then
        self.now = now
        self.shownThen = shownThen
    }

    /// What sales moved: no rate has a part in it.
    public var sales: Amount { now.amount - then.amount }

    /// By how much the rate effect has changed: with the market's rates, and with how much is in other currencies. Nil
    /// when it is not known of one of the days.
    public var rates: Amount? {
        guard let before = then.rateEffect, let after = now.rateEffect else { return nil }
        return after - before
    }

    /// Both: the change of the amounts at the rates of each day.
    public var total: Amount? { rates.map { sales + $0 } }

    /// What plan rates that were loaded anew have changed in what the earlier day showed.
    public var planRestated: Amount { then.amount - shownThen }
}
