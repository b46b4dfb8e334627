import Analytics
import Model

/// The tables of the question about losses, and what they come to.
struct LossTables {
    let cells: [EndingCell]
    let losses: Losses
    let age: EndingAge
    let silent: [SilentCell]
    let concessions: [ConcessionCell]
    let nodes: EvidenceNodes
    let limit: Int
    let context: QuestionContext

    var all: [AnswerTable] { [outcomes] + reasons + competitors + stages + links + given }

    private var currency: String { context.company.currency }
    private var outcome: Losses.Outcomes { losses.outcomes }

    // MARK: - What it comes to

    var headline: Phrase {
        let label = context.period.label
        guard outcome.decided.count > 0 else { return "\(context.nodeName) \(label): no deal has ended" }
        let missed = outcome.missed
        guard missed.count > 0 else {
            return "\(context.nodeName) \(label): \(outcome[.won].count) won, none lost"
        }
        let nobody = outcome[.noDecision]
        let first = losses.reasons.first { $0.name != nil }
        let reason: Phrase =
            first.map { line in ", most often for “\(line.name ?? "")” (\(line.all.count))" }
            ?? ", nobody says why"
        return """
            \(context.nodeName) \(label): \(missed.count) deals of \(missed.amount, currency) not won\(reason); \
            \(nobody.count) of them without a decision, worth \(nobody.amount, currency)
            """
    }

    var warnings: [AnswerWarning] {
        guard age.count < EndingAge.minimum else { return [] }
        return [
            AnswerWarning(
                "age_unknown",
                "only \(age.count) deals have ended: from which age on an open one is silent cannot be told")
        ]
    }

    // MARK: - Outcomes by node

    private var outcomes: AnswerTable {
        let sums = nodes.sums(of: cells, holder: \.holder, none: Losses.Outcomes()) { $0.add($1) }
        let silences = nodes.sums(of: silent, holder: \.holder, none: DealSum.none) { $0 += $1.sum }
        var columns = ComparedLines.identityColumns
        for (name, title) in [
            ("won", "Won"), ("lost", "Lost"), ("no_decision", "No decision"),
            ("disqualified", "Disqualified"),
        ] {
            let isRare = name == "disqualified"
            columns += [
                AnswerColumn(name + "_count", title: title, kind: .integer, isDetail: isRare),
                AnswerColumn(
                    name, title: title + " amount", kind: .amount, unit: currency,
                    isDetail: name != "no_decision"),
            ]
        }
        columns +=
            EvidenceColumns.rate("no_decision_rate", "No-decision rate") + [
                AnswerColumn("decided_count", title: "of", kind: .integer),
                AnswerColumn("no_decision_rate_amount", title: "By amount", kind: .rate, unit: "%"),
                AnswerColumn("silent_count", title: "Silent", kind: .integer),
                AnswerColumn("silent", title: "Silent amount", kind: .amount, unit: currency),
                AnswerColumn("unknown_count", title: "Reason unknown", kind: .integer),
                AnswerColumn("unknown_rate", title: "Unknown rate", kind: .rate, unit: "%", isDetail: true),
            ]
        return AnswerTable(
            name: "losses", title: "How deals of \(context.period.label) ended", columns: columns,
            rows: nodes.lines.indices.map { index in
                let sum = sums[index]
                let endings = [DealEnding.won, .lost, .noDecision, .disqualified].flatMap { ending in
                    [AnswerValue.integer(sum[ending].count), .amount(sum[ending].amount)]
                }
                let isAgeKnown = age.count >= EndingAge.minimum
                return AnswerTable.Row(
                    nodes.lines[index].identity + endings
                        + EvidenceColumns.values(sum.noDecisionRate, minimum: Losses.minimum) + [
                            .integer(sum.decided.count),
                            .maybe(sum.decided.count >= Losses.minimum ? sum.noDecisionAmountRate : nil),
                            isAgeKnown ? .integer(silences[index].count) : .null,
                            isAgeKnown ? .amount(silences[index].amount) : .null, .integer(sum.unknown.count),
                            .maybe(sum.missed.count >= Losses.minimum ? sum.unknownRate?.rate : nil),
                        ], style: nodes.lines[index].rowStyle)
            },
            notes: [silence] + [
                "No-decision rate: of won, lost and no decision; told of \(Losses.minimum) deals or more"
            ])
    }

    private var silence: Phrase {
        guard age.count >= EndingAge.minimum else { return "Silent: not known, too few deals have ended" }
        return """
            Silent: open, and older than the \(age.days) days that 95 % of \(age.count) deals had when they ended; in no \
            rate
            """
    }

    // MARK: - Why, to whom, from where

    private var reasons: [AnswerTable] {
        table(
            "reasons", "Why", "reason", "Reason", losses.reasons, absence: "Nobody knows",
            extra: [
                AnswerColumn("reviewed", title: "Reviewed", kind: .integer),
                AnswerColumn("corrected", title: "Found otherwise", kind: .integer),
                AnswerColumn("outsold", title: "Outsold", kind: .integer),
            ]
        ) { [.integer($0.reviewed), .integer($0.corrected), .integer($0.outsold)] }
    }

    private var competitors: [AnswerTable] {
        table(
            "competitors", "To whom", "competitor", "Competitor", losses.competitors, absence: "Nobody",
            extra: [AnswerColumn("outsold", title: "Outsold", kind: .integer)]
        ) { [.integer($0.outsold)] }
    }

    private var stages: [AnswerTable] {
        table(
            "stages", "From which stage", "stage", "Stage", losses.stages, absence: "Not known",
            extra: [AnswerColumn("no_decision_count", title: "No decision", kind: .integer)]
        ) { [.integer($0.noDecision.count)] }
    }

    private func table(
        _ name: String, _ title: Phrase, _ column: String, _ heading: String, _ lines: [Losses.Line],
        absence: String, extra: [AnswerColumn], values: (Losses.Line) -> [AnswerValue]
    ) -> [AnswerTable] {
        guard !lines.isEmpty else { return [] }
        let missed = outcome.missed
        let shown = lines.prefix(limit)
        return [
            AnswerTable(
                name: name, title: title,
                columns: [
                    AnswerColumn(column, title: heading, kind: .text),
                    AnswerColumn("deals", title: "Deals", kind: .integer),
                    AnswerColumn("n", title: "of", kind: .integer),
                    AnswerColumn("share", title: "Share", kind: .rate, unit: "%"),
                    AnswerColumn("amount", title: "Amount", kind: .amount, unit: currency),
                    AnswerColumn("amount_share", title: "Of the amount", kind: .rate, unit: "%"),
                ] + extra,
                rows: shown.map { line in
                    AnswerTable.Row(
                        [
                            .text(line.name ?? absence), .integer(line.all.count), .integer(missed.count),
                            .maybe(
                                missed.count >= Losses.minimum
                                    ? Proportion(line.all.count, of: missed.count)?.rate : nil),
                            .amount(line.all.amount),
                            .maybe(
                                missed.count >= Losses.minimum
                                    ? line.all.amount.ratio(to: missed.amount) : nil),
                        ] + values(line))
                }, totalRows: lines.count > shown.count ? lines.count : nil)
        ]
    }

    // MARK: - What goes together

    private static let words: [Losses.Link.Attribute: String] = [
        .source: "Source", .band: "Lead score", .segment: "Segment",
    ]

    private var links: [AnswerTable] {
        guard !losses.links.isEmpty else { return [] }
        let shown = losses.links.prefix(limit)
        return [
            AnswerTable(
                name: "links",
                title: "What prospects and reasons go together, least explained by chance first",
                columns: [
                    AnswerColumn("attribute", title: "Of the prospect", kind: .text),
                    AnswerColumn("value", title: "Value", kind: .text),
                    AnswerColumn("reason", title: "Reason", kind: .text),
                    AnswerColumn("deals", title: "Deals", kind: .integer),
                    AnswerColumn("n", title: "of", kind: .integer),
                    AnswerColumn("share", title: "Share", kind: .rate, unit: "%"),
                    AnswerColumn("lift", title: "Lift", kind: .rate, unit: "x"),
                ] + EvidenceColumns.change + [AnswerColumn("verdict", title: "Verdict", kind: .text)],
                rows: shown.map { link in
                    AnswerTable.Row(
                        [
                            .text(Self.words[link.attribute] ?? ""), .text(link.value), .text(link.reason),
                            .integer(link.own.hits), .integer(link.own.trials), .maybe(link.own.rate),
                            .maybe(link.lift),
                        ] + EvidenceColumns.values(link.change, adjusted: link.adjusted) + [
                            .text(
                                !link.isFound
                                    ? "within chance"
                                    : link.change.difference > 0 ? "more often" : "less often")
                        ])
                },
                notes: [
                    """
                    \(losses.links.count) pairs that met \(Losses.minimumTogether) times or more were tested together: of \
                    those told at most \(percent: Losses.falseShare) are expected to be chance
                    """
                ], totalRows: losses.links.count > shown.count ? losses.links.count : nil)
        ]
    }

    // MARK: - What was given away

    private var given: [AnswerTable] {
        guard !concessions.isEmpty else { return [] }
        let kinds = Dictionary(grouping: concessions, by: \.kind).sorted { $0.key < $1.key }
        return [
            AnswerTable(
                name: "concessions", title: "What was given away in deals that were won",
                columns: [
                    AnswerColumn("kind", title: "Given", kind: .text),
                    AnswerColumn("concessions", title: "Times", kind: .integer),
                    AnswerColumn("deals", title: "Deals", kind: .integer),
                    AnswerColumn("n", title: "of", kind: .integer),
                    AnswerColumn("share", title: "Share", kind: .rate, unit: "%"),
                    AnswerColumn("amount", title: "Worth", kind: .amount, unit: currency),
                    AnswerColumn("mean_discount", title: "Mean discount", kind: .rate, unit: "%"),
                    AnswerColumn("untraded", title: "For nothing", kind: .integer),
                ],
                rows: kinds.map { kind, cells in given(kind.isEmpty ? "Not stated" : kind, cells)
                })
        ]
    }

    private func given(_ name: String, _ cells: [ConcessionCell]) -> AnswerTable.Row {
        let deals = cells.reduce(0) { $0 + $1.deals }
        let won = outcome[.won].count
        let discounts = cells.reduce(0) { $0 + $1.discountCount }
        let sum = cells.reduce(Amount.zero) { $0 + $1.discountSum }
        return AnswerTable.Row([
            .text(name), .integer(cells.reduce(0) { $0 + $1.count }), .integer(deals), .integer(won),
            .maybe(won >= Losses.minimum ? Proportion(deals, of: won)?.rate : nil),
            .amount(cells.reduce(Amount.zero) { $0 + $1.amount }),
            .maybe(sum.ratio(to: Amount(discounts * 100))),
            .integer(cells.reduce(0) { $0 + $1.untraded }),
        ])
    }
}
