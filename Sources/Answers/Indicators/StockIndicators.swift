import Analytics
import Model
import Warehouse

/// How it stood at the end of each window: pipeline, coverage and attainment under volume, past-due deals under quality,
/// the landing number under predictability. The period is the one asked for on every day.
struct StockIndicators: IndicatorProvider {
    let metrics = [
        "pipeline_value/1", "coverage_to_go/1", "attainment/1", "past_due/1", "call/1",
    ]

    func series(_ frame: IndicatorFrame, _ warehouse: Warehouse) throws(BellwetherError) -> [IndicatorSeries]
    {
        func stock(
            _ indicator: Indicator, absent: @escaping (DayStock, NodePlace) -> String? = { _, _ in nil },
            _ number: @escaping (DayStock, NodePlace) -> IndicatorNumber?
        ) -> IndicatorSeries {
            IndicatorSeries(indicator: indicator) { place in
                let stocks = frame.volume.stocks
                return IndicatorReading(
                    stocks.map { $0.flatMap { number($0, place) } },
                    reason: stocks.first.flatMap { $0.flatMap { absent($0, place) } })
            }
        }
        return [
            stock(
                Indicator(
                    metric: "pipeline_value/1", family: .volume, column: "pipeline_value",
                    title: "Pipeline", unit: .money, good: .higher)
            ) { .amount($0.pipelineValue($1).amount) },
            stock(
                Indicator(
                    metric: "coverage_to_go/1", family: .volume, column: "coverage_to_go",
                    title: "Coverage to go", unit: .multiple, good: .higher, hasRange: false),
                absent: { stock, place in
                    stock[place]?.leadingPlan == nil ? "no plan" : "the plan is met"
                }
            ) { stock, place in
                .maybe(
                    stock[place].flatMap { line in
                        line.leadingPlan.flatMap {
                            line.sums.open.amount.ratio(to: $0.1.amount - line.sums[.closed].amount)
                        }
                    })
            },
            stock(
                Indicator(
                    metric: "attainment/1", family: .volume, column: "attainment",
                    title: "Attainment", unit: .share, good: .higher, hasRange: false),
                absent: { _, _ in "no quota" }
            ) { stock, place in
                .maybe(
                    stock[place].flatMap { line in
                        line.plan[.quota].flatMap { line.sums[.closed].amount.ratio(to: $0.amount) }
                    })
            },
            stock(
                Indicator(
                    metric: "past_due/1", family: .quality, column: "past_due", title: "Past due",
                    unit: .money, good: .lower)
            ) { .amount($0.pastDue($1).amount) },
            stock(
                Indicator(
                    metric: "past_due/1", family: .quality, column: "past_due_count",
                    title: "Past-due deals", unit: .count, good: .lower)
            ) { .count($0.pastDue($1).count) },
            stock(
                Indicator(
                    metric: "call/1", family: .predictability, column: "forecast",
                    title: "Forecast", unit: .money, good: .plan, hasRange: false)
            ) { .amount($0.forecast($1)) },
        ]
    }
}
