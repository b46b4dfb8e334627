import Analytics
import Model

/// The tables of `velocity`.
struct VelocityTables {
    let book: VelocityBook
    let context: QuestionContext
    let limit: Int

    private var currency: String { context.company.currency }

    private func shown(_ amount: Amount?) -> AnswerValue {
        .maybe(amount?.rounded(toPlaces: context.company.minorUnitPlaces))
    }

    // MARK: - In a sentence

    var headline: Phrase {
        let name = context.filter.name ?? context.company.name
        guard let line = book.velocities.first, let perDay = line.now.perDay else {
            return
                "\(name): no velocity: \(book.velocities.first.map { reason($0.now) } ?? "there are no deals")"
        }
        let headline: Phrase =
            "\(name): the pipeline brings \(perDay.rounded(toPlaces: 0), currency) a day"
        guard let before = line.before.perDay, let change = VelocityChange(from: line.before, to: line.now)
        else { return headline }
        let most = VelocityFactor.allCases.max { abs(change.effect(of: $0)) < abs(change.effect(of: $1)) }
        let words: Phrase =
            "\(headline), \(times: change.ratio) of the \(before.rounded(toPlaces: 0), currency) \(book.trailing) days ago"
        return most.map { "\(words), most of it by \(title($0))" } ?? words
    }

    private func title(_ factor: VelocityFactor) -> String {
        switch factor {
        case .deals: "qualified deals"
        case .amount: "won amount"
        case .rate: "win rate"
        case .days: "days in pipeline"
        }
    }

    /// Why there is none.
    private func reason(_ velocity: Velocity) -> String {
        if velocity.resolved.winRate?.trials ?? 0 == 0 { return "nothing has ended" }
        if velocity.resolved.count(.won) == 0 { return "nothing was won" }
        if velocity.resolved.meanWon == nil { return "no won deal has an amount" }
        return "no days are known"
    }

    // MARK: - By line

    var main: AnswerTable {
        func amount(_ name: String, _ title: String, isDetail: Bool = false) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .amount, unit: currency, isDetail: isDetail)
        }
        func count(_ name: String, _ title: String, isDetail: Bool = false) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .integer, isDetail: isDetail)
        }
        func rate(_ name: String, _ title: String, _ unit: String?, isDetail: Bool = false) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .rate, unit: unit, isDetail: isDetail)
        }
        let factors = [
            count("qualified", "Qualified"), amount("mean_won", "Mean won"),
            rate("win_rate", "Win rate", "%"),
            rate("days", "Mean days", "days"),
        ]
        let rows = zip(book.lines.identities, book.velocities).map { identity, line in
            AnswerTable.Row(identity.values + values(line), style: identity.style)
        }
        return AnswerTable(
            name: VelocityQuestion.id,
            columns: ComparedLines.identityColumns + [
                amount("per_day", "A day"), amount("before_per_day", "Before"), rate("change", "Times", "x"),
            ] + factors + [
                count("won_n", "Won"), amount("classic", "Classic"),
                AnswerColumn("note", title: "", kind: .text),
                count("ended_n", "Ended", isDetail: true), count("open", "Open", isDetail: true),
                count("past_due", "Past due", isDetail: true), count("over_age", "Over-age", isDetail: true),
                rate("narrow", "Narrow win rate", "%", isDetail: true),
                rate("won_days", "Mean days of won", "days", isDetail: true),
                count("before_qualified", "Qualified before", isDetail: true),
                amount("before_mean_won", "Mean won before", isDetail: true),
                rate("before_win_rate", "Win rate before", "%", isDetail: true),
                rate("before_days", "Mean days before", "days", isDetail: true),
                count("before_won_n", "Won before", isDetail: true),
            ],
            rows: rows,
            notes: [
                """
                Qualified deals that are neither past due nor over-age × mean won amount × win rate / mean days of all that \
                ended in the last \(book.trailing) days, two cycles; before: the same \(book.trailing) days earlier. Classic: \
                all open deals, won / (won + lost), the days of won deals alone
                """
            ])
    }

    private func values(_ line: VelocityBook.Line) -> [AnswerValue] {
        let (now, before) = (line.now, line.before)
        let change = VelocityChange(from: before, to: now)
        func rate(_ rate: Proportion?) -> AnswerValue { .maybe(rate?.rate) }
        let isFew = now.resolved.count(.won) < Velocity.minimumWon
        let note = now.perDay == nil ? reason(now) : isFew ? "few won" : ""
        let leading: [AnswerValue] = [
            shown(now.perDay), shown(before.perDay), .maybe(change?.ratio), .integer(now.qualified),
            shown(now.resolved.meanWon), rate(now.resolved.winRate), .maybe(now.meanDays),
            .integer(now.resolved.count(.won)), shown(now.classic), .text(note),
        ]
        return leading + [
            .integer(now.resolved.winRate?.trials ?? 0), .integer(now.open), .integer(line.pastDue),
            .integer(line.overAge), rate(now.resolved.narrowRate), .maybe(now.meanWonDays),
            .integer(before.qualified), shown(before.resolved.meanWon), rate(before.resolved.winRate),
            .maybe(before.meanDays), .integer(before.resolved.count(.won)),
        ]
    }

    /// What each factor did to the velocity of the node; none where one of them is zero or not known.
    var factors: [AnswerTable] {
        guard let line = book.velocities.first,
            let change = VelocityChange(from: line.before, to: line.now)
        else { return [] }
        func row(_ title: String, _ ratio: Double, _ effect: Double, _ style: AnswerTable.RowStyle)
            -> AnswerTable.Row
        {
            AnswerTable.Row([.text(title), .rate(ratio), .rate(effect)], style: style)
        }
        let rows = VelocityFactor.allCases.map { factor in
            row(title(factor), change.ratios[factor] ?? 1, change.effect(of: factor), .plain)
        }
        return [
            AnswerTable(
                name: "factors", title: "What changed the velocity",
                columns: [
                    AnswerColumn("factor", title: "Factor", kind: .text),
                    AnswerColumn("times", title: "Times", kind: .rate, unit: "x"),
                    AnswerColumn("effect", title: "Effect", kind: .rate, unit: "%"),
                ],
                rows: rows + [row("velocity", change.ratio, change.total, .total)],
                notes: ["Effect: 100 × the logarithm of the factor's ratio, days turned over: effects add up"]
            )
        ]
    }

    // MARK: - Stages

    /// How long each stage lasts; none where no entry is known.
    var durations: [AnswerTable] {
        guard !book.durations.isEmpty else { return [] }
        func days(_ name: String, _ title: String, isDetail: Bool = false) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .rate, unit: "days", isDetail: isDetail)
        }
        func count(_ name: String, _ title: String) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .integer)
        }
        let rows = book.stages.map { stage in
            let found = book.durations[stage.id]
            let total = book.totals[stage.id]?.completed
            let isEnough = (found?.completed.count ?? 0) >= RateWatch.minimum
            let isCurveEnough = (found?.curve.count ?? 0) >= RateWatch.minimum
            let interval = isCurveEnough ? found?.curve.medianInterval() : nil
            return AnswerTable.Row([
                .text(stage.name), .integer(found?.completed.count ?? 0),
                .maybe(isEnough ? found?.completed.median : nil),
                .maybe(isEnough ? found?.completed[0.75] : nil),
                .integer(found?.unfinished ?? 0),
                isCurveEnough ? .maybe(found?.curve.median) : .null,
                .maybe(interval?.low), .maybe(interval.flatMap(\.high)), .integer(total?.count ?? 0),
                .maybe((total?.count ?? 0) >= RateWatch.minimum ? total?.median : nil),
            ])
        }
        return [
            AnswerTable(
                name: "stages", title: "How long a stage lasts, visits of the last two years",
                columns: [
                    AnswerColumn("stage", title: "Stage", kind: .text), count("completed", "Completed"),
                    days("median", "Median"), days("p75", "Three of four"), count("unfinished", "Going on"),
                    AnswerColumn("survival_median", title: "With those", kind: .integer, unit: "days"),
                    AnswerColumn("survival_low", title: "From", kind: .integer, unit: "days"),
                    AnswerColumn("survival_high", title: "To", kind: .integer, unit: "days"),
                    AnswerColumn("total_n", title: "Deals through it", kind: .integer, isDetail: true),
                    days("total_median", "Median in all", isDetail: true),
                ],
                rows: rows,
                notes: [
                    "With those: half last no longer, visits that go on counted in for as long as they were seen"
                ])
        ]
    }

    // MARK: - Ages

    /// How old the open deals are, stage by stage; none without one.
    var aging: [AnswerTable] {
        guard !book.open.isEmpty else { return [] }
        let byStage = Dictionary(grouping: book.open, by: \.stage)
        let order =
            book.stages.map { Optional($0.id) }
            + byStage.keys.filter { key in
                !book.stages.contains { $0.id == key }
            }.sorted { ($0?.id ?? "") < ($1?.id ?? "") }
        let rows = order.compactMap { stage in byStage[stage].map { row($0, in: stage) } }
        func amount(_ name: String, _ title: String) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .amount, unit: currency)
        }
        return [
            AnswerTable(
                name: "aging", title: "How old open deals are",
                columns: [
                    AnswerColumn("stage", title: "Stage", kind: .text),
                    AnswerColumn("open", title: "Open", kind: .integer), amount("amount", "Amount"),
                    AnswerColumn("median_days", title: "Median in stage", kind: .rate, unit: "days"),
                    AnswerColumn("bound", title: "Won within", kind: .rate, unit: "days"),
                    AnswerColumn("over_age", title: "Over-age", kind: .integer),
                    amount("over_age_amount", "Amount over-age"),
                    AnswerColumn("unknown", title: "Age unknown", kind: .integer, isDetail: true),
                ],
                rows: rows,
                notes: [
                    """
                    Won within: three of four won deals of all segments left the stage in so many days; a deal is over-age \
                    against those of its own segment
                    """
                ])
        ]
    }

    private func row(_ deals: [OpenDealAge], in stage: RecordID?) -> AnswerTable.Row {
        func amount(_ deals: [OpenDealAge]) -> AnswerValue {
            .amount(deals.reduce(Amount.zero) { $0 + ($1.amount ?? .zero) })
        }
        let over = deals.filter { book.bounds.isOverAge($0) == true }
        let unknown = deals.count { book.bounds.isOverAge($0) == nil }
        return AnswerTable.Row([
            .text(deals.first?.stageName ?? "No stage"), .integer(deals.count), amount(deals),
            .maybe(Quantiles(deals.compactMap { $0.stageDays.map(Double.init) }).median),
            .maybe(stage.flatMap { book.bounds.common(stage: $0) }), .integer(over.count), amount(over),
            .integer(unknown),
        ])
    }

    /// The over-age deals, the largest first.
    var overAge: [AnswerTable] {
        let deals = book.overAge
        guard !deals.isEmpty else { return [] }
        return [
            AnswerTable(
                name: "over_age", title: "Over-age deals",
                columns: [
                    AnswerColumn("deal", title: "Deal", kind: .text),
                    AnswerColumn("id", kind: .text, isDetail: true),
                    AnswerColumn("owner", title: "Owner", kind: .text),
                    AnswerColumn("stage", title: "Stage", kind: .text),
                    AnswerColumn("amount", title: "Amount", kind: .amount, unit: currency),
                    AnswerColumn("stage_days", title: "In stage", kind: .integer, unit: "days"),
                    AnswerColumn("days", title: "Old", kind: .integer, unit: "days"),
                    AnswerColumn("bound", title: "Won within", kind: .rate, unit: "days"),
                ],
                rows: deals.prefix(limit).map { over in
                    AnswerTable.Row([
                        .text(over.deal.name), .text(over.deal.id.id),
                        over.deal.ownerName.map { .text($0) } ?? .null,
                        over.deal.stageName.map { .text($0) } ?? .null, .maybe(over.deal.amount),
                        .maybe(over.deal.stageDays), .maybe(over.deal.days), .maybe(over.bound),
                    ])
                },
                totalRows: deals.count > limit ? deals.count : nil)
        ]
    }
}
