import Analytics
import Model

/// The main table of `forecast`: a line a node, the categories exclusive, the cumulative sums beside them.
struct ForecastTable {
    let lines: [ForecastLine]
    let level: ForecastQuestion.Level
    let currency: String
    /// Whether anybody has called: without a call the number is what the deals say, and needs no column.
    let hasCalls: Bool
    let next: ForecastNextColumns
    let leads: ForecastLeads

    var table: AnswerTable {
        AnswerTable(
            name: ForecastQuestion.id,
            columns: columns(for: shown) + next.columns(for: shown) + [ForecastLeads.column]
                + ForecastStageDefaults.columns,
            rows: shown.map { row($0) },
            notes: overlayNote(shown)
                + (shown.contains { $0.plan.values.contains(where: \.isSumOfBelow) && $0.depth == 0 }
                    ? ["Plans without a line of their own are the sum of those below them"] : [])
                + leads.vacancies(among: shown) + ForecastStageDefaults.notes(of: lines.first))
    }

    /// Overlay credit is in no number of the table, so that it is said beside it.
    private func overlayNote(_ lines: [ForecastLine]) -> [Phrase] {
        guard let top = lines.first, top.sums.overlay != .zero else { return [] }
        let credit: Phrase = "Overlay credit of \(top.sums.overlay, currency)"
        guard let ratio = top.overlayRatio else { return ["\(credit) is in no total"] }
        return ["\(credit), \(percent: ratio) of closed and open deals, is in no total"]
    }

    /// The lines down to the level; deals without owner or team always keep their line.
    var shown: [ForecastLine] { lines.filter(isShown) }

    private func isShown(_ line: ForecastLine) -> Bool {
        // The node that was asked for, whatever the level.
        if line.depth == 0 { return true }
        return switch line.node {
        case .company, .withoutOwner, .withoutTeam: true
        case .team: level != .company
        // A person's parts in several teams, below that person's own line.
        case .person: level == .person || lines.first?.node == line.node
        }
    }

    private func columns(for lines: [ForecastLine]) -> [AnswerColumn] {
        let uses = { (kind: PlanAmount.Kind) in !lines.contains { $0.plan[kind] != nil } }
        let isEmpty = { (category: ForecastCategory) in !lines.contains { $0.sums[category].count > 0 } }
        func amount(_ name: String, _ title: String, isDetail: Bool = false) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .amount, unit: currency, isDetail: isDetail)
        }
        func count(_ name: String, _ title: String, isDetail: Bool = true) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .integer, unit: "deals", isDetail: isDetail)
        }
        let categories = ForecastCategory.allCases
        return [
            AnswerColumn("node", title: "Node", kind: .text),
            AnswerColumn("level", title: "Level", kind: .text, isDetail: true),
            AnswerColumn("parent", title: "Parent", kind: .text, isDetail: true),
        ]
            + categories.map { category in
                amount(
                    category.rawValue, category.title, isDetail: category == .unmapped && isEmpty(category))
            }
            + [
                amount("commit_cum", "Closed + commit"),
                amount("upside_cum", "+ best case"),
                amount("call", "Call", isDetail: !hasCalls),
                amount("call_override", "Override", isDetail: true),
                amount("submitted", "Submitted", isDetail: true),
                amount("rolled_up", "Rolled up", isDetail: true),
                amount("judgement", "Judgement", isDetail: !hasCalls),
                amount("open", "Open", isDetail: true),
                amount("past_due", "Past due", isDetail: true),
                amount("earlier_past_due", "Past due, earlier periods", isDetail: true),
                amount("won_undated", "Won, undated", isDetail: true),
                amount("quota", "Quota", isDetail: uses(.quota)),
                amount("budget", "Budget", isDetail: uses(.budget)),
                amount("gap", "Gap", isDetail: uses(.quota) && uses(.budget)),
                AnswerColumn(
                    "attainment", title: "Attained", kind: .rate, unit: "%", isDetail: uses(.quota)),
                AnswerColumn(
                    "coverage_to_go", title: "Coverage to go", kind: .rate, unit: "x", isDetail: true),
                amount("overlay", "Overlay", isDetail: true),
                AnswerColumn("overlay_ratio", title: "Overlay ratio", kind: .rate, unit: "%", isDetail: true),
                // Last, since what stands last gives way first on a narrow terminal; a warning says it too.
                amount("undated", "Undated", isDetail: !lines.contains { $0.sums.undated.amount != .zero }),
            ]
            + categories.map { count($0.rawValue + "_count", $0.title + " deals") }
            + [
                count("open_count", "Open deals"),
                count("past_due_count", "Past-due deals"),
                // Open deals of some CRMs carry no amount: their number is then all there is to show.
                count(
                    "undated_count", "Undated deals",
                    isDetail: !lines.contains { $0.sums.undated.count > 0 && $0.sums.undated.amount == .zero }
                ),
                count("earlier_past_due_count", "Past-due deals, earlier periods"),
                count("won_undated_count", "Won deals, undated"),
            ]
    }

    private func row(_ line: ForecastLine) -> AnswerTable.Row {
        let sums = line.sums
        let categories = ForecastCategory.allCases
        let quota = line.plan[.quota]?.amount
        let budget = line.plan[.budget]?.amount
        let leading = line.leadingPlan?.1.amount
        let toGo = leading.map { $0 - sums[.closed].amount }
        let identity: [AnswerValue] = [
            .text(line.name), .text(line.levelName), line.parentName.map { .text($0) } ?? .null,
        ]
        let amounts: [AnswerValue] =
            categories.map { .amount(sums[$0].amount) } + [
                .amount(sums.commitCumulative.amount), .amount(sums.upsideCumulative.amount),
            ] + line.callValues + [
                .amount(sums.open.amount), .amount(sums.pastDue.amount), .amount(sums.earlierPastDue.amount),
                .amount(sums.wonUndated.amount),
            ]
        let plans: [AnswerValue] = [
            quota.map { .amount($0) } ?? .null, budget.map { .amount($0) } ?? .null,
            leading.map { .amount($0 - line.call) } ?? .null,
            quota.flatMap { sums[.closed].amount.ratio(to: $0) }.map { .rate($0) } ?? .null,
            toGo.flatMap { sums.open.amount.ratio(to: $0) }.map { .rate($0) } ?? .null,
            .amount(sums.overlay), line.overlayRatio.map { .rate($0) } ?? .null,
            .amount(sums.undated.amount),
        ]
        let counts: [AnswerValue] =
            categories.map { .integer(sums[$0].count) } + [
                .integer(sums.open.count), .integer(sums.pastDue.count), .integer(sums.undated.count),
                .integer(sums.earlierPastDue.count), .integer(sums.wonUndated.count),
            ]
        let more = next.values(of: line) + [leads.value(of: line)] + ForecastStageDefaults.values(of: line)
        return AnswerTable.Row(identity + amounts + plans + counts + more, style: style(line))
    }

    private func style(_ line: ForecastLine) -> AnswerTable.RowStyle {
        line.depth == 0 ? .total : .indented(line.depth)
    }
}

extension ForecastLine {
    /// Overlay credit by the deals that count for the node, closed and open; nil without such deals.
    var overlayRatio: Double? { sums.overlay.ratio(to: sums.revenue.amount) }

    /// The level of the organisation: company, team or person.
    var levelName: String {
        switch node {
        case .company: "company"
        case .team, .withoutTeam, .withoutOwner: "team"
        case .person: "person"
        }
    }
}
