import Analytics
import Model

/// The tables of `indicators`: the node asked for line by line, and every node with its newest numbers.
struct IndicatorTables {
    private let series: [IndicatorSeries]
    private let compared: ComparedLines
    private let frame: IndicatorFrame
    private let level: ForecastQuestion.Level

    init(
        series: [IndicatorSeries], compared: ComparedLines, frame: IndicatorFrame,
        level: ForecastQuestion.Level
    ) {
        self.compared = compared
        self.frame = frame
        self.level = level
        let families = MetricContract.Family.allCases
        // In the families' order; within one as their providers have them.
        self.series = series.enumerated().sorted { left, right in
            let places = [left, right].map {
                families.firstIndex(of: $0.element.indicator.family) ?? families.count
            }
            return (places[0], left.offset) < (places[1], right.offset)
        }.map(\.element)
    }

    private var currency: String { frame.context.company.currency }

    var all: [AnswerTable] {
        guard let place = compared.places.first else { return [page(nil)] }
        return [page(place)] + (compared.lines.count > 1 ? [nodes] : [])
    }

    // MARK: - The sentence

    var headline: Phrase {
        guard let line = compared.lines.first, let place = compared.places.first else {
            return "Nothing to show"
        }
        let readings = series.map { $0.reading(place) }
        let ranged = zip(series, readings).filter { series, reading in
            series.indicator.hasRange && reading.now != nil && reading.range != nil
        }
        let outside = ranged.filter { $1.isOutside }.map(\.0.indicator.title)
        var headline: Phrase = """
            \(line.name), \(frame.windows.length / 7) weeks to \(frame.windows.end): \(readings.count { $0.now != nil }) of \
            \(readings.count) indicators can be told
            """
        if !ranged.isEmpty {
            headline = "\(headline); \(outside.count) of \(ranged.count) lie outside their own past range"
            if !outside.isEmpty {
                headline = "\(headline): \(outside.prefix(4).joined(separator: "; "))"
                if outside.count > 4 { headline = "\(headline); …" }
            }
        }
        return headline
    }

    // MARK: - The page

    private func page(_ place: NodePlace?) -> AnswerTable {
        let readings = place.map { place in series.map { $0.reading(place) } } ?? []
        func measure(_ name: String, _ title: String) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .measure)
        }
        func text(_ name: String, _ title: String, isDetail: Bool = false) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .text, isDetail: isDetail)
        }
        let hasReasons = readings.contains { $0.reason != nil }
        return AnswerTable(
            name: IndicatorsQuestion.id,
            columns: [
                text("family", "Family"), text("indicator", "Indicator"), measure("value", "Now"),
                measure("change", "Change"), measure("low", "Lowest"), measure("high", "Highest"),
                AnswerColumn("trend", title: "Trend", kind: .trend), text("good", "Good"),
                text("reason", "Why absent", isDetail: !hasReasons),
                AnswerColumn("n", title: "n", kind: .integer, isDetail: true),
                text("metric", "Metric", isDetail: true), text("column", "Column", isDetail: true),
            ],
            rows: zip(series, readings).map { series, reading in
                let indicator = series.indicator
                let range = indicator.hasRange ? reading.range : nil
                return AnswerTable.Row([
                    .text(indicator.family.rawValue), .text(indicator.title),
                    value(reading.now, indicator), change(reading.change, indicator),
                    value(range?.low, indicator), value(range?.high, indicator),
                    .trend(reading.windows.reversed().map { $0?.size }), .text(indicator.good.rawValue),
                    reading.reason.map { .text($0) } ?? .text(""), .maybe(reading.n),
                    .text(indicator.metric), .text(indicator.column),
                ])
            },
            notes: notes(readings))
    }

    /// The change of a share is in points: in percent it would be read as of the share.
    private func change(_ change: IndicatorNumber?, _ indicator: Indicator) -> AnswerValue {
        guard indicator.unit == .share, case .ratio(let ratio) = change else {
            return value(change, indicator)
        }
        return .measure(Measure(.rate(ratio * 100), unit: "points"))
    }

    private func value(_ number: IndicatorNumber?, _ indicator: Indicator) -> AnswerValue {
        guard let number else { return .null }
        let unit: String? =
            switch indicator.unit {
            case .money: currency
            case .count: nil
            case .share: "%"
            case .multiple: "x"
            case .days: "days"
            }
        return switch number {
        case .amount(let amount): .measure(Measure(.amount(amount), unit: unit))
        case .count(let count): .measure(Measure(.count(count), unit: unit))
        case .ratio(let ratio): .measure(Measure(.rate(ratio), unit: unit))
        }
    }

    private func notes(_ readings: [IndicatorReading]) -> [Phrase] {
        let known = readings.map(\.past.count).max() ?? 0
        guard known >= IndicatorReading.fewest else {
            return ["Fewer than \(IndicatorReading.fewest) earlier windows are known: no range is shown"]
        }
        let label = frame.context.period.label
        // Of equally likely orders, the newest is the lowest or the highest in two of so many.
        let chance = 2 / Double(known + 1)
        return [
            "Change: against the \(frame.windows.length / 7) weeks before. Lowest and highest: of the \(known) windows before; by chance alone \(percent: chance) of the lines lie outside",
            "Coverage to go, attainment and forecast are of \(label) throughout: they build up, and have no range",
        ]
    }

    // MARK: - By node

    private var nodes: AnswerTable {
        var columns = ComparedLines.identityColumns
        for series in series {
            let indicator = series.indicator
            let (kind, unit): (AnswerColumn.Kind, String?) =
                switch indicator.unit {
                case .money: (.amount, currency)
                case .count: (.integer, nil)
                case .share: (.rate, "%")
                case .multiple: (.rate, "x")
                case .days: (.rate, "days")
                }
            columns.append(AnswerColumn(indicator.column, title: indicator.title, kind: kind, unit: unit))
        }
        return AnswerTable(
            name: "nodes", title: "By \(level.rawValue)", columns: columns,
            rows: zip(compared.lines, compared.places).map { line, place in
                AnswerTable.Row(
                    line.identity
                        + series.map { series in
                            switch series.reading(place).now {
                            case .amount(let amount): .amount(amount)
                            case .count(let count): .integer(count)
                            case .ratio(let ratio): .rate(ratio)
                            case nil: .null
                            }
                        }, style: line.rowStyle)
            })
    }
}

extension IndicatorReading {
    /// Whether the newest lies outside the range of the windows before.
    var isOutside: Bool {
        guard let now, let range else { return false }
        return now.size < range.low.size || now.size > range.high.size
    }
}
