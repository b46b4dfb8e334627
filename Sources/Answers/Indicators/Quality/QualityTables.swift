import Analytics
import Model

/// The sentence and the tables of `quality`: defects first, score second, then what matters most to mend.
struct QualityTables {
    let book: QualityBook
    let limit: Int

    private var currency: String { book.context.company.currency }
    private var score: QualityScore { book.score(of: book.topPlace) }
    private var name: String {
        book.compared.lines.first?.name ?? book.context.filter.name ?? book.context.company.name
    }

    var all: [AnswerTable] { [defects, nodes] + fixes + latency }

    // MARK: - The sentence

    func headline(of rule: QualityRule?) -> Phrase {
        let scope = book.period.map { " to close in \($0.label)" } ?? ""
        let all = book.top.all
        guard all.measured.count > 0 else { return "\(name): no open deals\(scope), and nothing to judge" }
        if let rule { return defectHeadline(rule, scope) }
        let open: Phrase = "\(all.measured.count) open \(noun(all.measured.count))\(scope)"
        var headline: Phrase
        if all.found.count == 0 {
            headline = "\(name): none of \(open) has a defect that is measured"
        } else {
            headline =
                "\(name): \(all.found.count) of \(open) \(all.found.count == 1 ? "has" : "have") a defect"
            if all.measured.amount != .zero {
                headline = "\(headline), \(all.found.amount, currency) of \(all.measured.amount, currency)"
            }
        }
        if let byCount = score.byCount {
            headline = "\(headline); the score is \(Self.points(byCount)) of 100"
            if let byAmount = score.byAmount {
                headline = "\(headline), \(Self.points(byAmount)) by amount"
            }
        }
        if let worst = book.worst(of: book.topPlace) {
            let found = book.top.rules[worst.defect]?.found ?? .none
            let amount: Phrase = all.measured.amount == .zero ? "" : ", \(found.amount, currency)"
            headline =
                "\(headline); most of it: \(worst.title.lowercasedFirst) (\(found.count) \(noun(found.count))\(amount))"
        }
        return headline
    }

    private func defectHeadline(_ rule: QualityRule, _ scope: String) -> Phrase {
        let title = rule.title.lowercasedFirst
        if let missing = book.missing(rule.defect) { return "\(name): \(title) is not measured: \(missing)" }
        let part = book.top.rules[rule.defect] ?? QualitySums.Part()
        return """
            \(name): \(title): \(part.found.count) of \(part.measured.count) open \
            \(noun(part.measured.count))\(scope), \(part.found.amount, currency)
            """
    }

    private func noun(_ count: Int) -> String { count == 1 ? "deal" : "deals" }

    static func points(_ score: Double) -> String { String(Int(score.rounded())) }

    // MARK: - Defects

    private var defects: AnswerTable {
        let rows = book.distinctRules.enumerated().map { place, rule in
            (place, rule, score.losses[rule.defect])
        }.sorted { left, right in
            let one = (-(left.2?.byAmount ?? -1), -(left.2?.byCount ?? -1), left.0)
            return one < (-(right.2?.byAmount ?? -1), -(right.2?.byCount ?? -1), right.0)
        }
        let notes = rows.map { note(of: $0.1) }
        return AnswerTable(
            name: QualityQuestion.id, columns: columns(hasNotes: notes.contains { $0 != nil }),
            rows: zip(rows, notes).map { row($0.1, note: $1) } + [anyRow],
            notes: [
                "Share: of the open deals of which it can be told. Points: what it takes off the score of 100"
            ])
    }

    private func columns(hasNotes: Bool) -> [AnswerColumn] {
        [
            AnswerColumn("title", title: "Defect", kind: .text),
            AnswerColumn("defect", title: "Id", kind: .text, isDetail: true),
            AnswerColumn("level", title: "Level", kind: .text, isDetail: true),
            AnswerColumn("version", title: "Version", kind: .integer, isDetail: true),
            AnswerColumn("weight", title: "Weight", kind: .amount, unit: "points", isDetail: true),
            AnswerColumn("threshold", title: "From", kind: .amount, isDetail: true),
            AnswerColumn("unit", title: "Unit", kind: .text, isDetail: true),
            AnswerColumn("deals", title: "Deals", kind: .integer),
            AnswerColumn("n", title: "of", kind: .integer),
            AnswerColumn("share", title: "Share", kind: .rate, unit: "%"),
            AnswerColumn("amount", title: "Amount", kind: .amount, unit: currency),
            AnswerColumn("n_amount", title: "of", kind: .amount, unit: currency, isDetail: true),
            AnswerColumn("share_amount", title: "Share of it", kind: .rate, unit: "%"),
            AnswerColumn("points", title: "Points", kind: .rate),
            AnswerColumn("points_amount", title: "By amount", kind: .rate),
            AnswerColumn("note", title: "", kind: .text, isDetail: !hasNotes),
            AnswerColumn("missing", title: "Missing", kind: .text, isDetail: true),
        ]
    }

    private func note(of rule: QualityRule) -> String? {
        if book.missing(rule.defect) != nil { return "not measured" }
        if rule.isJudgedOfTeams, book.topPlace.isPerson { return "judged of teams" }
        guard let part = book.top.rules[rule.defect], part.measured.count > 0 else {
            return book.top.all.measured.count > 0 ? "no deal to tell it of" : nil
        }
        return nil
    }

    private func row(_ rule: QualityRule, note: String?) -> AnswerTable.Row {
        let part = note == nil ? book.top.rules[rule.defect] : nil
        let loss = score.losses[rule.defect]
        return AnswerTable.Row(
            [
                .text(rule.title), .text(rule.defect), .text("defect"), .integer(rule.version),
                .amount(rule.weight), .maybe(rule.threshold), rule.unit.map { .text($0) } ?? .null,
            ] + values(part)
                + [
                    .maybe(loss?.byCount), .maybe(loss?.byAmount), .text(note ?? ""),
                    book.missing(rule.defect).map { .text($0) } ?? .null,
                ])
    }

    private func values(_ part: QualitySums.Part?) -> [AnswerValue] {
        guard let part, part.measured.count > 0 else { return Array(repeating: .null, count: 6) }
        return [
            .integer(part.found.count), .integer(part.measured.count),
            .rate(Double(part.found.count) / Double(part.measured.count)), .amount(part.found.amount),
            .amount(part.measured.amount), .maybe(part.found.amount.ratio(to: part.measured.amount)),
        ]
    }

    private var anyRow: AnswerTable.Row {
        AnswerTable.Row(
            [.text("Any of them"), .null, .text("all"), .null, .null, .null, .null]
                + values(book.top.all)
                + [
                    .maybe(score.byCount.map { 100 - $0 }), .maybe(score.byAmount.map { 100 - $0 }),
                    .text(""),
                ],
            style: .total)
    }

    // MARK: - Score by node

    private var nodes: AnswerTable {
        var list = ColumnList(currency)
        list.count("open_deals", "Open deals")
        list.amount("open_amount", "Open")
        list.count("flawed_deals", "With a defect")
        list.amount("flawed_amount", "With a defect", isDetail: true)
        list.share("flawed_share", "Share")
        var columns = list.columns
        columns += [
            AnswerColumn("score", title: "Score", kind: .rate),
            AnswerColumn("score_amount", title: "By amount", kind: .rate),
            AnswerColumn("rules", title: "Rules measured", kind: .integer, isDetail: true),
            AnswerColumn("worst", title: "Most of it", kind: .text),
            AnswerColumn("worst_defect", title: "Id", kind: .text, isDetail: true),
        ]
        return AnswerTable(
            name: "nodes", title: "Score, of 100", columns: columns,
            rows: zip(book.compared.lines, book.compared.places).map { line, place in
                let all = book.rollup[place].all
                let score = book.score(of: place)
                let worst = book.worst(of: place)
                return AnswerTable.Row(
                    line.identity + [
                        .integer(all.measured.count), .amount(all.measured.amount),
                        .integer(all.found.count), .amount(all.found.amount),
                        all.measured.count > 0
                            ? .rate(Double(all.found.count) / Double(all.measured.count)) : .null,
                        .maybe(score.byCount), .maybe(score.byAmount), .integer(score.measured),
                        worst.map { .text($0.title) } ?? .null, worst.map { .text($0.defect) } ?? .null,
                    ], style: line.rowStyle)
            })
    }

    // MARK: - What to mend first

    /// The deals whose mending lifts the score most: by amount, where deals have one.
    private var fixes: [AnswerTable] {
        let score = score
        let gains = book.deals.map { (deal: $0, gain: score.gain(of: $0)) }
        let first = gains.sorted { left, right in
            let one = (-(left.gain.byAmount ?? 0), -(left.gain.byCount ?? 0))
            let other = (-(right.gain.byAmount ?? 0), -(right.gain.byCount ?? 0))
            return one != other ? one < other : left.deal.id < right.deal.id
        }.prefix(limit)
        guard !first.isEmpty else { return [] }
        let isByAmount = score.byAmount != nil
        return [
            AnswerTable(
                name: "fixes",
                title: "What to mend first: what lifts the score most\(isByAmount ? ", by amount" : "")",
                columns: dealColumns + [
                    AnswerColumn("what", title: "Defects", kind: .text),
                    AnswerColumn("defects", title: "Ids", kind: .text, isDetail: true),
                    AnswerColumn("gain", title: "Points", kind: .rate, isDetail: !isByAmount),
                    AnswerColumn("gain_count", title: "Points", kind: .rate, isDetail: isByAmount),
                ],
                rows: first.map { deal, gain in
                    AnswerTable.Row(
                        dealValues(deal) + [
                            .text(titles(of: deal)), .text(deal.defects.joined(separator: " ")),
                            .maybe(gain.byAmount), .maybe(gain.byCount),
                        ])
                }, totalRows: gains.count)
        ]
    }

    private func titles(of deal: FlawedDeal) -> String {
        let titles = book.distinctRules.filter { deal.defects.contains($0.defect) }.map(\.title)
        return ([titles.first].compactMap(\.self) + titles.dropFirst().map(\.lowercasedFirst))
            .joined(separator: ", ")
    }

    private var dealColumns: [AnswerColumn] {
        [
            AnswerColumn("deal", title: "Deal", kind: .text),
            AnswerColumn("source", title: "Source", kind: .text, isDetail: true),
            AnswerColumn("id", title: "Id", kind: .text, isDetail: true),
            AnswerColumn("owner", title: "Owner", kind: .text),
            AnswerColumn("stage", title: "Stage", kind: .text, isDetail: true),
            AnswerColumn("category", title: "Category", kind: .text, isDetail: true),
            AnswerColumn("close_date", title: "Close date", kind: .day),
            AnswerColumn("amount", title: "Amount", kind: .amount, unit: currency),
        ]
    }

    private func dealValues(_ deal: FlawedDeal) -> [AnswerValue] {
        [
            .text(deal.name), .text(deal.id.source), .text(deal.id.id),
            deal.ownerName.map { .text($0) } ?? .null, deal.stage.map { .text($0) } ?? .null,
            .text(deal.category.rawValue), deal.closeDate.map { .day($0) } ?? .null, .maybe(deal.amount),
        ]
    }

    /// The deals that have one defect, the largest first.
    func deals(with rule: QualityRule) -> AnswerTable {
        let unit = rule.unit.flatMap { ["stage", "months"].contains($0) ? "days" : $0 }
        let hasMeasure = book.deals.contains { $0.measures.first ?? nil != nil }
        return AnswerTable(
            name: QualityQuestion.id,
            columns: dealColumns.map { column in
                var column = column
                if ["stage", "category"].contains(column.name) { column.isDetail = false }
                return column
            } + [
                AnswerColumn(
                    "measure", title: unit.map { $0.prefix(1).uppercased() + $0.dropFirst() } ?? "Measure",
                    kind: .integer, isDetail: !hasMeasure)
            ],
            rows: book.deals.prefix(limit).map { deal in
                AnswerTable.Row(dealValues(deal) + [.maybe(deal.measures.first ?? nil)])
            }, totalRows: book.deals.count)
    }

    /// How many deals of each node have one defect.
    func nodes(with rule: QualityRule) -> [AnswerTable] {
        guard book.compared.lines.count > 1, book.missing(rule.defect) == nil else { return [] }
        var list = ColumnList(currency)
        list.count("deals", "Deals")
        list.count("n", "of")
        list.share("share", "Share")
        list.amount("amount", "Amount")
        return [
            AnswerTable(
                name: "nodes", title: "\(rule.title), by node", columns: list.columns,
                rows: zip(book.compared.lines, book.compared.places).map { line, place in
                    let isJudged = !(rule.isJudgedOfTeams && place.isPerson)
                    let part = isJudged ? book.rollup[place].rules[rule.defect] : nil
                    return AnswerTable.Row(line.identity + values(part).prefix(4), style: line.rowStyle)
                })
        ]
    }

    // MARK: - How late things are written down

    private var latency: [AnswerTable] {
        guard let latency = book.latency, !latency.isEmpty else { return [] }
        let rows = zip(book.compared.lines, book.compared.places)
        return [
            AnswerTable(
                name: "latency",
                title: "From an activity's day to that on which it was written down, 90 days",
                columns: ComparedLines.identityColumns + [
                    AnswerColumn("activities", title: "Activities", kind: .integer),
                    AnswerColumn("median_days", title: "Median days", kind: .rate),
                    AnswerColumn("slowest_days", title: "Nine of ten within", kind: .integer, unit: "days"),
                    AnswerColumn("late_share", title: "Later than two days", kind: .rate, unit: "%"),
                ],
                rows: rows.map { line, place in
                    let latency = latency[place]
                    return AnswerTable.Row(
                        line.identity + [
                            .integer(latency.count), .maybe(latency.median), .maybe(latency.slowest),
                            .maybe(latency.lateShare),
                        ], style: line.rowStyle)
                },
                notes: [
                    "Fewer than \(EntryLatency.minimum) activities are too few to say more than their number"
                ]
            )
        ]
    }
}

extension QualityBook {
    /// The rule that takes most off a node's score: by amount, else by count; nil when none does.
    func worst(of place: NodePlace) -> QualityRule? {
        let losses = score(of: place).losses
        let rules = distinctRules
        func most(_ points: (QualityScore.Loss) -> Double?) -> QualityRule? {
            rules.compactMap { rule in losses[rule.defect].flatMap(points).map { (rule, $0) } }
                .filter { $0.1 > 0 }.max { $0.1 < $1.1 }?.0
        }
        return most(\.byAmount) ?? most(\.byCount)
    }
}

extension String {
    /// The same with a small first letter, for the middle of a sentence.
    var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
