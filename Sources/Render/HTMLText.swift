import Model

/// An answer as one page of HTML that needs nothing beside it: no script, no other file, no address. It is read on a
/// telephone and printed, in light or dark as its reader prefers. Nothing in a text can become markup.
struct HTMLText {
    let exact: Bool

    func text(of answer: Answer) -> String {
        let headline = answer.headline.gluedText(exact: exact)
        var body: [String] = []
        if !headline.isEmpty { body.append("<h1>\(escaped(headline))</h1>") }
        body += answer.tables.prefix(1).flatMap(section)
        body += answer.charts.compactMap { HTMLChart(chart: $0, exact: exact).text }
        body += answer.tables.dropFirst().flatMap(section)
        if !answer.warnings.isEmpty {
            let items = answer.warnings.map { "<li>\(escaped($0.text.gluedText(exact: exact)))</li>" }
            body.append("<ul class=\"warnings\">\(items.joined(separator: "\n"))</ul>")
        }
        body.append("<footer>\(escaped(footer(answer.passport, symbols: .unicode, width: .max)))</footer>")
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="color-scheme" content="light dark">
            <title>\(escaped(headline.isEmpty ? answer.question : headline))</title>
            <style>
            \(HTMLStyle.sheet)
            </style>
            </head>
            <body>
            \(body.joined(separator: "\n"))
            </body>
            </html>

            """
    }

    // MARK: - Tables

    private func section(_ table: AnswerTable) -> [String] {
        let scale = table.moneyScales(exact: exact).first ?? .units
        let isEmpty = table.isWordsOnly
        let caption =
            isEmpty ? table.title?.gluedText(exact: exact) : table.caption(scale, separator: " · ")
        var parts: [String] = []
        if let caption { parts.append("<h2>\(escaped(caption))</h2>") }
        if !isEmpty { parts.append("<div class=\"table\">\n\(grid(table, scale))\n</div>") }
        let remarks = (table.cutRemark.map { [$0] } ?? []) + table.notes.map { $0.gluedText(exact: exact) }
        parts += remarks.map { "<p class=\"note\">\(escaped($0))</p>" }
        return parts.isEmpty ? [] : ["<section>\n\(parts.joined(separator: "\n"))\n</section>"]
    }

    private func grid(_ table: AnswerTable, _ scale: MoneyScale) -> String {
        let visible = table.visibleColumns
        let columns = visible.map { table.columnText($0, scale: scale, symbols: .unicode) }
        let kinds = visible.map { Self.kind(table.columns[$0].kind) }
        let heads = zip(columns, kinds).map { column, kind in
            "<th scope=\"col\"\(Self.mark(kind.map { [$0] } ?? []))>\(escaped(column.heading))</th>"
        }
        let rows = table.rows.enumerated().map { number, row in
            let cells = zip(columns, kinds).enumerated().map { index, column in
                var classes = column.1.map { [$0] } ?? []
                if column.0.cells[number].isNegative { classes.append("negative") }
                if index == 0, case .indented(let level) = row.style {
                    classes.append("in\(min(max(level, 0), 10))")
                }
                return "<td\(Self.mark(classes))>\(escaped(column.0.cells[number].text))</td>"
            }
            return "<tr\(Self.mark(row.style == .total ? ["total"] : []))>\(cells.joined())</tr>"
        }
        return
            (["<table>", "<thead><tr>\(heads.joined())</tr></thead>", "<tbody>"] + rows
            + ["</tbody>", "</table>"]).joined(separator: "\n")
    }

    /// The class of a column's cells; nil for words, which may break.
    private static func kind(_ kind: AnswerColumn.Kind) -> String? {
        switch kind {
        case .integer, .amount, .rate, .measure: "number"
        case .day: "day"
        case .text, .boolean, .trend: nil
        }
    }

    private static func mark(_ classes: [String]) -> String {
        classes.isEmpty ? "" : " class=\"\(classes.joined(separator: " "))\""
    }
}

/// One line of text in which every sign that HTML could read as markup stands for itself, in an element as in an attribute.
/// The blank between a number and its unit stays one at which no line breaks.
func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.harmless(.unicode).unicodeScalars {
        switch scalar {
        case "&": result += "&amp;"
        case "<": result += "&lt;"
        case ">": result += "&gt;"
        case "\"": result += "&quot;"
        case "'": result += "&#39;"
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result
}
