import Model

/// An error as a person reads it on standard error, ending in a line break; coloured only where told:
/// ```
/// bellwether: BW105 the file has no column "Amount"
///   at exports/opportunity.csv:1 (column Amount)
///   hint: name the column in the mapping, or export it again
/// ```
public func errorText(_ error: BellwetherError, color: Bool = false) -> String {
    let paint = Paint(on: color)
    var lines = [paint.red("bellwether: \(error.code.rawValue)") + " " + oneLine(error.message)]
    if let place = error.place { lines.append("  at " + oneLine(text(place))) }
    if let detail = error.detail {
        lines += detail.split(whereSeparator: \.isNewline).map { "  " + oneLine(String($0)) }
    }
    if let hint = error.hint { lines.append("  " + paint.bold("hint:") + " " + oneLine(hint)) }
    return lines.joined(separator: "\n") + "\n"
}

private func text(_ place: Place) -> String {
    let line = place.line.map { ":\($0)" } ?? ""
    let column = place.column.map { " (column \($0))" } ?? ""
    return place.file + line + column
}

private func oneLine(_ text: String) -> String {
    text.harmless(.unicode)
}
