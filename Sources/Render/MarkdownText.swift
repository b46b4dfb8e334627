import Model

/// An answer in GitHub's Markdown: the headline bold, tables, warnings as a list, and a line on
/// where the numbers come from. Nothing in a text can end a cell or become markup.
struct MarkdownText {
    let exact: Bool

    func text(of answer: Answer) -> String {
        var blocks: [String] = []
        let headline = escaped(render(answer.headline, exact: exact))
        if !headline.isEmpty { blocks.append("**\(headline)**") }
        blocks += answer.tables.prefix(1).flatMap(self.blocks)
        blocks += answer.charts.compactMap(picture)
        blocks += answer.tables.dropFirst().flatMap(self.blocks)
        let warnings = answer.warnings.map { "- Warning: " + escaped(render($0.text, exact: exact)) }
        if !warnings.isEmpty { blocks.append(warnings.joined(separator: "\n")) }
        blocks.append("_" + escaped(footer(answer.passport, symbols: .unicode, width: .max)) + "_")
        return blocks.joined(separator: "\n\n") + "\n"
    }

    private func blocks(_ table: AnswerTable) -> [String] {
        let scale = table.moneyScales(exact: exact).first ?? .units
        let isEmpty = table.isWordsOnly
        let caption =
            isEmpty ? table.title.map { render($0, exact: exact) } : table.caption(scale, separator: " · ")
        var blocks: [String] = []
        if let caption { blocks.append("### " + escaped(caption)) }
        if !isEmpty { blocks.append(grid(table, scale)) }
        let remarks = (table.cutRemark.map { [$0] } ?? []) + table.notes.map { render($0, exact: exact) }
        if !remarks.isEmpty { blocks.append(remarks.map { "- " + escaped($0) }.joined(separator: "\n")) }
        return blocks
    }

    /// A chart as it is on a terminal, in which no sign is markup; a fence within a label would end it.
    private func picture(_ chart: AnswerChart) -> String? {
        let lines = ChartLines(symbols: .unicode, width: 100).lines(chart)
        guard !lines.isEmpty else { return nil }
        return (["```"] + lines.map { $0.replacing("`", with: "'") } + ["```"]).joined(separator: "\n")
    }

    private func grid(_ table: AnswerTable, _ scale: MoneyScale) -> String {
        let columns = table.visibleColumns.map {
            table.columnText($0, scale: scale, symbols: .unicode)
        }
        let marks = columns.map { $0.isNumeric ? "---:" : ":---" }
        let rows = table.rows.enumerated().map { number, row in
            line(
                columns.enumerated().map { index, column in
                    cell(column.cells[number].text, row.style, isFirst: index == 0)
                })
        }
        return ([line(columns.map { escaped($0.heading) }), line(marks)] + rows)
            .joined(separator: "\n")
    }

    private func line(_ cells: [String]) -> String {
        "| " + cells.joined(separator: " | ") + " |"
    }

    private func cell(_ text: String, _ style: AnswerTable.RowStyle, isFirst: Bool) -> String {
        let text = escaped(text)
        switch style {
        case .plain: return text
        case .total: return text.isEmpty ? text : "**\(text)**"
        case .indented(let level):
            // Markdown drops blanks at a cell's start; these it keeps.
            return isFirst ? String(repeating: "&emsp;", count: min(max(level, 0), 10)) + text : text
        }
    }

    /// One line in which every sign that Markdown or HTML could read as markup stands for itself.
    private func escaped(_ text: String) -> String {
        let line = text.harmless(.unicode).replacing(glue, with: " ")
            .split(separator: " ").joined(separator: " ")
        var result = ""
        for scalar in line.unicodeScalars {
            if "\\`*_[]<>|~&#$".unicodeScalars.contains(scalar) { result += "\\" }
            result.unicodeScalars.append(scalar)
        }
        return result
    }
}
