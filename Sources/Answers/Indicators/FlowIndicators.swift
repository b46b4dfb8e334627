import Analytics
import Model
import Warehouse

/// What happened in each window: meetings, new and won deals under volume; progress under velocity; pushed close dates
/// under predictability.
struct FlowIndicators: IndicatorProvider {
    let metrics = [
        "meetings_held/1", "new_deals/1", "won_deals/1", "lost_deals/1", "deals_progressed/1",
        "deals_pushed/1",
    ]

    func series(_ frame: IndicatorFrame, _ warehouse: Warehouse) throws(BellwetherError) -> [IndicatorSeries]
    {
        func flow(
            _ metric: String, _ family: MetricContract.Family, _ column: String, _ title: String,
            _ unit: Indicator.Unit, _ good: MetricContract.Direction, absent: String,
            _ number: @escaping (WindowFigures) -> IndicatorNumber?
        ) -> IndicatorSeries {
            IndicatorSeries(
                indicator: Indicator(
                    metric: metric, family: family, column: column, title: title, unit: unit, good: good)
            ) { place in
                IndicatorReading(
                    (0..<frame.windows.count).map { number(frame.volume.figures(of: place, in: $0)) },
                    reason: absent)
            }
        }
        let unknown = "night before unknown"
        return [
            flow(
                "deals_progressed/1", .velocity, "progressed", "Progressed", .count, .higher,
                absent: unknown
            ) { .maybe($0.progressed) },
            flow(
                "deals_progressed/1", .velocity, "setbacks", "Gone back", .count, .lower,
                absent: unknown
            ) { .maybe($0.setbacks) },
            flow(
                "meetings_held/1", .volume, "meetings", "Meetings", .count, .higher,
                absent: "no meetings"
            ) { .maybe($0.meetings) },
            flow(
                "new_deals/1", .volume, "new_count", "New deals", .count, .higher,
                absent: "no creation dates"
            ) { .maybe($0.new?.count) },
            flow("won_deals/1", .volume, "won", "Won", .money, .higher, absent: "") {
                .amount($0.won.amount)
            },
            flow("lost_deals/1", .volume, "lost", "Lost", .money, .lower, absent: "") {
                .amount($0.lost.amount)
            },
            flow(
                "deals_pushed/1", .predictability, "pushed", "Pushed", .count, .lower, absent: unknown
            ) { .maybe($0.pushed) },
        ]
    }
}
