import Analytics
import Model

/// How far each node's deals reach towards its plan, as bars.
struct ForecastChart {
    let lines: [ForecastLine]
    let currency: String

    /// More bars are no picture any more.
    private static let mostBars = 12

    /// The chart; none where there is nothing to draw, or more than an eye takes in.
    var charts: [AnswerChart] {
        guard let top = lines.first, top.sums.upsideCumulative.amount > .zero else { return [] }
        // A node without a plan has nothing to reach: a bar of it would force all to one scale, the company's.
        let planned = lines.filter { ($0.leadingPlan?.1.amount ?? .zero) > .zero }
        let lines = planned.isEmpty ? self.lines.filter { $0.sums.upsideCumulative.amount > .zero } : planned
        guard lines.count <= Self.mostBars else { return [] }
        let parts: [ForecastCategory] = [.closed, .commit, .bestCase]
        let kinds = Set(lines.compactMap { $0.leadingPlan?.0 })
        return [
            AnswerChart(
                name: "reach", unit: currency,
                parts: parts.map { .init($0.rawValue, title: $0.title) },
                targetTitle: kinds.count > 1 ? "Plan" : kinds.first?.title,
                bars: lines.map { line in
                    .init(
                        line.name, depth: line.depth, amounts: parts.map { line.sums[$0].amount },
                        target: line.leadingPlan?.1.amount)
                })
        ]
    }
}
