import Analytics
import Model

/// The sentence and the tables of sums of `slips`.
struct SlipSumTables {
    let book: SlipBook
    let fates: SlipFates
    let request: SlipBook.Request
    let context: QuestionContext
    let node: String

    private var currency: String { context.company.currency }
    private var label: String { book.period.label }

    // MARK: - The sentence

    var headline: Phrase {
        let start: Phrase = "\(node) \(label): "
        var clauses: [Phrase] = []
        if book.reference != nil { clauses.append(slipClause) }
        if let clause = originClause { clauses.append(clause) }
        if book.reference == nil, let clause = hairballClause { clauses.append(clause) }
        guard let first = clauses.first else { return "\(start)nothing to compare with" }
        return clauses.dropFirst().reduce("\(start)\(first)") { "\($0); \($1)" }
    }

    private var beginning: String {
        request.week.map { "when week \($0) began" } ?? "when it began"
    }

    private var slipClause: Phrase {
        let commit = fates.sums[.commit] ?? SlipSums()
        let all = fates.sums[nil] ?? SlipSums()
        guard all.all.count > 0 else { return "nothing was open \(beginning)" }
        // Of a week's beginning commit is asked; when a period begins hardly anything is in commit yet.
        let isCommit = request.week != nil && commit.all.count > 0
        let sums = isCommit ? commit : all
        let what = isCommit ? "in commit" : "open"
        let slipped = sums.slipped
        let share: Phrase = sums.rate.map { " (\(percent: $0))" } ?? ""
        let times =
            book.isFinal ? "slipped" : slipped.count == 1 ? "has slipped so far" : "have slipped so far"
        if slipped.count == 0 {
            return
                "of \(sums.all.amount, currency) \(what) \(beginning) nothing \(book.isFinal ? "slipped" : "has slipped so far")"
        }
        return """
            of \(sums.all.amount, currency) \(what) \(beginning), \(slipped.amount, currency)\(share) in \
            \(slipped.count) of \(sums.all.count) deals \(times)
            """
    }

    private var originClause: Phrase? {
        let origins = fates.origins
        guard origins.all.count > 0 else { return nil }
        let parts: [(BookingOrigin, String)] = [
            (.openAtStart, "open when it began"), (.pulledIn, "pulled in from later"),
            (.created, "created since"),
        ]
        let shares = parts.compactMap { origin, words in
            origins[origin].count > 0
                ? origins.share(of: origin).map { share -> Phrase in "\(percent: share) \(words)" } : nil
        }
        guard let first = shares.first else { return nil }
        return shares.dropFirst().reduce("of \(origins.known.amount, currency) closed \(first)") {
            "\($0), \($1)"
        }
    }

    private var hairballClause: Phrase? {
        guard !book.pipeline.isEmpty, knownBefore != nil else { return nil }
        let old = hairs(Hairballs.suspected)
        return "\(old.count) of \(book.pipeline.count) open deals were in two or more earlier pipelines"
    }

    // MARK: - What became of what was open

    var main: AnswerTable {
        let hasVanished = (fates.sums[nil]?[.vanished].count ?? 0) > 0
        func amount(_ name: String, _ title: String, isDetail: Bool = false) -> [AnswerColumn] {
            [
                AnswerColumn(name, title: title, kind: .amount, unit: currency, isDetail: isDetail),
                AnswerColumn(name + "_count", title: title + ", deals", kind: .integer, isDetail: true),
            ]
        }
        let columns =
            [
                AnswerColumn("category", title: "", kind: .text),
                AnswerColumn("level", title: "Level", kind: .text, isDetail: true),
                AnswerColumn("n", title: "Deals", kind: .integer),
            ] + amount("open_then", "Open then") + amount("won", "Won") + amount("lost", "Lost")
            + amount("pushed", "Pushed out") + amount("late", "Late")
            + amount("unmoved", "Never moved") + amount("still_open", "Still open", isDetail: book.isFinal)
            + amount("vanished", "Vanished", isDetail: !hasVanished)
            + amount("slipped", "Slipped")
            + [
                AnswerColumn("slip_rate", title: "Slip rate", kind: .rate, unit: "%"),
                AnswerColumn(
                    "slip_rate_count", title: "Slip rate, deals", kind: .rate, unit: "%", isDetail: true),
                AnswerColumn("won_for", title: "Won for", kind: .amount, unit: currency, isDetail: true),
            ]
        let lines: [(ForecastCategory?, String)] = [
            (.commit, "Commit"), (.bestCase, "Best case"), (.pipeline, "Pipeline"), (nil, "Open"),
        ]
        return AnswerTable(
            name: SlipsQuestion.id, title: title, columns: columns,
            rows: book.reference == nil ? [] : lines.map { row($0.0, $0.1) },
            notes: book.reference == nil
                ? []
                : [
                    "Late: left in the last \(request.lateDays) days of \(label) or after it; pushed out: left it earlier; never moved: still in it when it was frozen. Amounts are those of the beginning"
                ])
    }

    private var title: Phrase? {
        guard let reference = book.reference else { return nil }
        let until = book.isFinal ? "frozen on \(book.end)" : "until \(book.end)"
        return "What was open at the end of \(reference), and what became of it, \(until)"
    }

    private func row(_ line: ForecastCategory?, _ name: String) -> AnswerTable.Row {
        let sums = fates.sums[line] ?? SlipSums()
        let outcomes: [SlipOutcome] = [.won, .lost, .pushed, .late, .unmoved, .open, .vanished]
        let parts = ([sums.all] + outcomes.map { sums[$0] } + [sums.slipped]).flatMap { part in
            [AnswerValue.amount(part.amount), .integer(part.count)]
        }
        return AnswerTable.Row(
            [.text(name), .text(line == nil ? "all" : "category"), .integer(sums.all.count)] + parts
                + [.maybe(sums.rate), .maybe(sums.countRate), .amount(sums.wonFor)],
            style: line == nil ? .total : .plain)
    }

    // MARK: - Where it was pushed to

    /// The pushes that were made since the period began, by where the close date went.
    var pushes: [AnswerTable] {
        let made = book.moves.filter { $0.day >= book.period.start }
        let out = Pushes.leaving(book.period, among: made)
        let within = made.filter { move in
            move.isPush && (move.from.map(book.period.contains) ?? false)
                && (move.to.map(book.period.contains) ?? false)
        }
        var rows = Dictionary(grouping: out, by: destination).sorted {
            ($0.value.compactMap(\.to).min() ?? .distant) < ($1.value.compactMap(\.to).min() ?? .distant)
        }.map { pushRow($0.key, $0.value) }
        guard !out.isEmpty || !within.isEmpty else { return [] }
        if !within.isEmpty { rows.insert(pushRow("\(label), later", within), at: 0) }
        rows.append(pushRow("All", out + within, style: .total))
        return [
            AnswerTable(
                name: "pushes", title: "Close dates pushed since \(label) began, by where to",
                columns: [
                    AnswerColumn("to_period", title: "To", kind: .text),
                    AnswerColumn("pushes", title: "Pushes", kind: .integer),
                    AnswerColumn("deals", title: "Deals", kind: .integer),
                    AnswerColumn("days", title: "Days", kind: .integer, unit: "days"),
                    AnswerColumn("late", title: "In the last \(request.lateDays) days", kind: .integer),
                ], rows: rows)
        ]
    }

    /// Where a push went, in a word.
    private func destination(_ move: CloseMove) -> String {
        move.to == nil ? "no date" : move.toPeriod ?? "no period"
    }

    private func pushRow(
        _ name: String, _ moves: [CloseMove], style: AnswerTable.RowStyle = .plain
    ) -> AnswerTable.Row {
        let pushes = Pushes(moves)
        return AnswerTable.Row(
            [
                .text(name), .integer(pushes.count), .integer(pushes.deals.count), .integer(pushes.days),
                .integer(moves.count { book.period.daysBeforeEnd($0.day) < request.lateDays }),
            ], style: style)
    }

    // MARK: - How old the pipeline is

    private func hairs(_ least: Int) -> [NodeDeal] {
        book.pipeline.filter { (fates.earlier[$0.id]?.count ?? 0) >= least }
    }

    /// The period before, where its pipeline is known from its first day on; nil where it is not.
    private var knownBefore: Period? {
        guard let before = book.earlier.first, let first = book.firstKnown, first <= before.start else {
            return nil
        }
        return before
    }

    var hairballs: [AnswerTable] {
        guard !book.pipeline.isEmpty, let before = knownBefore, let day = book.pipelineDay else { return [] }
        let open = Self.sum(book.pipeline)
        let carried = book.pipeline.filter { fates.earlier[$0.id]?.contains(before) ?? false }
        let lines: [(String, String, [NodeDeal])] = [
            ("last_period", "Already in that of \(before.label)", carried),
            ("two_or_more", "In those of two or more earlier periods", hairs(Hairballs.suspected)),
            ("three_or_more", "In those of three or more", hairs(Hairballs.confirmed)),
        ]
        return [
            AnswerTable(
                name: "carried",
                title:
                    "Of \(open.amount, currency) open in \(label) at the end of \(day), already in earlier pipelines",
                columns: [
                    AnswerColumn("which", title: "", kind: .text, isDetail: true),
                    AnswerColumn("words", title: "", kind: .text),
                    AnswerColumn("amount", title: "Amount", kind: .amount, unit: currency),
                    AnswerColumn("share", title: "Share", kind: .rate, unit: "%"),
                    AnswerColumn("deals", title: "Deals", kind: .integer),
                    AnswerColumn("n", title: "of", kind: .integer),
                ],
                rows: lines.map { which, words, deals in
                    let sum = Self.sum(deals)
                    return AnswerTable.Row([
                        .text(which), .text(words), .amount(sum.amount),
                        .maybe(sum.amount.ratio(to: open.amount)), .integer(sum.count), .integer(open.count),
                    ])
                })
        ]
    }

    private static func sum(_ deals: [NodeDeal]) -> DealSum {
        DealSum(count: deals.count, amount: deals.reduce(Amount.zero) { $0 + $1.amount })
    }

    // MARK: - Where bookings came from

    var origins: [AnswerTable] {
        let origins = fates.origins
        guard origins.all.count > 0 else { return [] }
        let words: [(BookingOrigin, String)] = [
            (.openAtStart, "Open in \(label) when it began"), (.pulledIn, "Pulled in from a later period"),
            (.pushedIn, "Overdue from an earlier period"), (.closedBefore, "Closed before, and opened again"),
            (.created, "Created since it began"), (.unknown, "Nobody knows"),
        ]
        var rows = words.filter { origins[$0.0].count > 0 }.map { origin, words in
            originRow(origin.rawValue, words, origins[origin], origins.share(of: origin), origins.known.count)
        }
        rows.append(originRow("closed", "Closed", origins.all, nil, origins.all.count, style: .total))
        rows.append(
            originRow(
                "created_late", "Of it created less than \(request.createdDays) days before it closed",
                origins.createdLate, origins.createdLateShare, origins.datable.count))
        return [
            AnswerTable(
                name: "origins", title: "Where what is closed in \(label) came from",
                columns: [
                    AnswerColumn("origin", title: "", kind: .text, isDetail: true),
                    AnswerColumn("words", title: "", kind: .text),
                    AnswerColumn("amount", title: "Amount", kind: .amount, unit: currency),
                    AnswerColumn("share", title: "Share", kind: .rate, unit: "%"),
                    AnswerColumn("deals", title: "Deals", kind: .integer),
                    AnswerColumn("n", title: "of", kind: .integer),
                ], rows: rows)
        ]
    }

    private func originRow(
        _ origin: String, _ words: String, _ sum: DealSum, _ share: Double?, _ count: Int,
        style: AnswerTable.RowStyle = .plain
    ) -> AnswerTable.Row {
        AnswerTable.Row(
            [
                .text(origin), .text(words), .amount(sum.amount), .maybe(share), .integer(sum.count),
                .integer(count),
            ],
            style: style)
    }
}

extension Day {
    /// Later than any date.
    fileprivate static let distant = Period.all.end
}
