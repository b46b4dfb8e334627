import Model

/// The passport in one line: `as of 2026-12-07 · load 119 · 1,234 rows · commit/1`. As many
/// metric contracts as fit in `width` are named, the rest counted.
func footer(_ passport: Passport, symbols: Symbols, width: Int) -> String {
    let separator = " \(symbols.dot) "
    var facts: [String] = []
    if let day = passport.asOf { facts.append("as of \(day)") }
    if let day = passport.snapshotDay, day != passport.asOf { facts.append("snapshot \(day)") }
    if let load = passport.load { facts.append("load \(load)") }
    facts += passport.filters.map { "\($0.name) \($0.value)" }
    let rows = passport.rowCount
    facts.append("\(NumberText.grouped(rows)) \(rows == 1 ? "row" : "rows")")
    let known = facts.map { $0.harmless(symbols) }.joined(separator: separator)
    let metrics = passport.metrics.map { $0.harmless(symbols) }
    guard !metrics.isEmpty else { return known }
    for count in stride(from: metrics.count, to: 0, by: -1) {
        let rest = count < metrics.count ? " +\(metrics.count - count)" : ""
        let line = known + separator + metrics.prefix(count).joined(separator: ", ") + rest
        if line.displayWidth <= width || count == 1 { return line }
    }
    return known
}
