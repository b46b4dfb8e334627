import Analytics
import Model

/// The sentence and the tables of `accuracy` about numbers: by week, by period, by node, by category, by level of call.
struct AccuracyTables {
    let book: AccuracyBook

    private var currency: String { book.context.company.currency }

    var all: [AnswerTable] { [byWeek] + periods + nodes + [categories] + values }

    // MARK: - The sentence

    var headline: Phrase {
        let accuracy = ForecastAccuracy(book.past.calls(of: book.topPlace, week: book.week))
        let start: Phrase = "\(book.name), calls of week \(book.week): "
        guard accuracy.count > 0 else { return "\(start)none in a past period that landed" }
        let periods: Phrase =
            "\(accuracy.count) past \(accuracy.count == 1 ? "period" : "periods")"
        guard let wape = accuracy.wape, let bias = accuracy.bias else {
            return "\(start)too few to say how good they are, \(periods)"
        }
        var headline: Phrase = "\(start)\(percent: wape) off over \(periods)"
        if bias != 0 {
            headline =
                "\(headline), \(percent: abs(bias)) too \(bias > 0 ? "high" : "low") in all; too high in \(accuracy.tooHigh) of \(accuracy.count)"
        }
        if let median = accuracy.medianError { headline = "\(headline), \(percent: median) in the median" }
        if let five = accuracy.withinFive, let ten = accuracy.withinTen {
            headline = "\(headline); within 5 % in \(five.hits), within 10 % in \(ten.hits)"
        }
        let added = ValueAdded(replacements(by: .all))
        if let points = added.added, points != 0 {
            headline =
                "\(headline); people's calls made deals' own numbers \(points > 0 ? "better" : "worse") by \(percent: abs(points)) of bookings"
        }
        return headline
    }

    // MARK: - By week

    private static let accuracyColumns = [
        AnswerColumn("n", title: "Calls", kind: .integer),
        AnswerColumn("wape", title: "Off by", kind: .rate, unit: "%"),
        AnswerColumn("bias", title: "Bias", kind: .rate, unit: "%"),
        AnswerColumn("too_high", title: "Too high", kind: .integer),
        AnswerColumn("median_error", title: "Middle error", kind: .rate, unit: "%", isDetail: true),
        AnswerColumn("within_5", title: "Within 5 %", kind: .rate, unit: "%"),
        AnswerColumn("within_10", title: "Within 10 %", kind: .rate, unit: "%"),
        AnswerColumn("within_n", title: "Within, of", kind: .integer, isDetail: true),
    ]

    private func values(_ accuracy: ForecastAccuracy) -> [AnswerValue] {
        [
            .integer(accuracy.count), .maybe(accuracy.wape), .maybe(accuracy.bias),
            .integer(accuracy.tooHigh), .maybe(accuracy.medianError), .maybe(accuracy.withinFive?.rate),
            .maybe(accuracy.withinTen?.rate), .maybe(accuracy.withinTen?.trials),
        ]
    }

    private var byWeek: AnswerTable {
        AnswerTable(
            name: AccuracyQuestion.id,
            columns: [AnswerColumn("week", title: "Week", kind: .integer)] + Self.accuracyColumns + [
                AnswerColumn("deals_wape", title: "Deals off by", kind: .rate, unit: "%"),
                AnswerColumn("deals_bias", title: "Deals' bias", kind: .rate, unit: "%"),
            ],
            rows: book.weeks.map { week in
                let accuracy = ForecastAccuracy(book.past.calls(of: book.topPlace, week: week))
                let deals = ForecastAccuracy(book.past.calculated(of: book.topPlace, week: week))
                return AnswerTable.Row(
                    [.integer(week)] + values(accuracy) + [.maybe(deals.wape), .maybe(deals.bias)])
            },
            notes: [
                "Off by: the sum of all misses over the sum landed. Bias above zero: calls were too high. Deals: what closed + commit alone said"
            ])
    }

    // MARK: - By period

    private var periods: [AnswerTable] {
        let numbers = book.past.numbers(of: book.topPlace, week: book.week)
        guard !numbers.isEmpty else { return [] }
        func amount(_ name: String, _ title: String) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .amount, unit: currency)
        }
        return [
            AnswerTable(
                name: "periods", title: "Week \(book.week) of each period",
                columns: [
                    AnswerColumn("period", title: "Period", kind: .text),
                    AnswerColumn("day", title: "Day", kind: .day), amount("call", "Call"),
                    amount("calculated", "Closed + commit"), amount("landed", "Landed at"),
                    amount("error", "Too high by"),
                    AnswerColumn("error_share", title: "", kind: .rate, unit: "%"),
                    AnswerColumn("landed_day", title: "Landed on", kind: .day, isDetail: true),
                    AnswerColumn("is_frozen", title: "Frozen", kind: .boolean, isDetail: true),
                ],
                rows: numbers.map { one, week, said in
                    let landed = week.standing[book.topPlace][.landed].amount
                    let call = said.isCalled ? said.numbers.effective : nil
                    return AnswerTable.Row([
                        .text(one.period.label), .day(week.day), .maybe(call),
                        .amount(said.numbers.calculated),
                        .amount(landed), .maybe(call.map { $0 - landed }),
                        .maybe(landed > .zero ? call.flatMap { ($0 - landed).ratio(to: landed) } : nil),
                        .day(one.landedDay), .boolean(one.isFrozen),
                    ])
                })
        ]
    }

    // MARK: - By node

    private var nodes: [AnswerTable] {
        guard book.compared.lines.count > 1 else { return [] }
        return [
            AnswerTable(
                name: "nodes", title: "Week \(book.week), by node",
                columns: ComparedLines.identityColumns + Self.accuracyColumns + recordColumns,
                rows: zip(book.compared.lines, book.compared.places).map { line, place in
                    AnswerTable.Row(
                        line.identity
                            + values(ForecastAccuracy(book.past.calls(of: place, week: book.week)))
                            + record(of: place), style: line.rowStyle)
                })
        ]
    }

    private static let recordParts: [(part: StandingPart, name: String, title: String)] = [
        (.commit, "commit", "Commit won"), (.bestCase, "best_case", "Best case won"),
        (.pipeline, "pipeline", "Pipeline won"),
    ]

    private var recordColumns: [AnswerColumn] {
        func rate(_ name: String, _ title: String, isDetail: Bool = true) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .rate, unit: "%", isDetail: isDetail)
        }
        return Self.recordParts.flatMap { part, name, title in
            [
                rate(name + "_won", title, isDetail: part != .commit),
                AnswerColumn(name + "_n", title: "of deals", kind: .integer, isDetail: true),
                rate(name + "_won_amount", title + ", amount"),
            ]
        } + [rate("commit_recall_amount", "Won was in commit")]
    }

    /// What came of what was in each category for a node.
    private func record(of place: NodePlace) -> [AnswerValue] {
        let standings = book.past.standings(of: place, week: book.week)
        let records = Self.recordParts.map { CategoryRecord($0.part, of: standings) }
        return records.flatMap { record -> [AnswerValue] in
            [.maybe(record.precision?.rate), .integer(record.then.count), .maybe(record.amountPrecision)]
        } + [.maybe(records.first?.amountRecall)]
    }

    // MARK: - By category

    private var categories: AnswerTable {
        let standings = book.past.standings(of: book.topPlace, week: book.week)
        let parts: [(StandingPart, String)] = [
            (.closed, "Closed already"), (.commit, "Commit"), (.bestCase, "Best case"),
            (.pipeline, "Pipeline"),
        ]
        return AnswerTable(
            name: "categories", title: "What was in each category in week \(book.week), and came of it",
            columns: [
                AnswerColumn("category", title: "", kind: .text),
                AnswerColumn("n", title: "Deals", kind: .integer),
                AnswerColumn("won", title: "Won", kind: .integer),
                AnswerColumn("precision", title: "Share", kind: .rate, unit: "%"),
                AnswerColumn("precision_low", title: "at least", kind: .rate, unit: "%"),
                AnswerColumn("precision_high", title: "at most", kind: .rate, unit: "%"),
                AnswerColumn("amount", title: "Amount", kind: .amount, unit: currency, isDetail: true),
                AnswerColumn("won_amount", title: "Won for", kind: .amount, unit: currency, isDetail: true),
                AnswerColumn("precision_amount", title: "By amount", kind: .rate, unit: "%"),
                AnswerColumn("recall", title: "Of all won", kind: .rate, unit: "%"),
                AnswerColumn("recall_amount", title: "by amount", kind: .rate, unit: "%"),
                AnswerColumn("recall_n", title: "Won in all", kind: .integer, isDetail: true),
            ],
            rows: parts.map { part, title in
                let record = CategoryRecord(part, of: standings)
                let interval = record.precision?.interval()
                return AnswerTable.Row([
                    .text(title), .integer(record.then.count), .integer(record.won.count),
                    .maybe(record.precision?.rate), .maybe(interval?.low), .maybe(interval?.high),
                    .amount(record.then.amount), .amount(record.won.amount), .maybe(record.amountPrecision),
                    .maybe(record.recall?.rate), .maybe(record.amountRecall), .integer(record.landed.count),
                ])
            },
            notes: ["Of all won: what share of what the periods landed at had been in the category by then"])
    }

    // MARK: - What calls add

    private enum CallLevel: CaseIterable {
        case people, peopleOverrides, teams, teamOverrides, company, companyOverrides
        /// The number of the node asked for, against its deals.
        case all

        var words: (id: String, title: String) {
            switch self {
            case .people: ("person_own", "People's own calls, for what their deals say")
            case .peopleOverrides: ("person_override", "Overrides of people's calls")
            case .teams: ("team_own", "Teams' calls, for what is below them")
            case .teamOverrides: ("team_override", "Overrides of teams' calls")
            case .company: ("company_own", "The company's call, for what is below it")
            case .companyOverrides: ("company_override", "Overrides of the company's call")
            case .all: ("all", "All together, for what deals say")
            }
        }
    }

    private func replacements(by level: CallLevel) -> [Replacement] {
        let nodes = level == .all ? [book.topPlace] : book.nodes
        return nodes.flatMap { place in
            book.past.numbers(of: place, week: book.week).compactMap { _, week, said in
                let landed = week.standing[place][.landed].amount
                return pair(said, place.node, level).map {
                    Replacement(before: $0.before, after: $0.after, landed: landed)
                }
            }
        }
    }

    /// The number that a level put in another's place, and that other.
    private func pair(
        _ said: PastForecasts.Said, _ node: ForecastLine.Node, _ level: CallLevel
    ) -> (before: Amount, after: Amount)? {
        let numbers = said.numbers
        let own = numbers.submitted.map { (before: numbers.rolledUp, after: $0.amount) }
        let override = numbers.override.map {
            (before: numbers.submitted?.amount ?? numbers.rolledUp, after: $0.amount)
        }
        switch (level, node) {
        case (.people, .person), (.teams, .team), (.company, .company): return own
        case (.peopleOverrides, .person), (.teamOverrides, .team), (.companyOverrides, .company):
            return override
        case (.all, _): return said.isCalled ? (numbers.calculated, numbers.effective) : nil
        default: return nil
        }
    }

    private var values: [AnswerTable] {
        let rows = CallLevel.allCases.map { ($0, ValueAdded(replacements(by: $0))) }.filter { $1.count > 0 }
        guard !rows.isEmpty else { return [] }
        return [
            AnswerTable(
                name: "value_added", title: "What calls of week \(book.week) added",
                columns: [
                    AnswerColumn("level", title: "Level", kind: .text, isDetail: true),
                    AnswerColumn("words", title: "", kind: .text),
                    AnswerColumn("n", title: "Calls", kind: .integer),
                    AnswerColumn("wape_before", title: "Off before", kind: .rate, unit: "%"),
                    AnswerColumn("wape_after", title: "After", kind: .rate, unit: "%"),
                    AnswerColumn("added", title: "Added", kind: .rate, unit: "%"),
                    AnswerColumn("money", title: "Nearer by", kind: .amount, unit: currency),
                    AnswerColumn("better", title: "Better", kind: .integer),
                    AnswerColumn("worse", title: "Worse", kind: .integer),
                    AnswerColumn("p", title: "Chance", kind: .rate, unit: "%"),
                ],
                rows: rows.map { level, added in
                    AnswerTable.Row(
                        [
                            .text(level.words.id), .text(level.words.title), .integer(added.count),
                            .maybe(added.wapeBefore), .maybe(added.wapeAfter), .maybe(added.added),
                            .amount(added.money), .integer(added.better), .integer(added.worse),
                            .maybe(added.pValue),
                        ], style: level == .all ? .total : .plain)
                },
                notes: [
                    "Nearer by: how much less the calls missed in all; below zero they missed by more. Chance: of so uneven a split of better and worse, were both as likely (sign test over node and period)"
                ])
        ]
    }
}
