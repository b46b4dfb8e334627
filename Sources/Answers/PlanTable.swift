import Analytics
import Model

/// The main table of `plan`: a line a node with all that is planned for it and what its people are asked for.
struct PlanTable {
    let lines: [ForecastLine]
    let nodes: PlanRollup
    let level: PlanQuestion.Level
    let currency: String

    var table: AnswerTable {
        let shown = lines.filter(isShown)
        return AnswerTable(
            name: PlanQuestion.id, columns: columns(shown), rows: shown.flatMap(rows), notes: notes(shown))
    }

    /// The lines down to the level; people without a plan have none, since CRMs keep many users who never sell.
    private func isShown(_ line: ForecastLine) -> Bool {
        if line.depth == 0 { return true }
        return switch line.node {
        case .company, .withoutOwner: true
        case .withoutTeam: !line.plan.isEmpty
        case .team: level != .company
        case .person: level == .person && !line.plan.isEmpty
        case .others: false
        }
    }

    private func notes(_ shown: [ForecastLine]) -> [Phrase] {
        var notes: [Phrase] = []
        if shown.contains(where: { $0.plan.values.contains(where: \.isSumOfBelow) }) {
            notes.append("Plans without a line of their own are the sum of those below them")
        }
        if shown.contains(where: { nodes[$0.node].map { isProrated($0.whole) } ?? false }) {
            notes.append("Prorated: by the days of the period on which each person is there")
        }
        return notes
    }

    private func isProrated(_ figures: PlanFigures) -> Bool {
        figures.quotas.map { $0.prorated != $0.sum } ?? false
    }

    private func columns(_ shown: [ForecastLine]) -> [AnswerColumn] {
        let planned = shown.compactMap { nodes[$0.node]?.whole }
        func amount(_ name: String, _ title: String, isDetail: Bool = false) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .amount, unit: currency, isDetail: isDetail)
        }
        func share(_ name: String, _ title: String, isDetail: Bool) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .rate, unit: "%", isDetail: isDetail)
        }
        let has = { (kind: PlanAmount.Kind) in shown.contains { $0.plan[kind] != nil } }
        let kinds = PlanAmount.Kind.allCases
        let always: Set<PlanAmount.Kind> = [.quota, .budget]
        return [
            AnswerColumn("node", title: "Node", kind: .text),
            AnswerColumn("level", title: "Level", kind: .text, isDetail: true),
            AnswerColumn("parent", title: "Parent", kind: .text, isDetail: true),
        ]
            + kinds.map {
                amount($0.rawValue, $0.title, isDetail: !always.contains($0) && !has($0))
            }
            + [
                amount("people_quota", "Quotas of people"),
                share("over_quota", "of own quota", isDetail: !planned.contains { $0.overQuota != nil }),
                share("over_budget", "Quota of budget", isDetail: !planned.contains { $0.overBudget != nil }),
                amount("prorated", "Prorated", isDetail: !planned.contains(where: isProrated)),
                amount(
                    "ramping", "Ramping",
                    isDetail: !planned.contains { ($0.quotas?.ramping ?? .zero) != .zero }),
                AnswerColumn("people", title: "People", kind: .integer, isDetail: true),
            ]
            + kinds.map { AnswerColumn("\($0.rawValue)_is_sum", kind: .boolean, isDetail: true) }
            + kinds.map { kind in
                share(
                    "\(kind.rawValue)_confidence", "\(kind.title) sure",
                    isDetail: !shown.contains { $0.plan[kind]?.confidence != nil })
            }
    }

    private func rows(_ line: ForecastLine) -> [AnswerTable.Row] {
        guard let node = nodes[line.node] else { return [] }
        let whole = row(
            line.name, line.levelName, parent: line.parentName, node.whole,
            style: line.depth == 0 ? .total : .indented(line.depth))
        guard level == .line else { return [whole] }
        return [whole]
            + node.parts.map { part in
                row(
                    part.name ?? "of no line", "line", parent: line.name, part.figures,
                    style: .indented(line.depth + 1))
            }
    }

    private func row(
        _ name: String, _ level: String, parent: String?, _ figures: PlanFigures, style: AnswerTable.RowStyle
    ) -> AnswerTable.Row {
        let kinds = PlanAmount.Kind.allCases
        func amount(_ amount: Amount?) -> AnswerValue { amount.map { .amount($0) } ?? .null }
        func rate(_ rate: Double?) -> AnswerValue { rate.map { .rate($0) } ?? .null }
        let quotas = figures.quotas
        let identity: [AnswerValue] = [.text(name), .text(level), parent.map { .text($0) } ?? .null]
        let ofPeople: [AnswerValue] = [
            amount(quotas?.sum), rate(figures.overQuota), rate(figures.overBudget), amount(quotas?.prorated),
            amount(quotas?.ramping), quotas.map { .integer($0.people) } ?? .null,
        ]
        return AnswerTable.Row(
            identity + kinds.map { amount(figures.plan[$0]?.amount) } + ofPeople
                + kinds.map { figures.plan[$0].map { .boolean($0.isSumOfBelow) } ?? .null }
                + kinds.map { rate(figures.plan[$0]?.confidence?.ratio(to: Amount(1))) },
            style: style)
    }
}
