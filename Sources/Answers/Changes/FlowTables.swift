import Analytics
import Model
import Warehouse

/// Where the deals of a period went between two days: from category to category, and from stage to stage.
struct FlowTables {
    let tables: [AnswerTable]

    /// Reads the deals of the period in every category.
    init(_ read: MovementRead, _ context: QuestionContext, _ warehouse: Warehouse) throws(BellwetherError) {
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
                categories.cells.sorted { ($0.from.order, $0.to.order) < ($1.from.order, $1.to.order) }.map {
                    ([$0.from.code, $0.from.title, $0.to.code, $0.to.title], $0.count, $0.before, $0.after)
                }, context.company.currency),
            Self.table(
                "stage_flow", "From stage to stage",
                stages.cells.sorted { ($0.from, $0.to) < ($1.from, $1.to) }.map {
                    ([$0.from, $0.from, $0.to, $0.to], $0.count, $0.before, $0.after)
                }, context.company.currency),
        ]
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
