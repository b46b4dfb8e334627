import Analytics
import Model

/// The tables of `conversion`.
struct ConversionTables {
    let book: ConversionBook
    /// In which the deals ended of which the narrow and broad rates tell.
    let period: Period
    /// The day from which on rates are compared with those before it; nil for the last three months.
    let since: Day?
    let context: QuestionContext

    private var windows: CohortWindows? { book.windows[nil] }

    // MARK: - In a sentence

    var headline: Phrase {
        let name = context.filter.name ?? context.company.name
        guard let sums = book.steps.first?.first?.sums, let windows, let rate = sums.rate,
            rate.trials >= RateWatch.minimum, let share = rate.rate, let interval = rate.interval()
        else {
            let begun = book.steps.first?.first?.sums.begun ?? 0
            return
                "\(name): too few deals are old enough to tell which share is won: \(begun) of at least \(RateWatch.minimum)"
        }
        var headline: Phrase = """
            \(name): of \(rate.trials) deals created from \(windows.year.lowerBound) to \(windows.year.upperBound - 1) \
            \(percent: share) were won within \(windows.horizon) days (\(percent: interval.low) to \
            \(percent: interval.high))
            """
        let alarms = book.alarms
        guard let first = alarms.first, let change = first.step.verdict?.change else {
            return book.tested == 0
                ? "\(headline); there is too little to tell whether a rate has changed"
                : "\(headline); of \(book.tested) rates none has changed beyond chance"
        }
        let where_ = first.step.stage.map { "on from \($0.name)" } ?? "won"
        let whose = first.line.name == name ? "" : " of \(first.line.name)"
        headline = "\(headline); changed beyond chance: \(where_)\(whose)"
        headline =
            "\(headline) \(percent: change.before.rate ?? 0) to \(percent: change.now.rate ?? 0)"
        return alarms.count == 1 ? headline : "\(headline), and \(alarms.count - 1) more"
    }

    // MARK: - By line

    var main: AnswerTable {
        func share(_ name: String, _ title: String, isDetail: Bool = true) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .rate, unit: "%", isDetail: isDetail)
        }
        func count(_ name: String, _ title: String, isDetail: Bool = true) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .integer, isDetail: isDetail)
        }
        let rows = zip(book.lines.identities, book.steps).map { identity, steps in
            AnswerTable.Row(identity.values + (steps.first.map(values) ?? []), style: identity.style)
        }
        return AnswerTable(
            name: ConversionQuestion.id, title: title,
            columns: ComparedLines.identityColumns + [count("created", "Created", isDetail: false)]
                + RateColumns.rate("win_rate", "Won") + [
                    share("win_rate_amount", "Won, by amount", isDetail: false),
                    share("narrow", "Narrow", isDetail: false), share("broad", "Broad", isDetail: false),
                ] + RateColumns.change + [
                    count("won", "Won in time"), count("lost", "Lost in time"),
                    count("no_decision", "No decision in time"), count("overdue", "Open when time was over"),
                    count("amount_n", "With an amount on entry"),
                    AnswerColumn(
                        "amount", title: "Amount on entry", kind: .amount, unit: context.company.currency,
                        isDetail: true),
                    AnswerColumn(
                        "amount_won", title: "Won, amount on entry", kind: .amount,
                        unit: context.company.currency, isDetail: true),
                    share("largest_share", "Largest deal's share"),
                    count("narrow_n", "Narrow, of"), count("broad_n", "Broad, of"),
                    share("narrow_amount", "Narrow, by amount"), share("broad_amount", "Broad, by amount"),
                    count("ended_won", "Won in the period"), count("ended_lost", "Lost in the period"),
                    count("ended_no_decision", "No decision in the period"),
                ],
            rows: rows,
            notes: [
                """
                Narrow: won / (won + lost) of deals that ended in \(period.label); broad: no decision counted too; both \
                leave out what is still open
                """,
                RateColumns.promise(book.tested, since: since),
            ])
    }

    private var title: Phrase? {
        windows.map {
            "Won within \($0.horizon) days, of deals created from \($0.year.lowerBound) to \($0.year.upperBound - 1)"
        }
    }

    private func values(_ step: ConversionBook.Step) -> [AnswerValue] {
        let sums = step.sums
        func enough(_ rate: Proportion?) -> AnswerValue {
            .maybe(rate.flatMap { $0.trials >= RateWatch.minimum ? $0.rate : nil })
        }
        let byAmount = sums.valued.count >= RateWatch.minimum
        let isTold = windows != nil
        func told(_ count: Int) -> AnswerValue { isTold ? .integer(count) : .null }
        let rates: [AnswerValue] = [
            .maybe(byAmount ? sums.amountRate : nil), enough(sums.narrow), enough(sums.broad),
        ]
        let counts: [AnswerValue] = [
            told(sums.reached), told(sums.lost), told(sums.noDecision), told(sums.overdue),
            told(sums.valued.count), isTold ? .amount(sums.valued.amount) : .null,
            isTold ? .amount(sums.valuedReached.amount) : .null, .maybe(sums.largestShare),
        ]
        let closed: [AnswerValue] = [
            .maybe(sums.narrow?.trials), .maybe(sums.broad?.trials), .maybe(sums.narrowByAmount),
            .maybe(sums.broadByAmount), .integer(sums.ended(.won)), .integer(sums.ended(.lost)),
            .integer(sums.ended(.noDecision)),
        ]
        return [told(sums.begun)] + RateColumns.values(sums.rate) + rates
            + RateColumns.values(sums.change, step.verdict) + counts + closed
    }

    // MARK: - By stage

    /// How deals went on from each stage, line by line; none where no entry is known.
    var stages: [AnswerTable] {
        guard book.visits > 0 else { return [] }
        func count(_ name: String, _ title: String, isDetail: Bool = false) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .integer, isDetail: isDetail)
        }
        let rows = zip(book.lines.identities, book.steps).flatMap { identity, steps in
            steps.compactMap { step in step.stage.map { stageRow(identity, $0, step) } }
        }
        return [
            AnswerTable(
                name: "stages", title: "On from each stage, of deals that entered it in twelve months",
                columns: ComparedLines.identityColumns + [
                    AnswerColumn("stage", title: "Stage", kind: .text), count("entered", "Entered"),
                ] + RateColumns.rate("moved_on", "Moved on") + [
                    AnswerColumn("within", title: "Within", kind: .integer, unit: "days")
                ] + RateColumns.change + [
                    AnswerColumn("from", title: "Entered from", kind: .day, isDetail: true),
                    AnswerColumn("to", title: "Entered to", kind: .day, isDetail: true),
                    count("stands_moved_on", "Moved on by now", isDetail: true),
                    count("stands_lost", "Lost by now", isDetail: true),
                    count("stands_no_decision", "No decision by now", isDetail: true),
                    count("stands_open", "Still open", isDetail: true),
                ],
                rows: rows,
                notes: [
                    "Whoever leaps a stage has moved on from it; rates of stages multiplied are no win rate"
                ])
        ]
    }

    private func stageRow(
        _ identity: RateLines.Identity, _ stage: ProcessStage, _ step: ConversionBook.Step
    ) -> AnswerTable.Row {
        let windows = book.windows[stage.id]
        let sums = step.sums
        func told(_ count: Int) -> AnswerValue { windows == nil ? .null : .integer(count) }
        return AnswerTable.Row(
            identity.values + [.text(stage.name), told(sums.begun)] + RateColumns.values(sums.rate) + [
                .maybe(windows?.horizon)
            ] + RateColumns.values(sums.change, step.verdict) + [
                windows.map { .day($0.year.lowerBound) } ?? .null,
                windows.map { .day($0.year.upperBound - 1) } ?? .null,
                told(sums.standsReached), told(sums.standing(.lost)), told(sums.standing(.noDecision)),
                told(sums.standing(.open)),
            ])
    }

    // MARK: - Over their age

    /// Which share ends how within so many days; none where nothing has ended.
    var curve: [AnswerTable] {
        guard let last = book.curve.lastStep, book.curve.count >= RateWatch.minimum else { return [] }
        func share(_ name: String, _ title: String) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .rate, unit: "%")
        }
        let ages = CohortWindows.horizons.prefix { $0 < last } + [last]
        let rows = ages.map { age in
            AnswerTable.Row(
                [.integer(age)] + FateEnd.allCases.map { .maybe(book.curve.share($0, within: age)) } + [
                    .maybe(book.curve.lasting(after: age)),
                    .integer(book.curve.steps.last { $0.day <= age }?.atRisk ?? book.curve.count),
                ])
        }
        return [
            AnswerTable(
                name: "curve", title: "How deals of the last two years end, by age",
                columns: [
                    AnswerColumn("age", title: "Within", kind: .integer, unit: "days"),
                    share("won", "Won"), share("lost", "Lost"), share("no_decision", "No decision"),
                    share("open", "Still open"),
                    AnswerColumn("at_risk", title: "Looked at", kind: .integer),
                ],
                rows: rows,
                notes: [
                    "\(book.curve.count) deals, those still open counted in for as long as they were seen"
                ])
        ]
    }

    // MARK: - From stage to stage

    /// Where deals that stood in an open stage on a day stand now.
    func snapshot(_ moves: [StageMove], from day: Day) -> [AnswerTable] {
        guard !moves.isEmpty else { return [] }
        var all: [String?: Int] = [:]
        for move in moves { all[move.from, default: 0] += move.count }
        return [
            AnswerTable(
                name: "snapshot", title: "Where the deals of \(day) stand now",
                columns: [
                    AnswerColumn("stage", title: "Stage then", kind: .text),
                    AnswerColumn("now", title: "Stage now", kind: .text),
                    AnswerColumn("deals", title: "Deals", kind: .integer),
                    AnswerColumn("share", title: "Share", kind: .rate, unit: "%"),
                    AnswerColumn("n", title: "Of", kind: .integer),
                ],
                rows: moves.map { move in
                    let n = all[move.from] ?? 0
                    return AnswerTable.Row([
                        move.from.map { .text($0) } ?? .null, .text(move.to ?? "vanished"),
                        .integer(move.count),
                        n >= RateWatch.minimum ? .rate(Double(move.count) / Double(n)) : .null, .integer(n),
                    ])
                })
        ]
    }

    /// From which stage deals went to which.
    func moves(_ moves: [StageMove]) -> [AnswerTable] {
        guard !moves.isEmpty else { return [] }
        func word(_ move: StageMove) -> String {
            if move.to == nil { return "vanished" }
            if move.isBackward == true { return "back" }
            return move.isSkip == true ? "skipped" : ""
        }
        return [
            AnswerTable(
                name: "moves", title: "Moves from stage to stage in \(period.label)",
                columns: [
                    AnswerColumn("from", title: "From", kind: .text),
                    AnswerColumn("to", title: "To", kind: .text),
                    AnswerColumn("moves", title: "Moves", kind: .integer),
                    AnswerColumn("kind", title: "", kind: .text),
                    AnswerColumn("is_skip", kind: .boolean, isDetail: true),
                    AnswerColumn("is_backward", kind: .boolean, isDetail: true),
                ],
                rows: moves.map { move in
                    AnswerTable.Row([
                        move.from.map { .text($0) } ?? .null, move.to.map { .text($0) } ?? .null,
                        .integer(move.count), .text(word(move)), move.isSkip.map { .boolean($0) } ?? .null,
                        move.isBackward.map { .boolean($0) } ?? .null,
                    ])
                })
        ]
    }
}
