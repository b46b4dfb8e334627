import Analytics
import Model
import Warehouse

/// The movement of every node down to a level: start, end and what lies between, a row a node.
struct NodeMovementTable {
    private let read: MovementRead
    private let context: QuestionContext
    private let level: ForecastQuestion.Level

    init(_ read: MovementRead, _ context: QuestionContext, level: ForecastQuestion.Level) {
        self.read = read
        self.context = context
        self.level = level
    }

    var table: AnswerTable {
        let entries = read.entries(downTo: level)
        let currency = context.company.currency
        func amount(_ name: String, _ title: String, isDetail: Bool = false) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .amount, unit: currency, isDetail: isDetail)
        }
        let measure = read.movement.rule.measure
        let isSeen = { (bucket: MovementBucket) in
            entries.contains { read.movement[$0.place][bucket].count > 0 }
        }
        return AnswerTable(
            name: "nodes", title: "\(measure.title) by \(level.rawValue)",
            columns: ComparedLines.identityColumns + [
                amount("start", "\(read.from.day)"), amount("end", "\(read.to.day)"),
                amount("change", "Change"),
            ]
                + MovementBucket.allCases.map {
                    amount($0.code, $0.title(in: measure), isDetail: !isSeen($0))
                },
            rows: entries.map { entry in
                let node = read.movement[entry.place]
                return AnswerTable.Row(
                    [
                        .text(entry.name), .text(entry.level), entry.parent.map { .text($0) } ?? .null,
                        .amount(node.start.amount), .amount(node.end.amount), .amount(node.change),
                    ] + MovementBucket.allCases.map { .amount(node[$0].amount) },
                    style: entry.depth == 0 ? .total : .indented(entry.depth))
            })
    }
}

/// The movement in each currency, as amounts are entered: no rate has a part in it. A deal is its owner's alone here.
struct CurrencyMovementTable {
    private let rows: [AnswerTable.Row]

    /// - Throws: `BW405` when the movement does not add up in a currency.
    init(_ read: MovementRead, _ context: QuestionContext) throws(BellwetherError) {
        let measure = read.movement.rule.measure
        let currencies = Set(
            read.pairs.flatMap { [$0.before?.currency, $0.after?.currency].compactMap(\.self) })
        var rows: [AnswerTable.Row] = []
        for currency in currencies.sorted() {
            let movement = try Movement(
                read.pairs.compactMap { $0.entered(in: currency) }, read.movement.rule, from: read.before,
                to: read.after)
            let node = movement[context.filter.place]
            guard node.start.count + node.end.count > 0 else { continue }
            func row(
                _ code: String, _ title: String, _ amount: Amount, _ count: Int, _ level: String
            ) -> AnswerTable.Row {
                AnswerTable.Row([
                    .text(currency), .text(code), .text(title), .amount(amount), .integer(count),
                    .text(level),
                ])
            }
            rows.append(row("start", "On \(read.from.day)", node.start.amount, node.start.count, "start"))
            rows += node.buckets.map {
                row($0.bucket.code, $0.bucket.title(in: measure), $0.sum.amount, $0.sum.count, "bucket")
            }
            rows.append(row("end", "On \(read.to.day)", node.end.amount, node.end.count, "end"))
        }
        self.rows = rows
    }

    var table: AnswerTable {
        AnswerTable(
            name: "currencies", title: "By currency, as entered",
            columns: [
                AnswerColumn("currency", title: "Currency", kind: .text),
                AnswerColumn("bucket", title: "Bucket", kind: .text, isDetail: true),
                AnswerColumn("movement", title: "Movement", kind: .text),
                AnswerColumn("amount", title: "Amount", kind: .amount),
                AnswerColumn("count", title: "Deals", kind: .integer),
                AnswerColumn("level", title: "Level", kind: .text, isDetail: true),
            ], rows: rows,
            notes: rows.isEmpty
                ? []
                : [
                    "A shared deal counts whole for its owner here; a deal whose currency changed goes from one to the other as Currency"
                ])
    }
}

extension DealPair {
    /// The same deal as far as it is entered in a currency; nil when it is on neither day.
    fileprivate func entered(in currency: String) -> DealPair? {
        guard before?.currency == currency || after?.currency == currency else { return nil }
        func side(_ side: DealSide?) -> DealSide? {
            side.map { side in
                let amount = side.currency == currency ? side.entered : Amount.zero
                return DealSide(
                    holder: side.holder, kind: side.kind, category: side.category, closeDate: side.closeDate,
                    entered: amount, currency: side.currency, amount: amount)
            }
        }
        // Out of one currency or into it nothing of the deal itself has changed.
        let isSame = before?.currency == after?.currency
        let (before, after) = (side(before), side(after))
        return DealPair(
            id: id, count: count, before: before, after: after, absence: absence, isReturned: isReturned,
            afterAtOldRate: isSame ? after?.amount : before?.amount)
    }
}
