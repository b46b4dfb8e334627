import Model

/// An answer for a person at a terminal: headline, the main table with its charts, more tables, warnings, and one line on where the
/// numbers come from. No line is wider than the terminal.
struct TerminalText {
    let traits: TerminalTraits
    let exact: Bool

    private var paint: Paint { Paint(on: traits.color) }
    private var symbols: Symbols { traits.symbols }
    private var width: Int { traits.usableWidth }

    func text(of answer: Answer) -> String {
        var blocks = [prose(answer.headline).map(paint.bold)]
        blocks += answer.tables.prefix(1).map(lines)
        blocks += answer.charts.map(ChartLines(symbols: symbols, width: width).lines)
        blocks += answer.tables.dropFirst().map(lines)
        blocks.append(answer.warnings.flatMap(warning))
        blocks.append(
            footer(answer.passport, symbols: symbols, width: width).wrapped(to: width).map(paint.dim))
        return blocks.filter { !$0.isEmpty }
            .map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
    }

    func lines(_ table: AnswerTable) -> [String] {
        let layout = TableLayout.fitting(table, width: width, symbols: symbols, exact: exact)
        var lines: [String] = []
        if table.isWordsOnly {
            lines += table.notes.isEmpty ? [] : table.title.map(prose) ?? []
        } else {
            let caption = table.caption(layout.scale, separator: " \(symbols.dot) ")
            lines += caption.map { $0.harmless(symbols).wrapped(to: width) } ?? []
            lines += layout.lines(table.rows.map(\.style), paint: paint, symbols: symbols)
            lines += remarks(table, layout)
        }
        return lines + table.notes.flatMap(prose)
    }

    /// What the table does not show.
    private func remarks(_ table: AnswerTable, _ layout: TableLayout) -> [String] {
        var remarks: [String] = []
        if let cut = table.cutRemark { remarks.append(cut) }
        if !layout.dropped.isEmpty {
            let count = layout.dropped.count
            remarks.append(
                "\(count) \(count == 1 ? "column" : "columns") more in --format csv: "
                    + layout.dropped.joined(separator: ", "))
        }
        return remarks.flatMap { $0.harmless(symbols).wrapped(to: width).map(paint.dim) }
    }

    private func warning(_ warning: AnswerWarning) -> [String] {
        ("! " + warning.text.gluedText(exact: exact)).harmless(symbols)
            .wrapped(to: width, hanging: 2).map(paint.yellow)
    }

    private func prose(_ phrase: Phrase) -> [String] {
        phrase.gluedText(exact: exact).harmless(symbols).wrapped(to: width)
    }
}

extension AnswerTable {
    /// Whether there is nothing to draw but the notes, which then say why.
    var isWordsOnly: Bool {
        visibleColumns.isEmpty || rows.isEmpty
    }

    /// How many rows are shown of how many, when some are not.
    var cutRemark: String? {
        let shown = dataRows.count
        guard let totalRows, totalRows > shown else { return nil }
        return "\(NumberText.grouped(shown)) of \(NumberText.grouped(totalRows)) rows"
    }
}
