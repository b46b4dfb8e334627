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
        let shown = shown
        let fields = ForecastFields(lines: shown, currency: currency, hasCalls: hasCalls).all
        return AnswerTable(
            name: ForecastQuestion.id,
            columns: fields.map(\.column) + next.columns(for: shown) + [ForecastLeads.column]
                + ForecastStageDefaults.columns,
            rows: shown.map { row($0, fields) },
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
    var shown: [ForecastLine] { lines.filter { $0.isShown(downTo: level, in: lines) } }

    private func row(_ line: ForecastLine, _ fields: [ForecastFields.Field]) -> AnswerTable.Row {
        let more = next.values(of: line) + [leads.value(of: line)] + ForecastStageDefaults.values(of: line)
        return AnswerTable.Row(fields.map { $0.value(line) } + more, style: style(line))
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
        case .person, .others: "person"
        }
    }
}
