import Model

/// An answer written down in a format, ending in a line break (empty when CSV has no table).
///
/// - Parameters:
///   - terminal: the terminal's width and abilities; other formats do not look at it.
///   - exact: whether terminal, Markdown and HTML show money to its last place instead of short;
///     CSV and JSON tables are always exact.
///   - raw: whether CSV text stays as it is, for programs; without it text that a spreadsheet
///     would take for a formula gets an apostrophe in front.
public func render(
    _ answer: Answer, as format: Format, terminal: TerminalTraits = TerminalTraits(),
    exact: Bool = false, raw: Bool = false
) -> String {
    switch format {
    case .terminal: TerminalText(traits: terminal, exact: exact).text(of: answer)
    case .csv: answer.tables.first.map { renderCSV($0, raw: raw) } ?? ""
    case .json: JSONText(exact: exact).text(of: answer)
    case .md: MarkdownText(exact: exact).text(of: answer)
    case .html: HTMLText(exact: exact).text(of: answer)
    }
}

/// One table as a person reads it at a terminal, ending in a line break.
public func render(_ table: AnswerTable, terminal: TerminalTraits) -> String {
    TerminalText(traits: terminal, exact: false).lines(table).map { $0 + "\n" }.joined()
}

/// A sentence with its values drawn: amounts short (`7.10 M USD`) or, when `exact`, to their
/// last place; percentages without decimals; days as `2026-12-07`.
public func render(_ phrase: Phrase, exact: Bool = false) -> String {
    phrase.gluedText(exact: exact).replacing(glue, with: " ")
}
