import Analytics
import Model
import Warehouse

/// Where the deals of a period went between two days: from category to category, and from stage to stage.
struct FlowTables {
    private(set) var tables: [AnswerTable]

    /// Reads the deals of the period in every category.
    ///
    /// - Parameter isListed: Whether the deals behind each cell are named.
    init(
        _ read: MovementRead, _ context: QuestionContext, _ warehouse: Warehouse, isListed: Bool
    ) throws(BellwetherError) {
        func sides(_ day: Day) throws(BellwetherError) -> DealSides {
            try warehouse.dealSides(
                of: context.period, in: ForecastCategory.allCases, on: day, at: context.point)
        }
        let pairs = try warehouse.dealPairs(
            from: sides(read.from.day), to: sides(read.to.day), currency: context.company.currency,
            at: context.point)
        let shares = NodeShares(of: context.filter.place, read.before, read.after)
        let categories = DealFlow(
            pairs, elsewhere: FlowState.elsewhere, absent: .absent, share: shares.amount
        ) { FlowState($0, in: context.period) }
        let stages = DealFlow(pairs, elsewhere: "Another node", absent: "Not there", share: shares.amount) {
            $0.stage ?? "No stage"
        }
        tables = [
            Self.table(
                "category_flow", "From category to category",
                categories.cells.sorted { left, right in
                    (left.from.order, left.to.order) < (right.from.order, right.to.order)
                }.map {
                    ([$0.from.code, $0.from.title, $0.to.code, $0.to.title], $0.count, $0.before, $0.after)
                }, context.company.currency),
            Self.table(
                "stage_flow", "From stage to stage",
                stages.cells.sorted { ($0.from, $0.to) < ($1.from, $1.to) }.map {
                    ([$0.from, $0.from, $0.to, $0.to], $0.count, $0.before, $0.after)
                }, context.company.currency),
        ]
        guard isListed else { return }
        let moved = categories.cells.filter { $0.from != $0.to }.flatMap { cell in
            cell.deals.map { (cell: cell, pair: pairs[$0]) }
        }
        let names = try read.names(of: moved.map(\.pair), warehouse)
        tables.append(Self.deals(moved, names, shares, context.company.currency))
    }

    private typealias Moved = (cell: DealFlow<FlowState>.Cell, pair: DealPair)

    /// The deals that are in another state now, cell by cell.
    private static func deals(
        _ moved: [Moved], _ names: [RecordID: DealName], _ shares: NodeShares, _ currency: String
    ) -> AnswerTable {
        let sorted = moved.sorted { (left: Moved, right: Moved) in
            (left.cell.from.order, left.cell.to.order, left.pair.id)
                < (right.cell.from.order, right.cell.to.order, right.pair.id)
        }
        return AnswerTable(
            name: "flow_deals", title: "The deals that went from one category to another",
            columns: [
                AnswerColumn("from", title: "From", kind: .text),
                AnswerColumn("to", title: "To", kind: .text),
                AnswerColumn("deal", title: "Deal", kind: .text),
                AnswerColumn("source", title: "Source", kind: .text, isDetail: true),
                AnswerColumn("id", title: "Id", kind: .text, isDetail: true),
                AnswerColumn("owner", title: "Owner", kind: .text),
                AnswerColumn("amount", title: "Amount then", kind: .amount, unit: currency),
                AnswerColumn("amount_now", title: "now", kind: .amount, unit: currency),
                AnswerColumn("from_stage", title: "Stage then", kind: .text, isDetail: true),
                AnswerColumn("to_stage", title: "Stage now", kind: .text, isDetail: true),
            ],
            rows: sorted.map { cell, pair in
                func text(_ value: String?) -> AnswerValue { value.map { .text($0) } ?? .null }
                return AnswerTable.Row([
                    .text(cell.from.title), .text(cell.to.title), .text(names[pair.id]?.name ?? pair.id.id),
                    .text(pair.id.source), .text(pair.id.id), text(names[pair.id]?.owner),
                    .maybe(pair.before.flatMap { shares.amount($0, .before) }),
                    .maybe(pair.after.flatMap { shares.amount($0, .after) }),
                    text(pair.before?.stage), text(pair.after?.stage),
                ])
            })
    }

    private static func table(
        _ name: String, _ title: String, _ cells: [([String], Int, Amount, Amount)], _ currency: String
    ) -> AnswerTable {
        AnswerTable(
            name: name, title: "\(title)",
            columns: [
                AnswerColumn("from", title: "From", kind: .text, isDetail: true),
                AnswerColumn("from_title", title: "From", kind: .text),
                AnswerColumn("to", title: "To", kind: .text, isDetail: true),
                AnswerColumn("to_title", title: "To", kind: .text),
                AnswerColumn("count", title: "Deals", kind: .integer),
                AnswerColumn("amount", title: "Amount then", kind: .amount, unit: currency),
                AnswerColumn("amount_now", title: "now", kind: .amount, unit: currency),
            ],
            rows: cells.map { words, count, before, after in
                AnswerTable.Row(
                    words.map { .text($0) } + [.integer(count), .amount(before), .amount(after)])
            })
    }
}
