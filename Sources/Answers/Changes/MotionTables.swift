import Analytics
import Model
import Warehouse

/// Net and gross: what every night between two days moved, and what of it returned.
struct MotionTables {
    let tables: [AnswerTable]
    /// Whether anything went both ways.
    let hasReturned: Bool

    /// Reads every night between the days.
    ///
    /// - Throws: `BW405` when the nights do not add up to what lies between the days.
    init(_ read: MovementRead, _ reader: MovementReader, _ nights: [Day]) throws(BellwetherError) {
        let place = read.context.filter.place
        var days = [(read.from.day, Self.values(read.from, place, read.before))]
        for night in nights {
            let sides = try reader.sides(on: night)
            let organisation = try read.context.organisation(on: night, reader.warehouse)
            days.append((night, Self.values(sides, place, try DealPlaces(organisation))))
        }
        days.append((read.to.day, Self.values(read.to, place, read.after)))
        let motion = NightlyMotion(days)
        try MovementProof.check(
            "motion of the nights", of: place, DealSum(count: 0, amount: motion.net),
            is: DealSum(count: 0, amount: read.node.change))
        let returned = motion.returned
        hasReturned = !returned.isEmpty
        let names = try reader.warehouse.lastNames(of: returned.map(\.id), at: read.context.point)
        tables =
            [Self.sums(motion, nights.count + 1, read)]
            + (returned.isEmpty ? [] : [Self.deals(returned, names, read)])
    }

    /// What each deal counts for the node on a day.
    private static func values(
        _ sides: DealSides, _ place: NodePlace, _ organisation: DealPlaces
    ) -> [RecordID: Amount] {
        let shares = NodeShares(of: place, organisation, organisation)
        return sides.byID.compactMapValues { shares.amount($0, .after) }
    }

    private static func sums(_ motion: NightlyMotion, _ nights: Int, _ read: MovementRead) -> AnswerTable {
        let back = motion.returnedAmount
        func amount(_ name: String, _ title: String) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .amount, unit: read.context.company.currency)
        }
        func row(
            _ name: String, _ gross: Amount, _ returned: Amount, style: AnswerTable.RowStyle = .plain
        ) -> AnswerTable.Row {
            AnswerTable.Row(
                [
                    .text(name), .amount(gross), .amount(returned), .amount(gross - returned),
                    .text(style == .total ? "net" : "part"),
                ], style: style)
        }
        return AnswerTable(
            name: "motion", title: "Every night's motion",
            columns: [
                AnswerColumn("motion", title: "Motion", kind: .text),
                amount("gross", "Gross"), amount("returned", "Returned"), amount("net", "Net"),
                AnswerColumn("level", title: "Level", kind: .text, isDetail: true),
            ],
            rows: [
                row("Up", motion.up, back), row("Down", motion.down, -back),
                row("Up and down", motion.net, .zero, style: .total),
            ],
            notes: nights == 1 ? ["No night between the two days: gross is net"] : [])
    }

    private static func deals(
        _ returned: [NightlyMotion.Returned], _ names: [RecordID: DealName], _ read: MovementRead
    ) -> AnswerTable {
        let shown = returned.prefix(Self.most)
        return AnswerTable(
            name: "returned", title: "What left and came back, or went up and down",
            columns: [
                AnswerColumn("deal", title: "Deal", kind: .text),
                AnswerColumn("source", title: "Source", kind: .text, isDetail: true),
                AnswerColumn("id", title: "Id", kind: .text, isDetail: true),
                AnswerColumn("motion", title: "Motion", kind: .text),
                AnswerColumn("amount", title: "Amount", kind: .amount, unit: read.context.company.currency),
                AnswerColumn("down", title: "First down", kind: .day),
                AnswerColumn("up", title: "Last up", kind: .day),
                AnswerColumn("owner", title: "Owner", kind: .text),
            ],
            rows: shown.map { deal in
                AnswerTable.Row([
                    .text(names[deal.id]?.name ?? deal.id.id), .text(deal.id.source), .text(deal.id.id),
                    .text(deal.kind.title), .amount(deal.amount), .day(deal.down), .day(deal.up),
                    names[deal.id]?.owner.map { .text($0) } ?? .null,
                ])
            }, totalRows: shown.count < returned.count ? returned.count : nil)
    }

    private static let most = 20
}

extension NightlyMotion.Returned.Kind {
    fileprivate var title: String {
        switch self {
        case .leftAndCameBack: "Left and came back"
        case .cameAndLeft: "Came and left"
        case .amount: "Amount up and down"
        }
    }
}
