import Analytics
import Model

/// The tables of `generation`: a line a node; and for the node asked for its sources, how earlier cohorts survived, and
/// how the next periods are built up.
struct GenerationTables {
    let book: GenerationBook
    let build: PipelineBuild
    let compared: ComparedLines
    let context: QuestionContext

    /// Below so many deals a share that survived is not shown.
    static let fewest = 10

    private var currency: String { context.company.currency }
    private var isOver: Bool { context.period.lastDay <= context.point.asOf }

    /// The node asked for.
    var top: (line: ForecastLine, place: NodePlace)? {
        guard let line = compared.lines.first, let place = compared.places.first else { return nil }
        return (line, place)
    }

    var all: [AnswerTable] {
        guard let top else { return [main] }
        return [main] + sources(top.place) + survival(top.place) + buildTable
    }

    private func need(_ line: ForecastLine) -> Amount? {
        [PlanAmount.Kind.target, .budget, .quota].lazy.compactMap { line.plan[$0]?.amount }.first
    }

    // MARK: - The sentence

    var headline: Phrase? {
        guard let (line, place) = top else { return nil }
        let period = context.period.label
        guard let entries = book.entries(place) else {
            return "\(line.name) \(period): the period has not begun, nothing is generated in it yet"
        }
        let all = entries.all
        var headline: Phrase = """
            \(line.name) \(period): \(all.amount, currency) of pipeline generated, \(all.count) \
            \(all.count == 1 ? "deal" : "deals")
            """
        if let usual = Spread(book.usual(place).map(\.amount)) {
            headline = "\(headline), where \(usual.median, currency) was usual by this day"
        }
        if let need = need(line), let share = all.amount.ratio(to: need) {
            headline = "\(headline); \(percent: share) of the \(need, currency) needed"
        }
        if let cohort = book.cohorts.first(where: { !$0.isPartial }),
            let share = survivalShare(book.survival(place, of: cohort)).count?.rate
        {
            headline = """
                \(headline); of \(cohort.period.label)'s, \(percent: share) of the deals were open or won after \
                \(GenerationBook.survivalDays) days
                """
        }
        return headline
    }

    // MARK: - What to know

    var warnings: [AnswerWarning] {
        guard let top else { return [] }
        var warnings: [AnswerWarning] = []
        if let assumed = book.entries(top.place)?.assumed, assumed > 0 {
            warnings.append(
                AnswerWarning(
                    "entries_assumed",
                    "\(assumed) \(assumed == 1 ? "deal was" : "deals were") there on the first day known: the day of creation stands for the entry, the first amount known for that of the entry"
                ))
        }
        if book.until != nil, book.past.isEmpty, context.period.grain != .all {
            warnings.append(
                AnswerWarning(
                    "few_past_periods", "no past period is known whole: there is nothing to compare with"))
        }
        if book.until != nil, book.cohorts.isEmpty, context.period.grain != .all {
            warnings.append(
                AnswerWarning(
                    "no_cohort",
                    "nothing that entered is \(GenerationBook.survivalDays) days old: how it survives is not known"
                ))
        }
        return warnings
    }

    // MARK: - By node

    private var main: AnswerTable {
        AnswerTable(
            name: GenerationQuestion.id, columns: columns,
            rows: zip(compared.lines, compared.places).map(row),
            notes: book.past.isEmpty
                ? []
                : [
                    "Usual: the median of the last \(book.past.count) \(book.past.count == 1 ? "period" : "periods"), by the day as far before their end"
                ])
    }

    private var columns: [AnswerColumn] {
        var list = ColumnList(currency)
        let hasNeed = compared.lines.contains { need($0) != nil }
        list.count("generated_count", "Deals")
        list.amount("generated", "Generated")
        list.amount("usual", "Usual", isDetail: book.past.isEmpty)
        list.amount("need", "Needed", isDetail: !hasNeed)
        list.share("of_need", "Of need", isDetail: !hasNeed)
        list.amount("closing_this", "Closing in it")
        list.amount("closing_next", "next")
        list.amount("closing_later", "later")
        list.amount("worth", isOver ? "Worth at its end" : "Worth now")
        list.amount("usual_low", "Usual, lowest", isDetail: true)
        list.amount("usual_high", "Usual, highest", isDetail: true)
        list.count("usual_n", "Usual of", unit: "periods", isDetail: true)
        list.amount("closing_undated", "Undated", isDetail: true)
        list.count("closing_this_count", "Closing in it, deals", isDetail: true)
        list.count("closing_next_count", "Closing next, deals", isDetail: true)
        list.count("closing_later_count", "Closing later, deals", isDetail: true)
        list.count("closing_undated_count", "Undated deals", isDetail: true)
        for fate in PipelineFate.allCases {
            list.count("\(fate.rawValue)_count", "\(fate.title) since, deals", isDetail: true)
            list.amount(fate.rawValue + "_of", "\(fate.title) since", isDetail: true)
        }
        list.count("assumed", "Entry assumed", isDetail: true)
        return list.columns
    }

    private func row(_ line: ForecastLine, _ place: NodePlace) -> AnswerTable.Row {
        let entries = book.entries(place)
        let fates = book.fates(place)
        let usual = Spread(book.usual(place).map(\.amount))
        let need = need(line)
        let all = entries?.all
        func timing(_ timing: GenerationTiming) -> DealSum? {
            entries.map { $0.byTiming[timing] ?? .none }
        }
        let first: [AnswerValue] = [
            .maybe(all?.count), .maybe(all?.amount), .maybe(usual?.median), .maybe(need),
            .maybe(need.flatMap { all?.amount.ratio(to: $0) }),
            .maybe(timing(.this)?.amount), .maybe(timing(.next)?.amount), .maybe(timing(.later)?.amount),
            .maybe(fates?.worth), .maybe(usual?.low), .maybe(usual?.high), .integer(usual?.count ?? 0),
            .maybe(timing(.undated)?.amount),
        ]
        let counts = GenerationTiming.allCases.map { AnswerValue.maybe(timing($0)?.count) }
        let states = PipelineFate.allCases.flatMap { fate -> [AnswerValue] in
            let sum = fates.map { $0.byFate[fate] ?? .none }
            return [.maybe(sum?.count), .maybe(sum?.amount)]
        }
        return AnswerTable.Row(
            line.identity + first + counts + states + [.maybe(entries?.assumed)], style: line.rowStyle)
    }

    // MARK: - By source

    private func sources(_ place: NodePlace) -> [AnswerTable] {
        guard let entries = book.entries(place), let fates = book.fates(place), entries.all.count > 0 else {
            return []
        }
        let whole = entries.all.amount
        let ordered = entries.bySource.sorted {
            ($1.value.amount, $0.key ?? "\u{10FFFF}") < ($0.value.amount, $1.key ?? "\u{10FFFF}")
        }
        return [
            AnswerTable(
                name: "sources", title: "Where it came from",
                columns: [
                    AnswerColumn("source", title: "Source", kind: .text),
                    AnswerColumn("generated_count", title: "Deals", kind: .integer),
                    AnswerColumn("generated", title: "Generated", kind: .amount, unit: currency),
                    AnswerColumn("share", title: "Share", kind: .rate, unit: "%"),
                ]
                    + PipelineFate.allCases.map { fate in
                        AnswerColumn(
                            "\(fate.rawValue)_count", title: fate.title, kind: .integer,
                            isDetail: (fates.byFate[fate]?.count ?? 0) == 0)
                    } + [AnswerColumn("worth", title: "Worth since", kind: .amount, unit: currency)],
                rows: ordered.map { source, sum in
                    AnswerTable.Row(
                        [
                            source.map { .text($0) } ?? .null, .integer(sum.count), .amount(sum.amount),
                            .maybe(sum.amount.ratio(to: whole)),
                        ]
                            + PipelineFate.allCases.map {
                                .integer(fates.bySource[source]?[$0]?.count ?? 0)
                            } + [.amount(fates.worthBySource[source] ?? .zero)])
                })
        ]
    }

    // MARK: - How it survives

    /// The share of a cohort that is open or won, by count with its interval and by amount; nil for too few.
    private func survivalShare(
        _ fates: GenerationRollup.Fates
    ) -> (count: Proportion?, amount: Double?) {
        guard fates.all.count >= Self.fewest else { return (nil, nil) }
        return (
            Proportion(fates.alive.count, of: fates.all.count), fates.alive.amount.ratio(to: fates.all.amount)
        )
    }

    private func survival(_ place: NodePlace) -> [AnswerTable] {
        guard !book.cohorts.isEmpty else { return [] }
        let rows = book.cohorts.map { cohort -> AnswerTable.Row in
            let fates = book.survival(place, of: cohort)
            let share = survivalShare(fates)
            let interval = share.count?.interval()
            return AnswerTable.Row(
                [
                    .text(cohort.period.label + (cohort.isPartial ? " so far" : "")),
                    .integer(fates.all.count), .amount(fates.all.amount),
                ]
                    + PipelineFate.allCases.map { .integer(fates.byFate[$0]?.count ?? 0) } + [
                        .maybe(share.count?.rate), .maybe(interval?.low), .maybe(interval?.high),
                        .maybe(share.amount),
                    ])
        }
        let days = GenerationBook.survivalDays
        let hasFew = book.cohorts.contains {
            (0..<Self.fewest).contains(book.survival(place, of: $0).all.count)
        }
        return [
            AnswerTable(
                name: "survival", title: "What was left of it \(days) days after entry",
                columns: [
                    AnswerColumn("entered_in", title: "Entered in", kind: .text),
                    AnswerColumn("n", title: "Deals", kind: .integer),
                    AnswerColumn("entered", title: "For", kind: .amount, unit: currency),
                ]
                    + PipelineFate.allCases.map {
                        AnswerColumn("\($0.rawValue)_count", title: $0.title, kind: .integer)
                    } + [
                        AnswerColumn("survived", title: "Open or won", kind: .rate, unit: "%"),
                        AnswerColumn("survived_low", title: "at least", kind: .rate, unit: "%"),
                        AnswerColumn("survived_high", title: "at most", kind: .rate, unit: "%"),
                        AnswerColumn("survived_amount", title: "by amount", kind: .rate, unit: "%"),
                    ], rows: rows,
                notes: ["At least and at most: with 95 % confidence"]
                    + (hasFew ? ["Below \(Self.fewest) deals no share is shown"] : []))
        ]
    }

    // MARK: - What lies ahead

    private var buildTable: [AnswerTable] {
        guard !build.periods.isEmpty else { return [] }
        func amount(_ name: String, _ title: String) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .amount, unit: currency)
        }
        return [
            AnswerTable(
                name: "build", title: "How the next periods are built up, against the same day before",
                columns: [
                    AnswerColumn("period", title: "Period", kind: .text), amount("open_ahead", "Open"),
                    amount("usual", "Usual"), amount("usual_low", "lowest"), amount("usual_high", "highest"),
                    AnswerColumn("n", title: "of", kind: .integer, unit: "periods"),
                    AnswerColumn(
                        "ahead", title: "Against usual", kind: .rate, unit: "%",
                        isDetail: build.periods.allSatisfy { $0.past.isEmpty }),
                    AnswerColumn(
                        "plan", title: "Plan", kind: .amount, unit: currency,
                        isDetail: build.periods.allSatisfy { $0.plan == nil }),
                ],
                rows: build.periods.map { ahead in
                    let usual = Spread(ahead.past)
                    return AnswerTable.Row([
                        .text(ahead.period.label), .amount(ahead.open), .maybe(usual?.median),
                        .maybe(usual?.low), .maybe(usual?.high), .integer(ahead.past.count),
                        .maybe(usual.flatMap { ahead.open.ratio(to: $0.median) }), .maybe(ahead.plan),
                    ])
                })
        ]
    }
}

extension PipelineFate {
    /// The word above its column.
    fileprivate var title: String {
        switch self {
        case .open: "Open"
        case .won: "Won"
        case .lost: "Lost"
        case .noDecision: "No decision"
        case .gone: "Gone"
        }
    }
}
