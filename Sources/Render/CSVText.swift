import Model

/// A table as CSV (RFC 4180): the columns' names, then every column and row exactly; money and
/// rates as plain decimals, days as `2026-12-07`, absent values empty, lines ending in CR LF.
/// Rows in the style of a total are left out unless a column `level` tells them apart.
///
/// Unless `raw`, text that a spreadsheet would run as a formula gets an apostrophe in front;
/// numbers never do.
public func renderCSV(_ table: AnswerTable, raw: Bool = false) -> String {
    let header = table.columns.map { quoted($0.name) }
    let rows = table.dataRows.map { row in
        table.columns.indices.map { field(table.value(row, $0), raw: raw) }
    }
    return ([header] + rows).map { fields in
        // One empty field alone would read as a line without any.
        (fields == [""] ? "\"\"" : fields.joined(separator: ",")) + "\r\n"
    }.joined()
}

private func field(_ value: AnswerValue, raw: Bool) -> String {
    switch value {
    case .null: ""
    case .text(let text): quoted(raw ? text : guarded(text))
    case .integer(let number): String(number)
    case .amount(let amount): amount.description
    case .rate(let rate): NumberText.plain(rate) ?? ""
    case .day(let day): day.description
    case .boolean(let isTrue): isTrue ? "true" : "false"
    case .measure(let measure):
        switch measure.number {
        case .amount(let amount): amount.description
        case .count(let count): String(count)
        case .rate(let rate): NumberText.plain(rate) ?? ""
        }
    // In one field, a semicolon between two: absent ones empty.
    case .trend(let values):
        values.map { $0.flatMap(NumberText.plain) ?? "" }.joined(separator: ";")
    }
}

/// The first characters that make a spreadsheet read text as a formula, after
/// https://owasp.org/www-community/attacks/CSV_Injection
private func guarded(_ text: String) -> String {
    guard let first = text.unicodeScalars.first else { return text }
    return "=+-@\t\r\n＝＋－＠".unicodeScalars.contains(first) ? "'" + text : text
}

/// Looks at bytes, not characters: to Swift CR LF is one character, and so is a quotation mark
/// with an accent above it.
private func quoted(_ text: String) -> String {
    let special: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: "\""), 13, 10]
    let edges = [text.utf8.first, text.utf8.last]
    guard text.utf8.contains(where: special.contains) || edges.contains(UInt8(ascii: " ")) else {
        return text
    }
    var result = "\""
    for scalar in text.unicodeScalars {
        if scalar == "\"" { result += "\"" }
        result.unicodeScalars.append(scalar)
    }
    return result + "\""
}
