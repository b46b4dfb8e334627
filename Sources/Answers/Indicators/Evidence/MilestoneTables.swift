import Analytics
import Model

/// The tables of the question about milestones, and what they come to.
struct MilestoneTables {
    let terms: [MilestoneTerm]
    let stalls: MilestoneStalls
    let sets: LandmarkSets
    let triad: QualificationCoverage
    let landmark: Int
    let limit: Int
    let context: QuestionContext

    var all: [AnswerTable] { [milestones, people] + landmarks + qualification }

    // MARK: - What it comes to

    var headline: Phrase {
        guard !terms.isEmpty else { return "\(context.nodeName): no milestones are loaded" }
        guard stalls.milestones.values.contains(where: { $0.came > 0 }) else {
            return "\(context.nodeName): no deal has come to a milestone since the first was reached"
        }
        let found = stalls.comparisons.filter(\.isStall)
        guard let first = found.first, let change = first.change else {
            return """
                \(context.nodeName): nobody reaches a milestone less often than others by more than chance, in \
                \(stalls.tested) comparisons
                """
        }
        let rest: Phrase = found.count > 1 ? ", and \(found.count - 1) more" : ""
        return """
            \(context.name(of: first.person)) reaches “\(name(of: first.milestone))” in \
            \(percent: change.now.rate ?? 0) of \(change.now.trials) deals, all others in \
            \(percent: change.before.rate ?? 0)\(rest)
            """
    }

    var warnings: [AnswerWarning] {
        let bare = stalls.milestones.values.reduce(0) { $0 + $1.bare }
        guard bare > 0 else { return [] }
        return [
            AnswerWarning(
                "claimed_without_evidence",
                "\(bare) \(bare == 1 ? "milestone is" : "milestones are") claimed without evidence and not counted"
            )
        ]
    }

    private func name(of milestone: RecordID) -> String {
        terms.first { $0.id == milestone }?.name ?? milestone.id
    }

    // MARK: - Milestones

    private var milestones: AnswerTable {
        AnswerTable(
            name: "milestones", title: "Deals that came to a milestone's stage and had their time",
            columns: [
                AnswerColumn("milestone", title: "Milestone", kind: .text),
                AnswerColumn("milestone_id", title: "Id", kind: .text, isDetail: true),
                AnswerColumn("stage", title: "Stage", kind: .text),
                AnswerColumn("came", title: "Deals", kind: .integer),
                AnswerColumn("reached", title: "Reached", kind: .integer),
            ] + EvidenceColumns.rate("rate", "Rate") + [
                AnswerColumn("bare", title: "Only claimed", kind: .integer),
                AnswerColumn("stuck", title: "Stuck now", kind: .integer),
            ],
            rows: terms.map { term in
                let standing = stalls.milestones[term.id] ?? MilestoneStalls.Standing()
                return AnswerTable.Row(
                    [
                        .text(term.name), .text(term.id.id), .text(term.stageName), .integer(standing.came),
                        .integer(standing.reached),
                    ] + EvidenceColumns.values(standing.rate, minimum: MilestoneStalls.minimum) + [
                        .integer(standing.bare), .integer(standing.stuck),
                    ])
            },
            notes: terms.isEmpty
                ? []
                : [
                    "Reached: with evidence and a day of it. A rate is told of \(MilestoneStalls.minimum) deals or more"
                ])
    }

    // MARK: - People

    private var people: AnswerTable {
        let shown = stalls.comparisons.prefix(limit)
        return AnswerTable(
            name: "people", title: "Who gets stuck where, least explained by chance first",
            columns: [
                AnswerColumn("person", title: "Person", kind: .text),
                AnswerColumn("team", title: "Team", kind: .text),
                AnswerColumn("milestone", title: "Milestone", kind: .text),
                AnswerColumn("came", title: "Deals", kind: .integer),
                AnswerColumn("reached", title: "Reached", kind: .integer),
            ] + EvidenceColumns.rate("rate", "Rate") + EvidenceColumns.change + [
                AnswerColumn("verdict", title: "Verdict", kind: .text)
            ],
            rows: shown.map { comparison in
                AnswerTable.Row(
                    [
                        .text(context.name(of: comparison.person)),
                        context.team(of: comparison.person).map { .text($0) } ?? .null,
                        .text(name(of: comparison.milestone)), .integer(comparison.standing.came),
                        .integer(comparison.standing.reached),
                    ]
                        + EvidenceColumns.values(comparison.standing.rate, minimum: MilestoneStalls.minimum)
                        + EvidenceColumns.values(comparison.change, adjusted: comparison.adjusted)
                        + [.text(verdict(comparison))])
            },
            notes: stalls.tested == 0
                ? []
                : [
                    """
                    \(stalls.tested) comparisons were made together: of those told as stuck or strong at most \
                    \(percent: MilestoneStalls.falseShare) are expected to be chance. None proves a reason
                    """
                ],
            totalRows: stalls.comparisons.count > shown.count ? stalls.comparisons.count : nil)
    }

    private func verdict(_ comparison: MilestoneStalls.Comparison) -> String {
        if comparison.change == nil { return "few deals: \(comparison.standing.came)" }
        return comparison.isStall ? "stuck" : comparison.isStrength ? "strong" : "within chance"
    }

    // MARK: - What a milestone is worth

    private var landmarks: [AnswerTable] {
        let order = Dictionary(
            terms.enumerated().compactMap { place, term in term.stage.map { ($0, place) } },
            uniquingKeysWith: { first, _ in first })
        let stages = sets.stages.sorted { (order[$0.stage] ?? .max) < (order[$1.stage] ?? .max) }
        guard !stages.isEmpty else { return [] }
        return [
            AnswerTable(
                name: "sets",
                title:
                    "How deals ended that were open \(landmark) days after they came to a stage, by what they had reached",
                columns: [
                    AnswerColumn("stage", title: "Stage", kind: .text),
                    AnswerColumn("milestones", title: "Reached by then", kind: .text),
                    AnswerColumn("level", title: "Level", kind: .text, isDetail: true),
                    AnswerColumn("resolved", title: "Ended", kind: .integer),
                    AnswerColumn("won", title: "Won", kind: .integer),
                ] + EvidenceColumns.rate("win_rate", "Win rate") + [
                    AnswerColumn("lift", title: "Lift", kind: .rate, unit: "x"),
                    AnswerColumn("smoothed", title: "Smoothed", kind: .rate, unit: "%", isDetail: true),
                ] + EvidenceColumns.change + [AnswerColumn("verdict", title: "Verdict", kind: .text)],
                rows: stages.flatMap { stage in
                    [row(stage)] + stage.lines.map { row($0, of: stage) }
                },
                notes: [
                    """
                    Lift: times the win rate of the stage alone. Others: the stage's other deals. Smoothed: by the \
                    number of milestones, so that more never mean less
                    """
                ])
        ]
    }

    private func stageName(_ stage: RecordID) -> String {
        terms.first { $0.stage == stage }?.stageName ?? stage.id
    }

    private func row(_ stage: LandmarkSets.Stage) -> AnswerTable.Row {
        AnswerTable.Row(
            [
                .text(stageName(stage.stage)), .text("The stage alone"), .text("stage"),
                .integer(stage.wins.trials), .integer(stage.wins.hits),
            ] + EvidenceColumns.values(stage.wins, minimum: LandmarkSets.minimum) + [.null, .null]
                + EvidenceColumns.values(nil, adjusted: nil) + [.text("")], style: .total)
    }

    private func row(_ line: LandmarkSets.Line, of stage: LandmarkSets.Stage) -> AnswerTable.Row {
        let names = terms.filter { line.reached.contains($0.id) }.map(\.name)
        let verdict =
            line.change == nil
            ? "few deals: \(line.wins.trials)"
            : (line.adjusted ?? 1) >= MilestoneStalls.falseShare
                ? "within chance" : (line.change?.difference ?? 0) > 0 ? "more often won" : "less often won"
        return AnswerTable.Row(
            [
                .text(stageName(stage.stage)), .text(names.isEmpty ? "None" : names.joined(separator: ", ")),
                .text("set"), .integer(line.wins.trials), .integer(line.wins.hits),
            ] + EvidenceColumns.values(line.wins, minimum: LandmarkSets.minimum) + [
                .maybe(stage.lift(of: line)),
                .maybe(stage.wins.trials >= LandmarkSets.minimum ? line.smoothed : nil),
            ] + EvidenceColumns.values(line.change, adjusted: line.adjusted) + [.text(verdict)],
            style: .indented(1))
    }

    // MARK: - Qualification

    private var qualification: [AnswerTable] {
        guard triad.isKept else { return [] }
        let categories: [(ForecastCategory, String)] = [
            (.commit, "Commit"), (.bestCase, "Best case"), (.pipeline, "Pipeline"), (.omitted, "Omitted"),
        ]
        return [
            AnswerTable(
                name: "qualification", title: "How much of what is open is qualified",
                columns: [
                    AnswerColumn("category", title: "Category", kind: .text),
                    AnswerColumn("level", title: "Level", kind: .text, isDetail: true),
                    AnswerColumn("deals", title: "Open deals", kind: .integer),
                    AnswerColumn("amount", title: "Amount", kind: .amount, unit: context.company.currency),
                    AnswerColumn("unknown", title: "Nothing judged", kind: .integer),
                    AnswerColumn("functional", title: "Functional", kind: .integer),
                    AnswerColumn("financial", title: "Financial", kind: .integer),
                    AnswerColumn("political", title: "Political", kind: .integer),
                    AnswerColumn("complete", title: "All judged", kind: .integer, isDetail: true),
                    AnswerColumn("qualified", title: "All three met", kind: .integer),
                    AnswerColumn(
                        "qualified_amount", title: "Their amount", kind: .amount,
                        unit: context.company.currency),
                    AnswerColumn("qualified_share", title: "Share", kind: .rate, unit: "%"),
                ],
                rows: categories.compactMap { category, name in
                    triad.categories[category].map { row(name, $0, style: .plain) }
                } + [row("All", triad.all, style: .total)],
                notes: [
                    "Functional, financial, political: deals that meet the criterion; share: of the amount"
                ])
        ]
    }

    private func row(
        _ name: String, _ line: QualificationCoverage.Line, style: AnswerTable.RowStyle
    ) -> AnswerTable.Row {
        AnswerTable.Row(
            [
                .text(name), .text(style == .total ? "all" : "category"), .integer(line.all.count),
                .amount(line.all.amount), .integer(line.unknown.count),
                .integer(line.met[0]), .integer(line.met[1]), .integer(line.met[2]),
                .integer(line.complete.count), .integer(line.qualified.count), .amount(line.qualified.amount),
                .maybe(line.qualified.amount.ratio(to: line.all.amount)),
            ], style: style)
    }
}
