import Analytics
import Model

/// The bridge of each team: what closed, what each reason adds, what was ordered.
struct TeamBridges {
    private let found: Reconciliation
    private let lines: [ForecastLine]
    private let places: DealPlaces
    private let currency: String

    init(_ found: Reconciliation, _ lines: [ForecastLine], _ context: QuestionContext) throws(BellwetherError)
    {
        self.found = found
        self.lines = lines
        places = try DealPlaces(context.organisation)
        currency = context.company.currency
    }

    /// A line a team with the reasons that there are; nil where there is no more than one team.
    var table: AnswerTable? {
        let teams = lines.filter { line in
            if case .person = line.node { false } else { true }
        }
        guard teams.count > 1 else { return nil }
        let reasons = OrderDifference.allCases.filter { !found.items($0).isEmpty }
        func amount(_ name: String, _ title: String, isDetail: Bool = false) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .amount, unit: currency, isDetail: isDetail)
        }
        let stray = found.items.filter { $0.deal == nil }
        return AnswerTable(
            name: "teams", title: "By team",
            columns: [
                AnswerColumn("node", title: "Node", kind: .text),
                AnswerColumn("level", title: "Level", kind: .text, isDetail: true),
                AnswerColumn("parent", title: "Parent", kind: .text, isDetail: true),
                amount("closed", "CRM says closed"), amount("difference", "Differences"),
                amount("ordered", "Orders say"),
                AnswerColumn("items", title: "Items", kind: .integer),
            ] + reasons.map { amount($0.rawValue, $0.title, isDetail: true) },
            rows: teams.map { line in
                row(
                    line.name, line.levelName, line.parentName, closed: line.sums[.closed].amount,
                    items(of: line.node), reasons,
                    style: line.depth == 0 ? .total : .indented(line.depth))
            }
                + (stray.isEmpty
                    ? []
                    : [
                        row(
                            "Without a deal", "team", lines.first?.name, closed: .zero, stray, reasons,
                            style: .indented(1))
                    ]))
    }

    private func row(
        _ name: String, _ level: String, _ parent: String?, closed: Amount, _ items: [OrderItem],
        _ reasons: [OrderDifference], style: AnswerTable.RowStyle
    ) -> AnswerTable.Row {
        func sum(_ items: [OrderItem]) -> Amount { items.reduce(.zero) { $0 + $1.amount } }
        let difference = sum(items)
        return AnswerTable.Row(
            [
                .text(name), .text(level), parent.map { .text($0) } ?? .null, .amount(closed),
                .amount(difference), .amount(closed + difference), .integer(items.count),
            ] + reasons.map { reason in .amount(sum(items.filter { $0.difference == reason })) },
            style: style)
    }

    /// The items of the deals of a node and of those below it; orders without a deal are the company's alone.
    private func items(of node: ForecastLine.Node) -> [OrderItem] {
        switch node {
        case .company: return found.items
        case .team(let team):
            let teams = Set(places.tree.subtree(of: team).map(DealPlace.team))
            return found.items.filter { place(of: $0).map(teams.contains) ?? false }
        case .others: return []
        case .withoutTeam: return found.items.filter { place(of: $0) == .withoutTeam }
        case .withoutOwner: return found.items.filter { place(of: $0) == .withoutOwner }
        case .person: return []
        }
    }

    private func place(of item: OrderItem) -> DealPlace? {
        item.deal.map { places.place(owner: $0.owner, isOwnerKnown: $0.isOwnerKnown, team: $0.team) }
    }
}
