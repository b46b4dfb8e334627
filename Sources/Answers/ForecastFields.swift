import Analytics
import Model

/// What the main table of `forecast` says of each line, column by column.
struct ForecastFields {
    /// The lines that are shown: a column in which none of them has anything is a detail.
    let lines: [ForecastLine]
    let currency: String
    /// Whether anybody has called.
    let hasCalls: Bool

    /// A column and what stands in it.
    struct Field {
        let column: AnswerColumn
        let value: (ForecastLine) -> AnswerValue
    }

    /// The columns in the order of reading: what stands last gives way first on a narrow terminal.
    var all: [Field] {
        let lacks = { (kind: PlanAmount.Kind) in !lines.contains { $0.plan[kind] != nil } }
        let isEmpty = { (category: ForecastCategory) in !lines.contains { $0.sums[category].count > 0 } }
        func text(
            _ name: String, _ title: String, isDetail: Bool, _ value: @escaping (ForecastLine) -> String?
        )
            -> Field
        {
            Field(column: AnswerColumn(name, title: title, kind: .text, isDetail: isDetail)) {
                value($0).map { .text($0) } ?? .null
            }
        }
        func amount(
            _ name: String, _ title: String, isDetail: Bool = false,
            _ value: @escaping (ForecastLine) -> Amount?
        ) -> Field {
            Field(
                column: AnswerColumn(name, title: title, kind: .amount, unit: currency, isDetail: isDetail)
            ) { value($0).map { .amount($0) } ?? .null }
        }
        func rate(
            _ name: String, _ title: String, _ unit: String, isDetail: Bool = true,
            _ value: @escaping (ForecastLine) -> Double?
        ) -> Field {
            Field(column: AnswerColumn(name, title: title, kind: .rate, unit: unit, isDetail: isDetail)) {
                value($0).map { .rate($0) } ?? .null
            }
        }
        func category(_ category: ForecastCategory, isDetail: Bool = false) -> Field {
            amount(category.rawValue, category.title, isDetail: isDetail) { $0.sums[category].amount }
        }
        return [
            text("node", "Node", isDetail: false) { $0.name },
            text("level", "Level", isDetail: true) { $0.levelName },
            text("parent", "Parent", isDetail: true) { $0.parentName },
            category(.closed), category(.commit), category(.bestCase), category(.pipeline),
            amount("commit_cum", "Closed + commit") { $0.sums.commitCumulative.amount },
            amount("call", "Call", isDetail: !hasCalls) { $0.calls?.effective },
            amount("judgement", "Judgement", isDetail: !hasCalls) { $0.calls?.judgement },
            amount("budget", "Budget", isDetail: lacks(.budget)) { $0.plan[.budget]?.amount },
            amount("gap", "Gap", isDetail: lacks(.quota) && lacks(.budget)) { line in
                line.leadingPlan.map { $0.1.amount - line.call }
            },
            category(.unmapped, isDetail: isEmpty(.unmapped)),
            amount("quota", "Quota", isDetail: lacks(.quota)) { $0.plan[.quota]?.amount },
            rate("attainment", "Attained", "%", isDetail: lacks(.quota)) { line in
                line.plan[.quota].flatMap { line.sums[.closed].amount.ratio(to: $0.amount) }
            },
            amount("upside_cum", "+ best case") { $0.sums.upsideCumulative.amount },
            category(.omitted, isDetail: isEmpty(.omitted)),
            amount("undated", "Undated", isDetail: !lines.contains { $0.sums.undated.amount != .zero }) {
                $0.sums.undated.amount
            },
            amount("call_override", "Override", isDetail: true) { $0.calls?.override?.amount },
            amount("submitted", "Submitted", isDetail: true) { $0.calls?.submitted?.amount },
            amount("rolled_up", "Rolled up", isDetail: true) { $0.calls?.rolledUp },
            amount("open", "Open", isDetail: true) { $0.sums.open.amount },
            amount("past_due", "Past due", isDetail: true) { $0.sums.pastDue.amount },
            amount("earlier_past_due", "Past due, earlier periods", isDetail: true) {
                $0.sums.earlierPastDue.amount
            },
            amount("won_undated", "Won, undated", isDetail: true) { $0.sums.wonUndated.amount },
            rate("coverage_to_go", "Coverage to go", "x") { line in
                line.leadingPlan.flatMap {
                    line.sums.open.amount.ratio(to: $0.1.amount - line.sums[.closed].amount)
                }
            },
            amount("overlay", "Overlay", isDetail: true) { $0.sums.overlay },
            rate("overlay_ratio", "Overlay ratio", "%") { $0.overlayRatio },
        ] + counts
    }

    private var counts: [Field] {
        func count(
            _ name: String, _ title: String, isDetail: Bool = true, _ sum: @escaping (ForecastSums) -> DealSum
        ) -> Field {
            Field(
                column: AnswerColumn(name, title: title, kind: .integer, unit: "deals", isDetail: isDetail)
            ) { .integer(sum($0.sums).count) }
        }
        return ForecastCategory.allCases.map { category in
            count(category.rawValue + "_count", category.title + " deals") { $0[category] }
        } + [
            count("open_count", "Open deals") { $0.open },
            count("past_due_count", "Past-due deals") { $0.pastDue },
            // Open deals of some CRMs carry no amount: their number is then all there is to show.
            count(
                "undated_count", "Undated deals",
                isDetail: !lines.contains { $0.sums.undated.count > 0 && $0.sums.undated.amount == .zero }
            ) { $0.undated },
            count("earlier_past_due_count", "Past-due deals, earlier periods") { $0.earlierPastDue },
            count("won_undated_count", "Won deals, undated") { $0.wonUndated },
        ]
    }
}
