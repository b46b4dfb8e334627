import Analytics
import Model

/// The rates into the company's currency, and what they leave open.
struct CurrencyRates {
    /// All of them, by currency, plan first.
    let all: [ExchangeRate]
    private let company: String
    private let dayRates: [String: ExchangeRate]

    init(_ rates: [ExchangeRate], company: String) {
        all = rates
        self.company = company
        dayRates = Dictionary(
            rates.filter { $0.kind == .day }.map { ($0.currency, $0) },
            uniquingKeysWith: { first, _ in first })
    }

    /// Whether the market has a rate of the day at all.
    var hasDayRates: Bool { !dayRates.isEmpty }

    /// The plan rate of a currency; nil when there is none, or several for the days of the period.
    func plan(_ currency: String) -> ExchangeRate? {
        let found = all.filter { $0.kind == .plan && $0.currency == currency }
        return found.count == 1 ? found.first : nil
    }

    /// The day's rate of a currency.
    func day(_ currency: String) -> ExchangeRate? { dayRates[currency] }

    /// The currencies of some deals that are not the company's, sorted.
    func foreign(_ sums: ForecastSums) -> [String] {
        sums.byCurrency.keys.filter { $0 != company && !$0.isEmpty }.sorted()
    }

    /// Those of them without a day's rate.
    func withoutDayRate(_ sums: ForecastSums) -> [String] {
        foreign(sums).filter { dayRates[$0] == nil }
    }

    /// What some deals are worth more at the day's rates than at plan rates; deals in a currency without a day's rate
    /// stand at the plan rate. Nil when that is all of those in other currencies.
    func effect(of sums: ForecastSums, _ categories: [ForecastCategory]) -> Amount? {
        let foreign = foreign(sums)
        guard foreign.isEmpty || foreign.contains(where: { dayRates[$0] != nil }) else { return nil }
        return sums.sum(categories).rateEffect
    }

    /// The same of the deals in one currency; nil without a day's rate.
    func effect(
        of sums: CurrencySums, in currency: String, _ categories: [ForecastCategory]
    ) -> Amount? {
        guard currency == company || currency.isEmpty || dayRates[currency] != nil else { return nil }
        return sums.converted(categories).rateEffect
    }
}
