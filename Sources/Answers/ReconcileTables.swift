import Analytics
import Model

/// The bridge from the CRM's sum to that of the orders, and what it is made of.
struct ReconcileTables {
    private let found: Reconciliation
    private let context: QuestionContext

    init(_ found: Reconciliation, _ context: QuestionContext) {
        self.found = found
        self.context = context
    }

    private var currency: String { context.company.currency }

    // MARK: - The bridge

    var bridge: AnswerTable {
        func row(
            _ title: String, _ level: String, _ reason: String?, _ count: Int, _ amount: Amount,
            style: AnswerTable.RowStyle = .plain
        ) -> AnswerTable.Row {
            AnswerTable.Row(
                [
                    .text(title), .text(level), reason.map { .text($0) } ?? .null, .integer(count),
                    .amount(amount),
                ], style: style)
        }
        var rows = [
            row("CRM says closed", "closed", nil, found.closed.count, found.closed.amount, style: .total),
            row("Tied to the cent", "tied", "tied", found.tied.count, .zero, style: .indented(1)),
        ]
        for reason in OrderDifference.allCases {
            let items = found.items(reason)
            guard !items.isEmpty else { continue }
            rows.append(
                row(
                    reason.title, "difference", reason.rawValue, items.count,
                    items.reduce(.zero) { $0 + $1.amount }, style: .indented(1)))
        }
        if found.residual != .zero {
            rows.append(row("Unexplained", "residual", nil, 0, found.residual, style: .indented(1)))
        }
        rows.append(
            row("Orders say", "ordered", nil, found.ordered.count, found.ordered.amount, style: .total))
        return AnswerTable(
            name: "bridge",
            columns: [
                AnswerColumn("line", title: "Bridge", kind: .text),
                AnswerColumn("level", title: "Level", kind: .text, isDetail: true),
                AnswerColumn("reason", title: "Reason", kind: .text, isDetail: true),
                AnswerColumn("count", title: "Count", kind: .integer),
                AnswerColumn("amount", title: "Amount", kind: .amount, unit: currency),
            ],
            rows: rows, notes: notes, isExact: true)
    }

    private var notes: [Phrase] {
        guard found.severalOrders > 0 else { return [] }
        return [
            "\(found.severalOrders) \(found.severalOrders == 1 ? "deal has" : "deals have") several orders, summed"
        ]
    }

    // MARK: - By name

    /// Every difference by name, the biggest first; nil without one.
    var items: AnswerTable? {
        guard !found.items.isEmpty else { return nil }
        return AnswerTable(
            name: "items", title: "By name",
            columns: [
                AnswerColumn("name", title: "Deal or order", kind: .text),
                AnswerColumn("source", title: "Source", kind: .text, isDetail: true),
                AnswerColumn("id", title: "Id", kind: .text, isDetail: true),
                AnswerColumn("reason", title: "Why", kind: .text),
                AnswerColumn("team", title: "Team", kind: .text),
                AnswerColumn("owner", title: "Owner", kind: .text, isDetail: true),
                AnswerColumn("account", title: "Account", kind: .text, isDetail: true),
                AnswerColumn("amount", title: "Adds", kind: .amount, unit: currency),
                AnswerColumn("closed", title: "CRM", kind: .amount, unit: currency, isDetail: true),
                AnswerColumn("ordered", title: "Orders", kind: .amount, unit: currency, isDetail: true),
                AnswerColumn("close_date", title: "Closed", kind: .day),
                AnswerColumn("booked", title: "Booked", kind: .text),
                AnswerColumn("orders", title: "Orders", kind: .text, isDetail: true),
            ],
            rows: found.items.map { item in
                AnswerTable.Row([
                    .text(item.name), text(item.source), text(item.deal?.id.id),
                    .text(item.difference.title), text(item.deal?.team.map { teams[$0] ?? $0.id }),
                    text(item.deal?.ownerName),
                    text(item.deal?.account ?? item.orders.first?.account), .amount(item.amount),
                    item.deal?.companyAmount.map { .amount($0) } ?? .null,
                    .amount(item.orders.reduce(.zero) { $0 + ($1.companyAmount ?? .zero) }),
                    item.deal?.closeDate.map { .day($0) } ?? .null,
                    text(list(item.orders.map { booked($0) })),
                    text(list(item.orders.map { $0.number ?? $0.id.id })),
                ])
            })
    }

    private var teams: [RecordID: String] {
        Dictionary(
            context.organisation.teams.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    }

    /// The day, and the period where it is another one.
    private func booked(_ order: Order) -> String {
        guard let day = order.day else { return "no day" }
        guard !context.period.contains(day) else { return day.description }
        let period = try? context.company.calendar.period(named: "this", on: day)
        return "\(day)\(period.map { " (\($0.label))" } ?? "")"
    }

    private func list(_ words: [String]) -> String? {
        words.isEmpty ? nil : Array(Set(words)).sorted().joined(separator: ", ")
    }

    private func text(_ value: String?) -> AnswerValue { value.map { .text($0) } ?? .null }

    // MARK: - Without a rate

    /// What is in neither sum for want of a plan rate, in its own currency; nil when all have one.
    var unrated: AnswerTable? {
        let items = found.items(.withoutRate)
        guard !items.isEmpty else { return nil }
        return AnswerTable(
            name: "without_rate", title: "In a currency without a plan rate",
            columns: [
                AnswerColumn("name", title: "Deal or order", kind: .text),
                AnswerColumn("side", title: "Side", kind: .text),
                AnswerColumn("entered", title: "Own currency", kind: .amount),
                AnswerColumn("pair", title: "Pair", kind: .text),
                AnswerColumn("rate_day", title: "No rate on", kind: .day),
            ],
            rows: items.flatMap(unratedRows))
    }

    private func unratedRows(_ item: OrderItem) -> [AnswerTable.Row] {
        func row(_ name: String, _ side: String, _ amount: Amount?, _ own: String?, _ day: Day?)
            -> AnswerTable.Row
        {
            AnswerTable.Row([
                .text(name), .text(side), amount.map { .amount($0) } ?? .null,
                .text("\(own ?? "?") → \(currency)"), .day(day ?? context.point.asOf),
            ])
        }
        var rows: [AnswerTable.Row] = []
        if let deal = item.deal, deal.amount != nil, deal.companyAmount == nil {
            rows.append(row(deal.name, "CRM", deal.amount, deal.currency, deal.closeDate))
        }
        for order in item.orders where order.isWithoutRate {
            rows.append(
                row(
                    order.number ?? order.id.id, "orders", order.amount, order.currency,
                    item.deal == nil ? order.day : item.deal?.closeDate))
        }
        return rows
    }
}

extension OrderItem {
    fileprivate var source: String? { deal?.id.source ?? orders.first?.id.source }
}
