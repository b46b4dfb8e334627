import Analytics
import Model

/// The tables of the way from a call to the bookings.
struct MissTables {
    let way: MissWay
    let level: ForecastQuestion.Level

    private var currency: String { way.end.company.currency }

    private func amount(_ name: String, _ title: String, isDetail: Bool = false) -> AnswerColumn {
        AnswerColumn(name, title: title, kind: .amount, unit: currency, isDetail: isDetail)
    }

    private func text(_ name: String, _ title: String, isDetail: Bool = false) -> AnswerColumn {
        AnswerColumn(name, title: title, kind: .text, isDetail: isDetail)
    }

    // MARK: - Step by step

    /// A line a step of the node that is asked for.
    var steps: AnswerTable {
        let numbers = way.lines.first.map { way.numbers(of: $0, at: way.top) }
        return AnswerTable(
            name: MissQuestion.id,
            columns: [
                text("step", "Step", isDetail: true), text("title", ""), amount("amount", "Amount"),
                AnswerColumn("count", title: "Deals", kind: .integer, unit: "deals"),
            ], rows: numbers.map(rows) ?? [], isExact: false)
    }

    private func rows(_ numbers: MissNumbers) -> [AnswerTable.Row] {
        func row(
            _ step: String, _ title: String, _ amount: Amount, _ count: Int?,
            _ style: AnswerTable.RowStyle = .indented(1)
        ) -> AnswerTable.Row {
            AnswerTable.Row(
                [.text(step), .text(title), .amount(amount), count.map { .integer($0) } ?? .text("")],
                style: style)
        }
        let isJudged = numbers.judgement != .zero
        let judgement =
            isJudged
            ? [
                row(
                    "judgement", way.freeze == nil ? "Judgement" : MissStep.judgement.title,
                    numbers.judgement, nil)
            ] : []
        return [
            row("call", way.hasCalls ? "Call" : "Call (nobody's: rolled up)", numbers.call, nil, .plain)
        ] + judgement + [row("said", "Closed + commit then", numbers.said, nil, .plain)]
            + MissStep.allCases.compactMap { step in
                numbers.steps[step].map { row(step.rawValue, step.title, $0.amount, $0.count) }
            }
            + [
                row(
                    "actual", way.freeze == nil ? "Closed so far" : "Closed when frozen",
                    numbers.booked.amount,
                    numbers.booked.count, .plain)
            ]
    }

    // MARK: - Node by node

    /// A line a node; nil where there is one alone.
    var nodes: AnswerTable? {
        let lines = way.lines
        let all = zip(lines, NodePlace.places(of: lines)).filter { $0.0.isShown(downTo: level, in: lines) }
        guard all.count > 1 else { return nil }
        let numbers = all.map { way.numbers(of: $0.0, at: $0.1) }
        func lacks(_ steps: [MissStep]) -> Bool { numbers.allSatisfy { $0.sum(steps).amount == .zero } }
        let groups = Self.groups.map { ($0.name, $0.title, $0.steps, $0.isOptional && lacks($0.steps)) }
        return AnswerTable(
            name: "nodes",
            columns: [
                text("node", "Node"), text("level", "Level", isDetail: true),
                text("parent", "Parent", isDetail: true), amount("call", "Call"),
                amount("actual", "Closed"), amount("miss", "Miss"), amount("judgement", "Judgement"),
                amount("said", "Closed + commit", isDetail: true),
            ] + groups.map { amount($0.0, $0.1, isDetail: $0.3) },
            rows: zip(all, numbers).map { node, numbers in
                let line = node.0
                return AnswerTable.Row(
                    [
                        .text(line.name), .text(line.levelName), line.parentName.map { .text($0) } ?? .null,
                        .amount(numbers.call), .amount(numbers.booked.amount), .amount(numbers.miss),
                        .amount(numbers.judgement), .amount(numbers.said),
                    ] + groups.map { .amount(numbers.sum($0.2).amount) },
                    style: line.depth == 0 ? .total : .indented(line.depth))
            })
    }

    private static let groups: [(name: String, title: String, steps: [MissStep], isOptional: Bool)] = [
        ("fell_out", "Fell out", MissStep.fellOut, false),
        ("from_outside", "From outside", MissStep.fromOutside, false),
        ("closed_otherwise", "Closed otherwise", [.closedBelow, .closedAbove], false),
        ("still_open", "Still open", [.stillOpen], true),
        ("moved", "Handed over", [.movedOut, .movedIn], true), ("currency", "Currency", [.currency], true),
    ]

    // MARK: - Deal by deal

    /// What each deal did to the node's number.
    func deals(limit: Int) -> AnswerTable {
        let effects = way.bridge.effects(in: way.top)
        let shown = effects.prefix(limit)
        return AnswerTable(
            name: "deals",
            columns: [
                text("deal", "Deal"), amount("amount", "Effect"), text("step", "Step", isDetail: true),
                text("title", "What"), text("owner", "Owner"),
                AnswerColumn("close_date_then", title: "Dated then", kind: .day),
                AnswerColumn("close_date", title: "In the end", kind: .day),
                text("outcome", "Is", isDetail: false), text("source", "Source", isDetail: true),
                text("id", "Id", isDetail: true),
            ],
            rows: shown.map(row), notes: effects.isEmpty ? ["No deal changed the number"] : [],
            totalRows: shown.count < effects.count ? effects.count : nil)
    }

    private func row(_ effect: CallToActual.Effect) -> AnswerTable.Row {
        let days = way.days
        let then = days.committed[effect.id] ?? days.origins[effect.id]
        let end = days.won[effect.id] ?? days.fates[effect.id]
        return AnswerTable.Row([
            .text((end ?? then)?.name ?? effect.id.id), .amount(effect.amount), .text(effect.step.rawValue),
            .text(effect.step.title), (end ?? then)?.shares.first?.name.map { .text($0) } ?? .null,
            then?.closeDate.map { .day($0) } ?? .null, end?.closeDate.map { .day($0) } ?? .null,
            .text(end?.kind.title ?? "Gone"), .text(effect.id.source), .text(effect.id.id),
        ])
    }
}

extension MissStep {
    /// The words of the step.
    var title: String {
        switch self {
        case .judgement: "Judgement that did not come"
        case .slipped: "Slipped"
        case .pulledOut: "Left for an earlier period"
        case .lost: "Lost"
        case .gone: "Deleted or merged"
        case .reopened: "Reopened"
        case .stillOpen: "Still open"
        case .closedBelow: "Closed below"
        case .closedAbove: "Closed above"
        case .currency: "Currency"
        case .movedOut: "Handed over"
        case .movedIn: "Taken over"
        case .wonFromBestCase: "Won from best case"
        case .wonFromPipeline: "Won from pipeline"
        case .wonFromOmitted: "Won from omitted"
        case .pulledIn: "Pulled in and won"
        case .revived: "Won after a loss"
        case .created: "Created and won"
        }
    }
}

extension DealMoment.Kind {
    /// The word of the outcome.
    var title: String {
        switch self {
        case .open: "Open"
        case .won: "Won"
        case .lost: "Lost"
        case .noDecision: "No decision"
        }
    }
}
