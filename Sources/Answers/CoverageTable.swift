import Analytics
import Model

/// The tables of `coverage`: a line a node, and how each past period stood on the same day.
struct CoverageTable {
    let lines: [CoverageLine]
    let past: PastPeriods
    let context: QuestionContext

    private var currency: String { context.company.currency }

    // MARK: - By node

    var main: AnswerTable {
        AnswerTable(
            name: CoverageQuestion.id, columns: columns, rows: lines.map(row), notes: notes)
    }

    private var notes: [Phrase] {
        var notes: [Phrase] = []
        if lines.contains(where: { $0.coverage.isMet == true }) {
            notes.append("Met: nothing is left to go, and nothing to cover")
        }
        if !past.all.isEmpty {
            let label = past.all.count == 1 ? "period" : "\(past.all.count) periods"
            notes.append(
                "Usual, required and won: the median of the last \(label), on the day as far before their end"
            )
        }
        return notes
    }

    private var columns: [AnswerColumn] {
        var list = ColumnList(currency)
        let isPast = !past.all.isEmpty
        let isLanded = !past.landed.isEmpty
        list.amount("plan", "Plan")
        list.amount("closed", "Closed", isDetail: lines.allSatisfy { $0.coverage.closed == .zero })
        list.amount("to_go", "To go")
        list.amount("open", "Open")
        list.multiple("coverage", "Covered")
        list.multiple("usual", "Usual", isDetail: !isPast)
        list.amount("short_by", "Short by", isDetail: !isPast)
        list.share("must_win", "Must win")
        list.share("usually_won", "Usually won", isDetail: !isLanded)
        list.multiple("required", "Required", isDetail: !isLanded)
        list.multiple("coverage_total", "Of the whole plan", isDetail: true)
        list.multiple("usual_low", "Usual, lowest", isDetail: true)
        list.multiple("usual_high", "Usual, highest", isDetail: true)
        list.count("usual_n", "Usual of", unit: "periods", isDetail: true)
        list.multiple("usual_last_4", "Usual of the last 4", isDetail: true)
        list.multiple("required_low", "Required, lowest", isDetail: true)
        list.multiple("required_high", "Required, highest", isDetail: true)
        list.count("required_n", "Required of", unit: "periods", isDetail: true)
        list.multiple("against_actuals", "Against actuals", isDetail: true)
        list.count("against_actuals_n", "Against actuals of", unit: "periods", isDetail: true)
        list.amount("created_later", "Booked from later deals", isDetail: true)
        list.amount("moved_in", "Booked from other periods", isDetail: true)
        var columns = list.columns
        columns.insert(
            AnswerColumn("state", title: "", kind: .text, isDetail: !lines.contains { $0.state == "met" }),
            at: 6)
        return columns
    }

    private func row(_ line: CoverageLine) -> AnswerTable.Row {
        let coverage = line.coverage
        let past = coverage.past
        let money: [AnswerValue] = [
            .maybe(coverage.plan), .amount(coverage.closed), .maybe(coverage.toGo), .text(line.state),
            .amount(coverage.open),
        ]
        let enough: [AnswerValue] = [
            .maybe(coverage.ratio), .maybe(past.usual?.median), .maybe(coverage.shortBy),
            .maybe(coverage.mustWin), .maybe(past.wonShare?.median), .maybe(past.required?.median),
            .maybe(coverage.total),
        ]
        let spread: [AnswerValue] = [
            .maybe(past.usual?.low), .maybe(past.usual?.high), .integer(past.usual?.count ?? 0),
            .maybe(past.usualOfFour?.median), .maybe(past.required?.low), .maybe(past.required?.high),
            .integer(past.required?.count ?? 0), .maybe(past.againstActuals?.median),
            .integer(past.againstActuals?.count ?? 0), .maybe(past.created?.median),
            .maybe(past.moved?.median),
        ]
        return AnswerTable.Row(
            line.line.identity + money + enough + spread, style: line.line.rowStyle)
    }

    // MARK: - By period

    /// How each past period stood on the same day, for the node that was asked for.
    var periods: AnswerTable {
        func amount(_ name: String, _ title: String, isDetail: Bool = false) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .amount, unit: currency, isDetail: isDetail)
        }
        func multiple(_ name: String, _ title: String, isDetail: Bool = false) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .rate, unit: "x", isDetail: isDetail)
        }
        let rows = zip(past.all, lines.first?.past ?? []).map { one, past in
            AnswerTable.Row([
                .text(one.period.label), .day(one.day), .maybe(past.plan), .amount(past.sums[.closed].amount),
                .amount(past.sums.open.amount), .maybe(past.toGo?.value),
                past.isLanded ? .amount(past.sums[.landed].amount) : .null,
                past.isLanded ? .amount(past.sums.landedOpen.amount) : .null,
                past.isLanded ? .amount(past.sums[.landedMoved].amount) : .null,
                past.isLanded ? .amount(past.sums[.landedCreated].amount) : .null,
                .maybe(past.required?.value), .maybe(past.againstActuals?.value),
                one.landedDay.map { .day($0) } ?? .null,
            ])
        }
        return AnswerTable(
            name: "periods", title: "On the same day of past periods",
            columns: [
                AnswerColumn("period", title: "Period", kind: .text),
                AnswerColumn("day", title: "Day", kind: .day), amount("plan", "Plan"),
                amount(
                    "closed", "Closed", isDetail: lines.first.map { $0.coverage.closed == .zero } ?? false),
                amount("open", "Open"), multiple("coverage", "Covered"), amount("landed", "Landed at"),
                amount("landed_open", "Of what was open"), amount("landed_moved", "Moved in"),
                amount("landed_created", "Created later"), multiple("required", "Required"),
                multiple("against_actuals", "Against actuals", isDetail: true),
                AnswerColumn("landed_day", title: "Landed on", kind: .day, isDetail: true),
            ], rows: rows)
    }
}

extension CoverageLine {
    /// Whether the plan is met, is open, or is not there.
    var state: String {
        switch coverage.isMet {
        case true: "met"
        case false: "open"
        case nil: "no plan"
        }
    }
}
