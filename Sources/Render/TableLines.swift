import Model

extension TableLayout {
    /// The table's lines: headings, a rule, the rows with totals set apart. No line ends in a blank.
    func lines(_ styles: [AnswerTable.RowStyle], paint: Paint, symbols: Symbols) -> [String] {
        let rule = paint.dim(String(repeating: symbols.rule, count: width))
        var lines = headingLines().map(paint.bold) + [rule]
        for (row, style) in styles.enumerated() {
            let isTotal = style == .total
            // A rule wherever totals begin or end, save at the table's own edges.
            if row > 0, isTotal != (styles[row - 1] == .total) { lines.append(rule) }
            let line = line(row, paint: paint)
            lines.append(isTotal ? paint.bold(line) : line)
        }
        return lines
    }

    private func headingLines() -> [String] {
        let height = columns.map(\.heading.count).max() ?? 0
        return (0..<height).map { number in
            var line = Line()
            for (index, column) in columns.enumerated() {
                // Headings stand on the rule: the short ones begin further down.
                let position = number - (height - column.heading.count)
                let text = position >= 0 ? column.heading[position] : ""
                let blanks = column.width - text.displayWidth
                line.add(
                    text, before: (index > 0 ? Self.gap : 0) + (column.isNumeric ? blanks : 0),
                    after: column.isNumeric ? 0 : blanks)
            }
            return line.text
        }
    }

    private func line(_ row: Int, paint: Paint) -> String {
        var line = Line()
        for (index, column) in columns.enumerated() {
            let cell = column.cells[row]
            let blanks = column.width - cell.text.displayWidth
            // Numbers end where the column ends, save for the decimals they do not have.
            let after =
                column.isNumeric
                ? min(blanks, max(0, column.tailWidth - cell.tail.displayWidth)) : blanks
            line.add(
                cell.isNegative ? paint.red(cell.text) : cell.text,
                before: (index > 0 ? Self.gap : 0) + blanks - after, after: after)
        }
        return line.text
    }
}

/// A line under construction; blanks are written only when something follows them.
private struct Line {
    private(set) var text = ""
    private var pending = 0

    mutating func add(_ piece: String, before: Int, after: Int) {
        pending += before
        guard !piece.isEmpty else { return pending += after }
        text += String(repeating: " ", count: pending) + piece
        pending = after
    }
}
