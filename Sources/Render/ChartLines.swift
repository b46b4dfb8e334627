import Model

/// A chart in lines of text: its bars beneath each other, and a legend. Where each bar has a target they are drawn by
/// their share of it, so that small and large nodes compare; else by amount. The bars of a waterfall begin where the one
/// before ends.
struct ChartLines {
    let symbols: Symbols
    let width: Int

    private static let gap = 2
    /// A narrower bar shows nothing, a wider one no more.
    private static let barWidths = 20...60
    /// A bar that is longer than this many of its targets ends in an arrow.
    private static let mostTargets = 2.0

    /// The lines; none where bars find no room or have no length.
    func lines(_ chart: AnswerChart) -> [String] {
        let labels = chart.bars.map {
            String(repeating: "  ", count: min($0.depth, 10)) + $0.label.harmless(symbols)
        }
        let most = max(width / 3, 8)
        let labelWidth = min(labels.map(\.displayWidth).max() ?? 0, most)
        let room = min(width - labelWidth - Self.gap, Self.barWidths.upperBound)
        let drawn = drawnBars(chart)
        let longest = drawn.map { max($0.ends.last ?? 0, $0.target ?? 0) }.max() ?? 0
        guard room >= Self.barWidths.lowerBound, longest > 0 else { return [] }
        return zip(labels, drawn).map { label, bar in
            let label = label.truncated(to: labelWidth, ellipsis: symbols.ellipsis)
            let cells = cells(bar, room, longest)
            guard !cells.isEmpty else { return label }
            return label + String(repeating: " ", count: labelWidth - label.displayWidth + Self.gap) + cells
        } + [legend(chart)]
    }

    /// A bar measured: where it begins, where each of its parts ends, and where its target stands.
    private struct DrawnBar {
        var start = 0.0
        var ends: [Double]
        var target: Double?
        var isCut = false
    }

    private func drawnBars(_ chart: AnswerChart) -> [DrawnBar] {
        if let origin = chart.origin { return steps(chart, above: origin) }
        let isShare = chart.bars.allSatisfy { ($0.target ?? .zero) > .zero }
        let unit = Amount(1)
        return chart.bars.map { bar in
            let measure = isShare ? bar.target ?? unit : unit
            var sum = Amount.zero
            var ends = bar.amounts.map { amount in
                // Less than nothing has no length.
                sum = sum + max(amount, .zero)
                return sum.ratio(to: measure) ?? 0
            }
            let isCut = isShare && (ends.last ?? 0) > Self.mostTargets
            if isCut { ends = ends.map { min($0, Self.mostTargets) } }
            let target = bar.target.flatMap { $0 > .zero ? $0.ratio(to: measure) : nil }
            return DrawnBar(ends: ends, target: target, isCut: isCut)
        }
    }

    /// The bars of a waterfall.
    private func steps(_ chart: AnswerChart, above origin: Amount) -> [DrawnBar] {
        chart.bars.map { bar in
            var sum = max(bar.base ?? .zero, origin)
            let start = (sum - origin).ratio(to: Amount(1)) ?? 0
            sum = bar.base ?? .zero
            let ends = bar.amounts.map { amount in
                sum = sum + amount
                return (sum - origin).ratio(to: Amount(1)) ?? 0
            }
            return DrawnBar(start: start, ends: ends)
        }
    }

    private func cells(_ bar: DrawnBar, _ room: Int, _ longest: Double) -> String {
        let cell = { (value: Double) in Int((value / longest * Double(room)).rounded()) }
        // A step that is too small for a cell has one all the same.
        let first = min(cell(bar.start), room - 1)
        var cells: [Character] = Array(repeating: " ", count: max(first, 0))
        var reached = bar.start
        for (part, end) in bar.ends.enumerated() {
            guard end > reached else { continue }
            let least = bar.start > 0 ? cells.count + 1 : 0
            reached = end
            let count = max(0, max(cell(end), least) - cells.count)
            cells += Array(repeating: symbols.part(part), count: count)
        }
        if let target = bar.target {
            let place = min(max(cell(target), 1), room) - 1
            while cells.count <= place { cells.append(" ") }
            cells[place] = symbols.mark
        }
        if bar.isCut, !cells.isEmpty { cells[cells.count - 1] = symbols.more }
        return String(cells)
    }

    private func legend(_ chart: AnswerChart) -> String {
        var words = chart.parts.enumerated().map { "\(symbols.part($0)) \($1.title)" }
        if let target = chart.targetTitle { words.append("\(symbols.mark) \(target)") }
        if let origin = chart.origin, origin != .zero {
            let axis: Phrase = "axis from \(origin, chart.unit)"
            words.append(axis.gluedText(exact: false).replacing(glue, with: " "))
        }
        return words.joined(separator: "  ").truncated(to: width, ellipsis: symbols.ellipsis)
    }
}
