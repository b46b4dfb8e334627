import Analytics
import Model
import Warehouse

/// The pipeline generated in each window, at what it was worth on the day of entry: under volume.
struct GenerationIndicators: IndicatorProvider {
    let metrics = ["pipeline_generation/1"]
    let sql = [Warehouse.generationSQL]

    func series(_ frame: IndicatorFrame, _ warehouse: Warehouse) throws(BellwetherError) -> [IndicatorSeries]
    {
        let spans = (0..<frame.windows.count).map { number in
            GenerationWindow(
                number: number, first: frame.windows.before(number) + 1, last: frame.windows.last(number),
                periodEnd: frame.windows.last(number) + 1, nextEnd: frame.windows.last(number) + 1)
        }
        let firstDay = try warehouse.knownDays().first
        // On the first day known everything enters, nobody knows since when.
        let isKnown = spans.map { span in firstDay.map { $0 < span.first } ?? false }
        let rollup = GenerationRollup(
            try warehouse.generation(in: spans).entries, try DealPlaces(frame.context.organisation))
        return [
            IndicatorSeries(
                indicator: Indicator(
                    metric: "pipeline_generation/1", family: .volume, column: "generated",
                    title: "Generated", unit: .money, good: .higher)
            ) { place in
                IndicatorReading(
                    spans.map { span in
                        isKnown[span.number]
                            ? .amount(rollup.entries(place, in: span.number).all.amount) : nil
                    }, reason: "night before unknown")
            }
        ]
    }
}
