import Analytics
import Model

/// The tables of `pacing`: a line a node and measure, a line a past period, a line a call.
struct PacingTable {
    let compared: ComparedLines
    let past: PastPeriods
    let calls: PastCalls
    let context: QuestionContext

    private var currency: String { context.company.currency }

    var all: [AnswerTable] {
        [main] + (past.all.isEmpty ? [] : [periods]) + (calls.calls.isEmpty ? [] : [callTable])
    }

    private func pacing(_ line: ForecastLine, _ place: NodePlace) -> [Pacing] {
        PacingMeasure.allCases.map { measure in
            Pacing(measure, now: line.sums, past: past.landed.map { $0.rollup[place] })
        }
    }

    // MARK: - The sentence

    var headline: Phrase? {
        guard let line = compared.lines.first, let place = compared.places.first else { return nil }
        let numbers = pacing(line, place)
        // Of a period that has not begun nothing is closed: there what is open is compared.
        let isAhead = context.period.start > context.point.asOf
        guard let leading = numbers.first(where: { $0.measure == (isAhead ? .open : .closed) }),
            let firm = numbers.first(where: { $0.measure == .commitCumulative })
        else { return nil }
        let left = context.period.daysLeft(after: context.point.asOf)
        var headline: Phrase = """
            \(line.name) \(context.period.label), \(left) \(left == 1 ? "day" : "days") left: \
            \(isAhead ? "open" : "closed") \(leading.now, currency)
            """
        guard let usual = leading.ofEight, let ahead = leading.ahead, let landed = leading.landedOfEight
        else {
            return "\(headline), and no past period to compare with"
        }
        headline =
            "\(headline), \(distance(ahead)) the median of the last \(usual.count) \(unit(usual.count)) on this day"
        if !isAhead, let share = firm.shareOfLanded {
            headline = """
                \(headline); closed + commit is \(firm.now, currency), then \(percent: share.median) of what the \
                period landed at
                """
        }
        headline = "\(headline); landings were \(landed.low, currency) to \(landed.high, currency)"
        return biasPhrase.map { "\(headline); \($0)" } ?? headline
    }

    private func distance(_ ahead: Amount) -> Phrase {
        if ahead > .zero { return "\(ahead, currency) ahead of" }
        if ahead < .zero { return "\(-ahead, currency) behind" }
        return "exactly"
    }

    /// How the calls of this day turned out: by how much they were too high or too low.
    private var biasPhrase: Phrase? {
        let bias = CallBias(calls.calls)
        guard let error = bias.error?.median else { return nil }
        let word =
            context.period.week(of: context.point.asOf).map { "the week-\($0) call" }
            ?? "the call of this day"
        let count: Phrase = "\(bias.tooHigh) of the last \(bias.count) \(unit(bias.count))"
        if error < 0 { return "\(word) was too high in \(count), in the median \(percent: -error) too low" }
        return "\(word) was too high in \(count), by \(percent: error) in the median"
    }

    /// What so many of the periods are called.
    private func unit(_ count: Int) -> String {
        context.period.grain.rawValue + (count == 1 ? "" : "s")
    }

    // MARK: - By node and measure

    private var main: AnswerTable {
        let hasPast = !past.landed.isEmpty
        var list = ColumnList(currency)
        list.amount("now", "Now")
        list.amount("ahead", "Ahead", isDetail: !hasPast)
        list.amount("last_4_low", "Last 4, lowest", isDetail: !hasPast)
        list.amount("last_4_high", "highest", isDetail: !hasPast)
        list.amount("last_8_median", "Last 8, median", isDetail: !hasPast)
        list.amount("last_8_low", "Last 8, lowest", isDetail: true)
        list.amount("last_8_high", "Last 8, highest", isDetail: true)
        list.share("of_landed", "of landing", isDetail: !hasPast)
        list.share("of_landed_low", "of landing, lowest", isDetail: true)
        list.share("of_landed_high", "of landing, highest", isDetail: true)
        list.amount("landed_4_low", "Last 4 landed, lowest", isDetail: true)
        list.amount("landed_4_high", "Last 4 landed, highest", isDetail: true)
        list.amount("landed_median", "Landed, median", isDetail: true)
        list.amount("landed_low", "Landed, lowest", isDetail: true)
        list.amount("landed_high", "Landed, highest", isDetail: true)
        list.count("n", "Periods", isDetail: true)
        var columns = list.columns
        columns.insert(AnswerColumn("measure", title: "", kind: .text), at: 3)
        return AnswerTable(
            name: PacingQuestion.id, columns: columns,
            rows: zip(compared.lines, compared.places).flatMap(rows))
    }

    private func rows(_ line: ForecastLine, _ place: NodePlace) -> [AnswerTable.Row] {
        pacing(line, place).map { pacing in
            let now: [AnswerValue] = [
                .text(pacing.measure.title), .amount(pacing.now), .maybe(pacing.ahead),
                .maybe(pacing.ofFour?.low),
                .maybe(pacing.ofFour?.high), .maybe(pacing.ofEight?.median), .maybe(pacing.ofEight?.low),
                .maybe(pacing.ofEight?.high),
            ]
            let landed: [AnswerValue] = [
                .maybe(pacing.shareOfLanded?.median), .maybe(pacing.shareOfLanded?.low),
                .maybe(pacing.shareOfLanded?.high), .maybe(pacing.landedOfFour?.low),
                .maybe(pacing.landedOfFour?.high), .maybe(pacing.landedOfEight?.median),
                .maybe(pacing.landedOfEight?.low), .maybe(pacing.landedOfEight?.high),
                .integer(pacing.ofEight?.count ?? 0),
            ]
            return AnswerTable.Row(
                line.identity + now + landed,
                style: line.depth == 0 ? .plain : .indented(line.depth))
        }
    }

    // MARK: - By period

    private var periods: AnswerTable {
        func amount(_ name: String, _ title: String, isDetail: Bool = false) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .amount, unit: currency, isDetail: isDetail)
        }
        let place = compared.places.first ?? NodePlace(.company)
        let rows = past.all.map { one in
            let sums = one.rollup[place]
            func landed(_ part: StandingPart) -> AnswerValue {
                one.landedDay == nil ? .null : .amount(sums[part].amount)
            }
            return AnswerTable.Row(
                [
                    .text(one.period.label), .day(one.day), .amount(sums[.closed].amount),
                    .amount(sums[.commit].amount), .amount(sums[.bestCase].amount),
                    .amount(sums[.pipeline].amount),
                ]
                    + [
                        .landed, .landedClosed, .landedCommit, .landedBestCase, .landedPipeline, .landedMoved,
                        .landedCreated,
                    ].map(landed)
                    + [one.landedDay.map { .day($0) } ?? .null])
        }
        return AnswerTable(
            name: "periods", title: "On the same day of past periods",
            columns: [
                AnswerColumn("period", title: "Period", kind: .text),
                AnswerColumn("day", title: "Day", kind: .day), amount("closed", "Closed"),
                amount("commit", "Commit"), amount("best_case", "Best case"), amount("pipeline", "Pipeline"),
                amount("landed", "Landed at"), amount("landed_closed", "Of closed", isDetail: true),
                amount("landed_commit", "Of commit"), amount("landed_best_case", "Of best case"),
                amount("landed_pipeline", "Of pipeline"), amount("landed_moved", "Moved in", isDetail: true),
                amount("landed_created", "Created later", isDetail: true),
                AnswerColumn("landed_day", title: "Landed on", kind: .day, isDetail: true),
            ], rows: rows)
    }

    // MARK: - Calls

    private var callTable: AnswerTable {
        AnswerTable(
            name: "calls", title: "What was called on that day",
            columns: [
                AnswerColumn("period", title: "Period", kind: .text),
                AnswerColumn("day", title: "Day", kind: .day),
                AnswerColumn("call", title: "Call", kind: .amount, unit: currency),
                AnswerColumn("landed", title: "Landed at", kind: .amount, unit: currency),
                AnswerColumn("over", title: "Too high by", kind: .amount, unit: currency),
                AnswerColumn("error", title: "", kind: .rate, unit: "%"),
            ],
            rows: calls.calls.map { call in
                AnswerTable.Row([
                    .text(call.period.label), .day(call.day), .amount(call.call), .amount(call.landed),
                    .amount(call.call - call.landed), .maybe(call.error),
                ])
            })
    }
}
