import Analytics
import Model
import Warehouse

/// Everything that was called for a period, each call with what it replaced and what the deals said then.
public struct CallHistoryQuestion: Sendable {
    private let scope: QuestionScope
    private let categories: [CallCategory]
    private let limit: Int

    /// The newest calls of some categories, so many at most.
    public init(scope: QuestionScope, categories: [CallCategory], limit: Int) {
        self.scope = scope
        self.categories = categories
        self.limit = limit
    }

    /// An event with what it follows.
    private struct Entry {
        let event: CallEvent
        let node: CallNode?
        let previous: Amount?
        var calculated: Amount?
    }

    /// Asks the warehouse.
    ///
    /// - Throws: `BW5xx` for a period, team or person that is not there, `BW2xx` from the database.
    public func answer(from warehouse: Warehouse) throws(BellwetherError) -> Answer {
        let context = try scope.resolve(in: warehouse)
        let day =
            scope.asOf == nil ? try warehouse.callDay(notBefore: context.point.asOf) : context.point.asOf
        let events = try warehouse.callEvents(of: context.period, categories: categories, until: day)
        let all = entries(events, context)
        var shown = Array(all.suffix(limit))
        try lookUpCalculated(&shown, context, warehouse)
        let currency = context.company.currency
        let what = categories.count == 1 ? ", \(categories[0].title.lowercased())" : ""
        return Answer(
            question: "call history",
            headline:
                "\(all.count) \(all.count == 1 ? "call" : "calls") for \(scope.person ?? scope.team ?? context.company.name) \(context.period.label)\(what)",
            tables: [
                AnswerTable(
                    name: "calls", columns: columns(currency),
                    rows: shown.reversed().map { row($0, context) },
                    notes: all.isEmpty
                        ? ["Nobody has called; `bellwether call submit` does, or an export with calls"] : [],
                    totalRows: shown.count < all.count ? all.count : nil)
            ],
            warnings: context.ageWarnings,
            passport: Passport(
                question: "call history", metrics: ["call/1"], asOf: context.point.asOf,
                snapshotDay: context.point.snapshotDay, load: context.point.load,
                filters: context.filters + [
                    .init("category", categories.map(\.rawValue).joined(separator: ","))
                ],
                rowCount: all.count, sql: [Warehouse.callEventsSQL], programVersion: programVersion))
    }

    // MARK: - What was said, and what it followed

    private func entries(_ events: [CallEvent], _ context: QuestionContext) -> [Entry] {
        struct Key: Hashable {
            let node: CallNode?
            let target: CallTarget
            let words: [String?]
        }
        let directory = CallDirectory(context.organisation)
        let wanted = context.filter.nodes
        var last: [Key: Amount] = [:]
        var entries: [Entry] = []
        for event in events {
            let call = event.call
            let node = directory.node(call.target)
            guard wanted?.contains(where: { $0 == node }) ?? true else { continue }
            // A node that is not there any more is told apart by what the call says.
            let key = Key(
                node: node, target: node == nil ? call.target : CallTarget(kind: "", id: nil),
                words: [call.category.rawValue, call.kind.rawValue, call.businessLine, call.measure])
            entries.append(Entry(event: event, node: node, previous: last[key], calculated: call.calculated))
            last[key] = call.companyAmount
        }
        return entries
    }

    /// Adds what the deals said on the day of each call that does not carry it.
    private func lookUpCalculated(
        _ entries: inout [Entry], _ context: QuestionContext, _ warehouse: Warehouse
    ) throws(BellwetherError) {
        var reader = CallBasisReader(
            of: Set(entries.compactMap(\.node)), context: context, warehouse: warehouse)
        for index in entries.indices where entries[index].calculated == nil {
            let call = entries[index].event.call
            guard let node = entries[index].node, call.businessLine == nil, call.measure == "bookings",
                try reader.knows(call.day)
            else { continue }
            let spokenOf = call.category.deals(call.basis)
            entries[index].calculated = try reader.deals(of: node, on: call.day)
                .filter { spokenOf.contains($0.category) }
                .reduce(Amount.zero) { $0 + ($1.amount ?? .zero) }
        }
    }

    // MARK: - The table

    private func columns(_ currency: String) -> [AnswerColumn] {
        func text(_ name: String, _ title: String, isDetail: Bool = false) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .text, isDetail: isDetail)
        }
        func amount(_ name: String, _ title: String) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .amount, unit: currency)
        }
        return [
            text("at", "At"), text("node", "Node"),
            text("category", "Category", isDetail: categories.count == 1), text("kind", "Kind"),
            amount("amount", "Said"), amount("previous", "Before"), amount("calculated", "Calculated then"),
            text("by", "By"), text("note", "Note"), text("basis", "Basis", isDetail: true),
            text("business_line", "Line", isDetail: true), text("measure", "Measure", isDetail: true),
            AnswerColumn("amount_original", title: "As entered", kind: .amount, isDetail: true),
            text("currency", "Currency", isDetail: true), text("withdrawn_at", "Taken back", isDetail: true),
            AnswerColumn("until", title: "In the export until", kind: .day, isDetail: true),
            text("source", "Source", isDetail: true), text("id", "Id", isDetail: true),
        ]
    }

    private func row(_ entry: Entry, _ context: QuestionContext) -> AnswerTable.Row {
        func value(_ amount: Amount?) -> AnswerValue { amount.map { .amount($0) } ?? .null }
        func text(_ text: String?) -> AnswerValue { text.map { .text($0) } ?? .null }
        let call = entry.event.call
        let kind = call.kind == .own ? "own" : "override"
        return AnswerTable.Row([
            .text(call.time ?? call.day.description), .text(name(entry, context)), .text(call.category.title),
            .text(call.amount == nil ? kind + " reset" : kind), value(call.companyAmount),
            value(entry.previous),
            value(entry.calculated), context.organisation.name(of: call.author), text(call.note),
            .text(call.basis.rawValue), text(call.businessLine), .text(call.measure), value(call.amount),
            text(call.currency), text(entry.event.withdrawn), entry.event.until.map { .day($0) } ?? .null,
            .text(call.id.source), .text(call.id.id),
        ])
    }

    private func name(_ entry: Entry, _ context: QuestionContext) -> String {
        switch entry.node {
        case .company: return context.company.name
        case .team(let id): return context.organisation.teams.first { $0.id == id }?.name ?? id.id
        case .person(let id): return context.organisation.people.first { $0.id == id }?.name ?? id.id
        case nil: return entry.event.call.target.id?.id ?? entry.event.call.target.kind
        }
    }
}
