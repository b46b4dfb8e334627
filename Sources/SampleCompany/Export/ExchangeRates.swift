import Model

/// The plan's rates, and the market's day by day since the year began.
struct ExchangeRates {
    let seed: UInt64
    /// Nights in which the plan says otherwise; nil for none.
    var shock: Shock?

    /// A plan rate that is another in some nights.
    struct Shock: Sendable {
        let days: ClosedRange<Day>
        /// Dollars for one euro, for close dates of the year of those nights.
        let rate: String
    }

    /// The first day with a rate of the market.
    static let firstDay = Frame.day(2026, 1, 1)

    /// Records of exchange_rate.csv as of a night, each with its line feed.
    func records(on night: Day) -> [[UInt8]] {
        var records: [[UInt8]] = []
        for year in 2024...2027 {
            let period = Frame.calendar.period(.year, containing: Frame.day(year, 1, 1))
            let isShocked = shock.map { $0.days.contains(night) && period.contains(night) } ?? false
            records.append(
                record(
                    "plan-EUR-USD-\(period.label)", "plan", period.start, period.end - 1,
                    isShocked ? shock?.rate ?? PlanRate.text : PlanRate.text))
        }
        var day = ExchangeRates.firstDay
        while day <= night {
            records.append(record("daily-EUR-USD-\(day)", "daily", day, day, rate(on: day)))
            day = day + 1
        }
        return records
    }

    /// Units of the dollar for one euro: from 1.12 in January it falls to 1.05 at the present.
    func rate(on day: Day) -> String {
        // Markets close on weekends: Friday's rate stands.
        let traded = day.weekday > 5 ? day - (day.weekday - 5) : day
        var random = RandomStream(seed: seed, .rate, index: Int(traded.number))
        let length = Frame.present - ExchangeRates.firstDay
        let ahead = Frame.present - traded
        let noise = ahead == 0 ? 0 : random.within(-45...45)
        let rate = 10_500 + max(0, ahead) * 700 / length + noise
        let digits = String(rate % 10_000)
        return "\(rate / 10_000)." + String(repeating: "0", count: 4 - digits.count) + digits
    }

    private func record(
        _ id: String, _ kind: String, _ first: Day, _ last: Day, _ rate: String
    ) -> [UInt8] {
        var text = CSVText()
        text.cell(id)
        text.cell(kind)
        text.cell("EUR")
        text.cell(Frame.currency)
        text.cell(first)
        text.cell(last)
        text.cell(rate)
        text.endLine()
        return text.bytes
    }
}
