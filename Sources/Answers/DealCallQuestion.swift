import Analytics
import Model
import Warehouse

/// What do people say of single deals, beside what the CRM says, and what did they say before?
public struct DealCallQuestion: Sendable {
    private let scope: QuestionScope
    private let deal: String?
    private let limit: Int

    /// The calls of the deals that a scope reaches; of one deal all that was ever said.
    public init(scope: QuestionScope, deal: String?, limit: Int) {
        self.scope = scope
        self.deal = deal
        self.limit = limit
    }

    private struct Entry {
        let call: DealCall
        let previous: DealCall?
        let name: String
        let row: DealRow?
    }

    /// Asks the warehouse.
    ///
    /// - Throws: `BW523` for a deal that is not there, `BW5xx` for a period, team or person that is not, `BW2xx` from the
    ///   database.
    public func answer(from warehouse: Warehouse) throws(BellwetherError) -> Answer {
        let context = try scope.resolve(in: warehouse)
        let day =
            scope.asOf == nil ? try warehouse.callDay(notBefore: context.point.asOf) : context.point.asOf
        let found = try deal.map { name throws(BellwetherError) in try warehouse.deal(named: name) }
        let calls = try warehouse.dealCalls(of: found?.id.id, until: day).filter {
            found == nil || $0.deal == found?.id
        }
        let rows = try warehouse.deals(of: context.period, at: context.point)
        let reached = Dictionary(
            rows.compactMap(context.filter.credited).map { ($0.id, $0) },
            uniquingKeysWith: { first, _ in first })
        let all = found.map { entries(calls, reached, named: $0.name) } ?? standing(calls, reached)
        let shown = Array(all.prefix(limit))
        let elsewhere = found == nil ? Set(calls.map(\.deal)).subtracting(reached.keys).count : 0
        return Answer(
            question: "call deals", headline: headline(all.count, found?.name, context),
            tables: [
                AnswerTable(
                    name: "deal_calls", columns: Self.columns(context.company.currency),
                    rows: shown.map { row($0, context) },
                    totalRows: shown.count < all.count ? all.count : nil)
            ],
            warnings: context.ageWarnings
                + (elsewhere > 0
                    ? [
                        AnswerWarning(
                            "deal_calls_elsewhere",
                            "\(elsewhere) called \(elsewhere == 1 ? "deal is" : "deals are") in another period or of another team"
                        )
                    ] : []),
            passport: Passport(
                question: "call deals", metrics: ["call/1"], asOf: context.point.asOf,
                snapshotDay: context.point.snapshotDay, load: context.point.load,
                filters: context.filters + (deal.map { [.init("deal", $0)] } ?? []), rowCount: all.count,
                sql: [Warehouse.dealCallsSQL], programVersion: programVersion))
    }

    private func headline(_ count: Int, _ deal: String?, _ context: QuestionContext) -> Phrase {
        if let deal { return "\(count) \(count == 1 ? "call" : "calls") of \(deal)" }
        let node = scope.person ?? scope.team ?? context.company.name
        return
            "\(count) \(count == 1 ? "deal" : "deals") called one by one in \(context.period.label), \(node)"
    }

    // MARK: - What was said, and what before

    /// Every call of one deal, the newest first.
    private func entries(_ calls: [DealCall], _ rows: [RecordID: DealRow], named name: String) -> [Entry] {
        var last: [CallKind: DealCall] = [:]
        var entries: [Entry] = []
        for call in calls {
            entries.append(Entry(call: call, previous: last[call.kind], name: name, row: rows[call.deal]))
            last[call.kind] = call
        }
        return entries.reversed()
    }

    /// The last call of each deal in reach: what was set from above, else the owner's own; the largest deals first.
    private func standing(_ calls: [DealCall], _ rows: [RecordID: DealRow]) -> [Entry] {
        var chains: [RecordID: [CallKind: [DealCall]]] = [:]
        for call in calls where rows[call.deal] != nil {
            chains[call.deal, default: [:]][call.kind, default: []].append(call)
        }
        let entries = chains.compactMap { deal, kinds -> Entry? in
            for kind in [CallKind.override, .own] {
                guard let chain = kinds[kind], let call = chain.last, !call.isReset else { continue }
                return Entry(
                    call: call, previous: chain.dropLast().last, name: rows[deal]?.name ?? deal.id,
                    row: rows[deal])
            }
            return nil
        }
        return entries.sorted {
            let left = $0.row?.companyAmount ?? .zero
            let right = $1.row?.companyAmount ?? .zero
            return left == right ? $0.call.deal < $1.call.deal : left > right
        }
    }

    // MARK: - The table

    private static func columns(_ currency: String) -> [AnswerColumn] {
        func text(_ name: String, _ title: String, isDetail: Bool = false) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .text, isDetail: isDetail)
        }
        func amount(_ name: String, _ title: String, isDetail: Bool = false) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .amount, unit: currency, isDetail: isDetail)
        }
        func day(_ name: String, _ title: String, isDetail: Bool = false) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .day, isDetail: isDetail)
        }
        return [
            text("deal", "Deal"), text("id", "Id", isDetail: true), text("owner", "Owner", isDetail: true),
            text("category", "CRM says"), amount("amount", "CRM's amount"),
            day("close_date", "CRM's close", isDetail: true),
            text("kind", "Kind", isDetail: true), text("level", "Called"), amount("called_amount", "Amount"),
            day("called_close_date", "Close"), text("previous_level", "Before"),
            amount("previous_amount", "Amount before", isDetail: true),
            day("previous_close_date", "Close before", isDetail: true), text("by", "By"),
            day("on", "On"), text("at", "At", isDetail: true), text("reason", "Reason"),
        ]
    }

    private func row(_ entry: Entry, _ context: QuestionContext) -> AnswerTable.Row {
        func value(_ amount: Amount?) -> AnswerValue { amount.map { .amount($0) } ?? .null }
        func text(_ text: String?) -> AnswerValue { text.map { .text($0) } ?? .null }
        func value(_ day: Day?) -> AnswerValue { day.map { .day($0) } ?? .null }
        func level(_ call: DealCall?) -> AnswerValue {
            guard let call else { return .null }
            if call.isReset { return .text("(taken back)") }
            return text(call.level.map { ForecastCategory(rawValue: $0)?.title ?? $0 })
        }
        let call = entry.call
        return AnswerTable.Row([
            .text(entry.name), .text(call.deal.id), text(entry.row?.ownerName),
            text(entry.row?.category.title),
            value(entry.row?.companyAmount), value(entry.row?.closeDate), .text(call.kind.rawValue),
            level(call), value(call.amount), value(call.closeDate), level(entry.previous),
            value(entry.previous?.amount), value(entry.previous?.closeDate),
            context.organisation.name(of: call.author), .day(call.day), text(call.time),
            text(call.reason),
        ])
    }
}

extension Warehouse {
    /// The one deal of an id or a name.
    ///
    /// - Throws: `BW523` when there is none, or several.
    func deal(named name: String) throws(BellwetherError) -> (id: RecordID, name: String) {
        let found = try deals(named: name)
        if found.count == 1, let only = found.first { return only }
        guard !found.isEmpty else {
            throw BellwetherError(
                .unknownDeal, "there is no deal “\(name)” on that day",
                hint: "Name it by its id, as `bellwether deals --format csv` shows it.")
        }
        throw BellwetherError(
            .unknownDeal, "\(found.count) deals are called “\(name)”",
            hint: "Name one by its id: \(found.map { "\($0.id.source)/\($0.id.id)" }.joined(separator: ", "))"
        )
    }
}
