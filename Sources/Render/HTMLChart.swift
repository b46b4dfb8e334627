import Model

/// A chart as a picture of SVG within a page: its bars beneath each other, stacked, with what is to be reached as a line.
struct HTMLChart {
    let chart: AnswerChart
    let exact: Bool

    /// All in units of the picture, which is as wide as the page.
    private static let width = 700, labelWidth = 180, valueWidth = 90, rowHeight = 26, barHeight = 16

    /// The picture with its legend; nil where no bar has a length.
    var text: String? {
        let longest = chart.bars.map(length).max() ?? .zero
        guard longest > .zero else { return nil }
        let height = chart.bars.count * Self.rowHeight + 4
        let rows = chart.bars.enumerated().map { row($1, number: $0, longest) }
        return """
            <figure>
            <svg viewBox="0 0 \(Self.width) \(height)" role="img" aria-label="\(escaped(label))">
            \(rows.joined(separator: "\n"))
            </svg>
            <figcaption>\(legend)</figcaption>
            </figure>
            """
    }

    private var label: String {
        let parts = chart.parts.map(\.title).joined(separator: ", ")
        return "Bars of \(parts), in \(chart.unit)"
    }

    /// Less than nothing has no length.
    private func filled(_ bar: AnswerChart.Bar) -> Amount {
        bar.amounts.reduce(Amount.zero) { $0 + max($1, .zero) }
    }

    private func length(_ bar: AnswerChart.Bar) -> Amount { max(filled(bar), bar.target ?? .zero) }

    private func row(_ bar: AnswerChart.Bar, number: Int, _ longest: Amount) -> String {
        let top = number * Self.rowHeight + 4
        let middle = top + Self.barHeight - 4
        let indent = 12 * min(max(bar.depth, 0), 5)
        var pieces = [
            "<text class=\"label\" x=\"\(indent)\" y=\"\(middle)\">\(escaped(shortened(bar.label)))</text>"
        ]
        var from = Self.labelWidth
        var sum = Amount.zero
        for (part, amount) in bar.amounts.enumerated() where amount > .zero {
            sum += amount
            let end = place(sum, longest)
            pieces.append(
                """
                <rect class="part\(min(part, 5))" x="\(from)" y="\(top)" width="\(end - from)" \
                height="\(Self.barHeight)"><title>\(title(bar, part))</title></rect>
                """)
            from = end
        }
        if let target = bar.target, target > .zero {
            let place = place(target, longest)
            pieces.append(
                """
                <line class="target" x1="\(place)" x2="\(place)" y1="\(top - 3)" y2="\(top + Self.barHeight + 3)"/>
                """)
        }
        pieces.append(
            "<text class=\"value\" x=\"\(Self.width)\" y=\"\(middle)\">\(escaped(money(filled(bar))))</text>")
        return pieces.joined(separator: "\n")
    }

    private func place(_ amount: Amount, _ longest: Amount) -> Int {
        let room = Double(Self.width - Self.labelWidth - Self.valueWidth)
        return Self.labelWidth + Int(((amount.ratio(to: longest) ?? 0) * room).rounded())
    }

    private func title(_ bar: AnswerChart.Bar, _ part: Int) -> String {
        let name = chart.parts.indices.contains(part) ? chart.parts[part].title : ""
        let amount = bar.amounts[part]
        return escaped("\(bar.label): \(name) \(money(amount)) \(chart.unit)")
    }

    private func money(_ amount: Amount) -> String {
        scale.text(amount)
    }

    private var scale: MoneyScale {
        MoneyScale.ladder(for: chart.bars.map(filled), exact: exact).first ?? .units
    }

    private func shortened(_ label: String) -> String {
        label.harmless(.unicode).truncated(to: 26, ellipsis: "…")
    }

    private var legend: String {
        var words = chart.parts.enumerated().map { number, part in
            "<span class=\"key part\(min(number, 5))\"></span> \(escaped(part.title))"
        }
        if let target = chart.targetTitle {
            words.append("<span class=\"key target\"></span> \(escaped(target))")
        }
        return words.joined(separator: "\n")
            + "\n<span class=\"unit\">\(escaped(scale.unit(chart.unit)))</span>"
    }
}
