import Analytics
import Model

/// The tables of `linearity`: a line a node, and the weeks of the node that is asked for beside those of past periods.
struct LinearityTable {
    let compared: ComparedLines
    let spreads: BookingSpreads
    let context: QuestionContext

    private var currency: String { context.company.currency }
    private var period: Period { context.period }
    /// Whether all days of the period have passed: before, shares of it say little.
    private var isOver: Bool { context.point.asOf >= period.lastDay }
    private var lastPart: String {
        spreads.now.parts.isEmpty ? "last part" : "\(partName) \(spreads.now.parts.count)"
    }
    private var partName: String { spreads.now.parts.first?.grain.rawValue ?? "part" }

    var all: [AnswerTable] {
        guard let place = compared.places.first else { return [main] }
        return [main, weeks(place)] + (spreads.past.isEmpty ? [] : [periods(place)])
    }

    private func usualLastPart(_ place: NodePlace) -> Spread<Double>? {
        Spread(spreads.past.compactMap { $0[place].lastPartShare })
    }

    private func usualGini(_ place: NodePlace) -> Spread<Double>? {
        Spread(spreads.past.compactMap { $0[place].gini })
    }

    // MARK: - The sentence

    var headline: Phrase? {
        guard let line = compared.lines.first, let place = compared.places.first else { return nil }
        let now = spreads.now[place]
        var headline: Phrase =
            "\(line.name) \(period.label)\(isOver ? "" : " so far"): \(now.total, currency) closed"
        if isOver, let share = now.lastPartShare {
            headline = "\(headline), \(percent: share) of it in \(lastPart)"
        }
        guard let usual = usualLastPart(place) else {
            return "\(headline), and no past period to compare with"
        }
        return """
            \(headline); usually \(percent: usual.median) comes in \(lastPart) (\(percent: usual.low) to \
            \(percent: usual.high) in the last \(usual.count))
            """
    }

    // MARK: - By node

    private var main: AnswerTable {
        let count = spreads.now.parts.count
        var list = ColumnList(currency)
        list.amount("closed", "Closed")
        for part in 0..<count {
            list.share(
                "part_\(part + 1)", "\(partName.prefix(1).uppercased())\(partName.dropFirst()) \(part + 1)")
        }
        list.share("usual_last_part", "Usual \(lastPart)", isDetail: spreads.past.isEmpty)
        list.share("usual_last_part_low", "lowest", isDetail: true)
        list.share("usual_last_part_high", "highest", isDetail: true)
        var columns = list.columns
        columns += [
            AnswerColumn("gini", title: "Gini", kind: .rate, isDetail: !isOver),
            AnswerColumn("usual_gini", title: "Usual Gini", kind: .rate, isDetail: spreads.past.isEmpty),
            AnswerColumn("n", title: "Periods", kind: .integer, isDetail: true),
        ]
        let rows = zip(compared.lines, compared.places).map { line, place in
            let now = spreads.now[place]
            let usual = usualLastPart(place)
            let shares: [AnswerValue] =
                [.amount(now.total)] + now.partShares.map { .maybe($0) } + [
                    .maybe(usual?.median), .maybe(usual?.low), .maybe(usual?.high),
                ]
            let even: [AnswerValue] = [
                .maybe(isOver ? now.gini : nil), .maybe(usualGini(place)?.median),
                .integer(spreads.past.count { $0[place].total > .zero }),
            ]
            return AnswerTable.Row(line.identity + shares + even, style: line.rowStyle)
        }
        return AnswerTable(
            name: LinearityQuestion.id, columns: columns, rows: rows,
            notes: isOver ? [] : ["The period is not over: shares are of what is closed so far"])
    }

    // MARK: - By week

    /// Weeks of past periods are told by how many come after them, so that last weeks meet.
    private func weeks(_ place: NodePlace) -> AnswerTable {
        let now = spreads.now[place]
        let past = spreads.past.map { $0[place].weekShares }
        let starts = PeriodWeeks(period)
        var cumulated = Amount.zero
        let rows = now.weeks.indices.map { week in
            let isPassed = starts.start(of: week) <= context.point.asOf
            cumulated += now.weeks[week]
            let after = now.weeks.count - 1 - week
            let usual = Spread(
                past.compactMap { shares in
                    let same = shares.count - 1 - after
                    return shares.indices.contains(same) ? shares[same] : nil
                })
            return AnswerTable.Row([
                .integer(week + 1), .day(starts.start(of: week)),
                isPassed ? .amount(now.weeks[week]) : .null,
                .maybe(isPassed ? now.weekShares[week] : nil),
                .maybe(isPassed ? cumulated.ratio(to: now.total) : nil),
                .maybe(usual?.median), .maybe(usual?.low), .maybe(usual?.high),
            ])
        }
        func share(_ name: String, _ title: String) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .rate, unit: "%")
        }
        return AnswerTable(
            name: "weeks", title: "By week",
            columns: [
                AnswerColumn("week", title: "Week", kind: .integer),
                AnswerColumn("start", title: "From", kind: .day),
                AnswerColumn("closed", title: "Closed", kind: .amount, unit: currency),
                share("share", "Share"), share("share_cum", "so far"), share("usual", "Usual"),
                share("usual_low", "lowest"), share("usual_high", "highest"),
            ], rows: rows)
    }

    // MARK: - By period

    private func periods(_ place: NodePlace) -> AnswerTable {
        let rows = spreads.past.map { past in
            let spread = past[place]
            return AnswerTable.Row([
                .text(past.period.label), .amount(spread.total), .maybe(spread.lastPartShare),
                .maybe(spread.gini), .integer(spread.weeks.count),
            ])
        }
        return AnswerTable(
            name: "periods", title: "Past periods, as they landed",
            columns: [
                AnswerColumn("period", title: "Period", kind: .text),
                AnswerColumn("closed", title: "Closed", kind: .amount, unit: currency),
                AnswerColumn("last_part", title: "in \(lastPart)", kind: .rate, unit: "%"),
                AnswerColumn("gini", title: "Gini", kind: .rate),
                AnswerColumn("weeks", title: "Weeks", kind: .integer),
            ], rows: rows)
    }
}
