import Analytics
import Model
import Warehouse

/// The movement of the node that is asked for in words: the sentence, the main table and the waterfall.
struct MovementWords {
    let read: MovementRead
    let context: QuestionContext
    let measure: MovementMeasure

    private var node: NodeMovement { read.node }
    var currency: String { context.company.currency }
    private var name: String { context.filter.name ?? context.company.name }

    // MARK: - The sentence

    var headline: Phrase {
        let start: Phrase = "\(name) \(context.period.label): \(measure.title.lowercased())"
        let (from, to) = (node.start.amount, node.end.amount)
        let told: Phrase
        if node.change == .zero {
            told = "\(start) stands at \(to, currency), as on \(read.from.day)"
        } else {
            let verb = node.change < .zero ? "fell" : "rose"
            told = """
                \(start) \(verb) by \(node.change.magnitude, currency) since \(read.from.day), from \
                \(from, "") to \(to, currency)
                """
        }
        let reasons = self.reasons
        guard let first = reasons.first else { return "\(told): no deal moved" }
        let shown = reasons.dropFirst().prefix(Self.mostReasons - 1).reduce(words(first, isFirst: true)) {
            "\($0), \(words($1, isFirst: false))"
        }
        let more = reasons.count - Self.mostReasons
        return more > 0 ? "\(told): \(shown), \(more) more" : "\(told): \(shown)"
    }

    private static let mostReasons = 6

    /// What takes before what adds, the largest first.
    private var reasons: [(bucket: MovementBucket, sum: MovementSum)] {
        node.buckets.filter { $0.sum.amount != .zero }.sorted { left, right in
            let (one, other) = (left.sum.amount, right.sum.amount)
            if (one < .zero) != (other < .zero) { return one < .zero }
            if one.magnitude != other.magnitude { return one.magnitude > other.magnitude }
            return left.bucket.rawValue < right.bucket.rawValue
        }
    }

    private func words(_ reason: (bucket: MovementBucket, sum: MovementSum), isFirst: Bool) -> Phrase {
        let (bucket, sum) = reason
        let noun = isFirst ? (sum.count == 1 ? " deal" : " deals") : ""
        let sign = sum.amount > .zero ? "+" : ""
        let verb = bucket.verb(in: measure, count: sum.count)
        return "\(sum.count)\(noun) \(verb) (\(sign)\(sum.amount, ""))"
    }

    // MARK: - The main table

    func table(notes: [Phrase]) -> AnswerTable {
        let unchanged = node.unchanged
        var rows = [edge("start", "On \(read.from.day)", node.start)]
        rows += node.buckets.map { bucket, sum in
            AnswerTable.Row(
                [
                    .text(bucket.code), .text(bucket.title(in: measure)), .amount(sum.amount),
                    .integer(sum.count), .amount(sum.up), .amount(sum.down), .text("bucket"),
                ], style: .indented(1))
        }
        if unchanged.count > 0 {
            rows.append(
                AnswerTable.Row(
                    [
                        .text("unchanged"), .text("Unchanged"), .amount(.zero), .integer(unchanged.count),
                        .amount(.zero), .amount(.zero), .text("bucket"),
                    ], style: .indented(1)))
        }
        rows.append(edge("end", "On \(read.to.day)", node.end))
        return AnswerTable(
            name: "movement", title: "\(measure.title) of \(context.period.label)",
            columns: [
                AnswerColumn("bucket", title: "Bucket", kind: .text, isDetail: true),
                AnswerColumn("movement", title: "Movement", kind: .text),
                AnswerColumn("amount", title: "Amount", kind: .amount, unit: currency),
                AnswerColumn("count", title: "Deals", kind: .integer),
                AnswerColumn("up", title: "adds", kind: .amount, unit: currency, isDetail: true),
                AnswerColumn("down", title: "takes", kind: .amount, unit: currency, isDetail: true),
                AnswerColumn("level", title: "Level", kind: .text, isDetail: true),
            ],
            rows: rows,
            notes: ["Start and movements add up to the end: residual 0.00"] + moveNote + notes)
    }

    private func edge(_ code: String, _ title: String, _ sum: DealSum) -> AnswerTable.Row {
        AnswerTable.Row(
            [
                .text(code), .text(title), .amount(sum.amount), .integer(sum.count), .null, .null,
                .text(code),
            ], style: .total)
    }

    private var moveNote: [Phrase] {
        guard node[.movedIn].count + node[.movedOut].count > 0 else { return [] }
        return [
            "Moved: another owner or team has the deal now, at the amount of \(read.from.day); what became of it since is told where it is"
        ]
    }

    // MARK: - The waterfall

    var charts: [AnswerChart] {
        guard node.buckets.contains(where: { $0.sum.amount != .zero }) else { return [] }
        var level = node.start.amount
        var bars = [
            AnswerChart.Bar("\(read.from.day)", amounts: [level, .zero, .zero], base: .zero)
        ]
        for (bucket, sum) in node.buckets where sum.amount != .zero {
            let next = level + sum.amount
            bars.append(
                AnswerChart.Bar(
                    bucket.title(in: measure), depth: 1,
                    amounts: [.zero, max(sum.amount, .zero), max(-sum.amount, .zero)],
                    base: min(level, next)))
            level = next
        }
        bars.append(AnswerChart.Bar("\(read.to.day)", amounts: [level, .zero, .zero], base: .zero))
        return [
            AnswerChart(
                name: "waterfall", unit: currency,
                parts: [
                    .init("level", title: measure.title), .init("up", title: "adds"),
                    .init("down", title: "takes"),
                ], bars: bars)
        ]
    }
}
