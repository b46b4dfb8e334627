import Analytics
import Model
import Warehouse

/// The tables of what became of a frozen period.
struct RestatementTables {
    let frozen: FrozenPeriod
    let lines: [ForecastLine]
    let words: RestatementWords

    private var currency: String { frozen.now.company.currency }

    /// A line a node: frozen, restated by whom, current.
    var nodes: AnswerTable {
        func amount(_ name: String, _ title: String) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .amount, unit: currency)
        }
        func count(_ name: String, _ title: String) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .integer, unit: "deals", isDetail: true)
        }
        let places = NodePlace.places(of: lines)
        return AnswerTable(
            name: RestatementsQuestion.id, title: "Closed in \(frozen.now.period.label)",
            columns: [
                AnswerColumn("node", title: "Node", kind: .text),
                AnswerColumn("level", title: "Level", kind: .text, isDetail: true),
                AnswerColumn("parent", title: "Parent", kind: .text, isDetail: true),
                amount("frozen", "Frozen"), amount("by_crm", "By the CRM"), amount("by_loads", "By loads"),
                amount("current", "Now"), count("frozen_count", "Frozen deals"),
                count("current_count", "Deals now"),
            ],
            rows: zip(lines, places).map { line, place in
                let sums = frozen.restatements[place]
                return AnswerTable.Row(
                    [
                        .text(line.name), .text(line.levelName), line.parentName.map { .text($0) } ?? .null,
                        .amount(sums.frozen.amount), .amount(sums.byCRM), .amount(sums.byLoads),
                        .amount(sums.current.amount), .integer(sums.frozen.count),
                        .integer(sums.current.count),
                    ], style: line.depth == 0 ? .total : .indented(line.depth))
            })
    }

    /// A line a deal and cause.
    func deals(limit: Int, _ warehouse: Warehouse) throws(BellwetherError) -> AnswerTable {
        let changes = frozen.restatements.changes(in: words.node)
        let shown = Array(changes.prefix(limit))
        let fates = try DealFates(of: Set(shown.map(\.id)), frozen, warehouse)
        return AnswerTable(
            name: "deals", columns: dealColumns, rows: shown.map { row($0, fates) },
            notes: changes.isEmpty ? ["No booking has changed since"] : [],
            totalRows: shown.count < changes.count ? changes.count : nil)
    }

    private var dealColumns: [AnswerColumn] {
        func text(_ name: String, _ title: String, isDetail: Bool = false) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .text, isDetail: isDetail)
        }
        func amount(_ name: String, _ title: String, isDetail: Bool = false) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .amount, unit: currency, isDetail: isDetail)
        }
        return [
            text("deal", "Deal"), amount("amount", "Restated"), text("cause", "By"), text("what", "What"),
            AnswerColumn("changed_on", title: "Since", kind: .day),
            AnswerColumn("load", title: "Load", kind: .integer, isDetail: !hasLoads),
            text("owner", "Owner"), amount("before", "Before", isDetail: true),
            amount("after", "After", isDetail: true), text("source", "Source", isDetail: true),
            text("id", "Id", isDetail: true),
        ]
    }

    private var hasLoads: Bool {
        frozen.restatements.changes(in: words.node).contains { $0.cause == .load }
    }

    private func row(_ change: Restatements.Change, _ fates: DealFates) -> AnswerTable.Row {
        let (before, after) = fates.states(change)
        let deal = after ?? before
        let isLoad = change.cause == .load
        return AnswerTable.Row([
            .text(deal?.name ?? change.id.id), .amount(change.amount), .text(isLoad ? "load" : "CRM"),
            .text(words.what(change, before: before, after: after)),
            isLoad ? .null : fates.day(change.id).map { .day($0) } ?? .null,
            isLoad ? fates.load(change.id).map { .integer($0) } ?? .null : .null,
            deal?.shares.first?.name.map { .text($0) } ?? .null,
            change.before.map { .amount($0) } ?? .null, change.after.map { .amount($0) } ?? .null,
            .text(change.id.source), .text(change.id.id),
        ])
    }
}

/// What some deals are at each of the three points of a frozen period, and when they became so.
struct DealFates {
    private let frozen: [RecordID: DealMoment]
    private let corrected: [RecordID: DealMoment]
    private let current: [RecordID: DealMoment]
    private let days: [RecordID: Day]
    private let loads: [RecordID: Int]

    init(
        of ids: Set<RecordID>, _ period: FrozenPeriod, _ warehouse: Warehouse
    ) throws(BellwetherError) {
        let now = period.now.point
        current = try warehouse.dealMoments(of: ids)
        days = try warehouse.changeDays(of: ids, after: period.freeze.day, at: now)
        loads = try warehouse.correctingLoads(of: ids, period.freeze, at: now)
        func states(at load: Int) throws(BellwetherError) -> [RecordID: DealMoment] {
            let point = ReadPoint(
                asOf: period.freeze.day, load: load, snapshotDay: nil, organisationDay: now.organisationDay)
            return try warehouse.reading(at: point, back: now) { () throws(BellwetherError) in
                try warehouse.dealMoments(of: ids)
            }
        }
        corrected = try states(at: now.load)
        frozen = try states(at: period.freeze.load)
    }

    func states(_ change: Restatements.Change) -> (before: DealMoment?, after: DealMoment?) {
        change.cause == .load
            ? (frozen[change.id], corrected[change.id]) : (corrected[change.id], current[change.id])
    }

    /// The day from which the CRM says of a deal what it says now.
    func day(_ id: RecordID) -> Day? { days[id] }

    /// The newest load that told otherwise of it on the frozen day.
    func load(_ id: RecordID) -> Int? { loads[id] }
}
