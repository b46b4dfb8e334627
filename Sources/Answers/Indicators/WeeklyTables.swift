import Analytics
import Model

/// The tables of `weekly`: a line a node with the week before beside it, and the node asked for week by week.
struct WeeklyTables {
    let book: VolumeBook
    let compared: ComparedLines
    let context: QuestionContext
    let weeks: Int

    private var currency: String { context.company.currency }
    private var nodes: [(line: ForecastLine, place: NodePlace)] {
        Array(zip(compared.lines, compared.places))
    }

    var all: [AnswerTable] { compared.lines.isEmpty ? [main] : [main, weekTable] }

    // MARK: - The sentence

    var headline: Phrase? {
        guard let (line, place) = nodes.first else { return nil }
        let now = book.figures(of: place, in: 0)
        let before = book.figures(of: place, in: 1)
        var headline: Phrase = "\(line.name), the week to \(context.point.asOf):"
        headline = "\(headline) \(counted(now.meetings, before.meetings, "meeting", "held", isFirst: true))"
        headline = "\(headline), \(counted(now.progressed, before.progressed, "deal", "progressed"))"
        if let value = now.pipelineValue?.amount {
            headline =
                "\(headline); pipeline \(value, currency)\(change(value, before.pipelineValue?.amount))"
        }
        if let forecast = now.forecast {
            headline = """
                \(headline), forecast of \(context.period.label) \(forecast, currency)\
                \(change(forecast, before.forecast))
                """
        }
        return headline
    }

    private func counted(
        _ count: Int?, _ before: Int?, _ noun: String, _ verb: String, isFirst: Bool = false
    ) -> Phrase {
        guard let count else { return "\(noun)s \(verb) not known" }
        let words: Phrase = "\(count) \(count == 1 ? noun : noun + "s") \(verb)"
        guard let before else { return words }
        return "\(words) (\(before)\(isFirst ? " the week before" : ""))"
    }

    private func change(_ amount: Amount, _ before: Amount?) -> Phrase {
        guard let before, before != amount else { return "" }
        return amount > before
            ? " (\(amount - before, currency) more)" : " (\(before - amount, currency) less)"
    }

    // MARK: - By node

    private var main: AnswerTable {
        AnswerTable(
            name: WeeklyQuestion.id, columns: columns,
            rows: nodes.map { line, place in
                let now = book.figures(of: place, in: 0)
                let before = book.figures(of: place, in: 1)
                let counts: [AnswerValue] = [
                    .maybe(now.meetings), .maybe(before.meetings), .maybe(now.progressed),
                    .maybe(before.progressed),
                ]
                let money: [AnswerValue] = [
                    .maybe(now.pipelineValue?.amount),
                    .maybe(difference(now.pipelineValue?.amount, before.pipelineValue?.amount)),
                    .maybe(now.forecast), .maybe(difference(now.forecast, before.forecast)),
                ]
                return AnswerTable.Row(
                    line.identity + counts + money + volumes(now) + details(now), style: line.rowStyle)
            })
    }

    private var columns: [AnswerColumn] {
        var list = ColumnList(currency)
        list.count("meetings", "Meetings", isDetail: !book.sources.hasMeetings)
        list.count("meetings_before", "before", isDetail: !book.sources.hasMeetings)
        list.count("progressed", "Progressed")
        list.count("progressed_before", "before")
        list.amount("pipeline_value", "Pipeline")
        list.amount("pipeline_value_change", "Change")
        list.amount("forecast", "Forecast")
        list.amount("forecast_change", "Change")
        return list.columns + volumeColumns(isDetail: true) + detailColumns
    }

    private func difference(_ now: Amount?, _ before: Amount?) -> Amount? {
        guard let now, let before else { return nil }
        return now - before
    }

    // MARK: - What is the same in both tables

    private func volumeColumns(isDetail: Bool) -> [AnswerColumn] {
        func count(_ name: String, _ title: String, _ isDetail: Bool) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .integer, isDetail: isDetail)
        }
        func amount(_ name: String, _ title: String, _ isDetail: Bool) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .amount, unit: currency, isDetail: isDetail)
        }
        return [
            count("new_count", "New", isDetail || !book.sources.hasCreatedDates),
            amount("new", "New for", true),
            count("won_count", "Won", isDetail), amount("won", "Won for", isDetail),
            count("lost_count", "Lost", isDetail), amount("lost", "Lost for", true),
        ]
    }

    private func volumes(_ week: WindowFigures) -> [AnswerValue] {
        [
            .maybe(week.new?.count), .maybe(week.new?.amount), .integer(week.won.count),
            .amount(week.won.amount), .integer(week.lost.count), .amount(week.lost.amount),
        ]
    }

    private var detailColumns: [AnswerColumn] {
        [
            AnswerColumn("pipeline_value_count", title: "Open deals", kind: .integer, isDetail: true),
            AnswerColumn("open", title: "Open in period", kind: .amount, unit: currency, isDetail: true),
            AnswerColumn("open_count", title: "Open deals in period", kind: .integer, isDetail: true),
            AnswerColumn("setbacks", title: "Went back", kind: .integer, isDetail: true),
            AnswerColumn("pushed", title: "Pushed", kind: .integer, isDetail: true),
            AnswerColumn(
                "meetings_unconfirmed", title: "Meetings unconfirmed", kind: .integer, isDetail: true),
        ]
    }

    private func details(_ week: WindowFigures) -> [AnswerValue] {
        [
            .maybe(week.pipelineValue?.count), .maybe(week.open?.amount), .maybe(week.open?.count),
            .maybe(week.setbacks), .maybe(week.pushed), .maybe(week.unconfirmed),
        ]
    }

    // MARK: - Week by week

    /// The weeks of the node asked for.
    private var weekTable: AnswerTable {
        let shown = nodes.prefix(1)
        return AnswerTable(
            name: "weeks", title: "\(shown.first?.line.name ?? "") week by week",
            columns: [
                AnswerColumn("from", title: "From", kind: .day, isDetail: true),
                AnswerColumn("to", title: "Week to", kind: .day),
                AnswerColumn(
                    "meetings", title: "Meetings", kind: .integer, isDetail: !book.sources.hasMeetings),
                AnswerColumn("progressed", title: "Progressed", kind: .integer),
                AnswerColumn("pipeline_value", title: "Pipeline", kind: .amount, unit: currency),
                AnswerColumn("forecast", title: "Forecast", kind: .amount, unit: currency),
            ] + volumeColumns(isDetail: false) + detailColumns,
            rows: shown.flatMap { node in
                (0..<min(weeks, book.windows.count)).map { window in
                    let week = book.figures(of: node.place, in: window)
                    return AnswerTable.Row(
                        [
                            .day(book.windows.before(window) + 1), .day(book.windows.last(window)),
                            .maybe(week.meetings), .maybe(week.progressed),
                            .maybe(week.pipelineValue?.amount), .maybe(week.forecast),
                        ] + volumes(week) + details(week))
                }
            })
    }
}
