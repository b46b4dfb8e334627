import Analytics
import Model
import Warehouse

extension QuestionContext {
    /// What the organisation asked for does to the forecast of each team, beside the organisation as it was; no table
    /// where both are the same. In the company it does nothing.
    func organisationTables(
        _ lines: [ForecastLine], _ warehouse: Warehouse
    ) throws(BellwetherError) -> [AnswerTable] {
        guard let day = point.organisationDay else { return [] }
        let cells = try warehouse.forecastCellsAsWas(of: period, at: point)
        let asWas = change == nil ? organisation : try warehouse.organisation(on: point.asOf, at: point)
        // Where teams reported in a circle there is nothing to compare with.
        guard let before = try? ForecastRollup(cells: cells, plan: [], organisation: asWas) else { return [] }
        let rows = OrganisationRows(before: before.lines, after: lines).rows
        guard !rows.isEmpty else { return [] }
        func amount(_ name: String, _ title: String) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .amount, unit: company.currency)
        }
        return [
            AnswerTable(
                name: "organisation", title: "Closed + open, by the organisation",
                columns: [
                    AnswerColumn("node", title: "Node", kind: .text),
                    AnswerColumn("level", title: "Level", kind: .text, isDetail: true),
                    amount("as_was", "as it was"), amount("as_chosen", "of \(day)"),
                    amount("difference", "Difference"),
                ],
                rows: rows)
        ]
    }
}

/// The nodes whose deals are others by another organisation, the top node with its own line.
private struct OrganisationRows {
    let before: [ForecastLine]
    let after: [ForecastLine]

    var rows: [AnswerTable.Row] {
        guard let top = after.first else { return [] }
        let isWhole = top.node == .company
        let old = Dictionary(before.map { ($0.node, $0) }, uniquingKeysWith: { first, _ in first })
        // A person may have several lines, and moves with the team.
        let teams = after.filter { !$0.isPerson }
        let shown = Set(teams.map(\.node))
        let gone = isWhole ? before.filter { !$0.isPerson && !shown.contains($0.node) } : []
        let rows =
            teams.dropFirst(isWhole ? 1 : 0).compactMap { row($0, old[$0.node], $0) }
            + gone.compactMap { row($0, $0, nil) }
        guard !rows.isEmpty, isWhole else { return rows }
        return [row(top, old[top.node], top, style: .total)].compactMap(\.self) + rows
    }

    /// A row; nil where both say the same, unless it is a total.
    private func row(
        _ line: ForecastLine, _ before: ForecastLine?, _ after: ForecastLine?,
        style: AnswerTable.RowStyle = .plain
    ) -> AnswerTable.Row? {
        let difference = (after?.forecast ?? .zero) - (before?.forecast ?? .zero)
        guard difference != .zero || style == .total else { return nil }
        func value(_ line: ForecastLine?) -> AnswerValue { line.map { .amount($0.forecast) } ?? .null }
        return AnswerTable.Row(
            [
                .text(line.name), .text(line.levelName), value(before), value(after), .amount(difference),
            ], style: style == .total ? .total : .indented(max(1, line.depth)))
    }
}

extension ForecastLine {
    fileprivate var isPerson: Bool {
        if case .person = node { true } else { false }
    }

    /// All that is in the forecast, however sure: closed + commit + best case + pipeline.
    fileprivate var forecast: Amount { sums[.closed].amount + sums.open.amount }
}
