import Model

/// An error as a person reads it on standard error, without a line break at the end:
/// ```
/// bellwether: BW105 the file has no column "Amount"
///   at exports/opportunity.csv:1 (column Amount)
///   hint: name the column in the mapping, or export it again
/// ```
public struct ErrorText: Sendable, CustomStringConvertible {
    private let error: BellwetherError
    private let paint: Paint

    /// The text of an error, coloured only where told.
    public init(_ error: BellwetherError, color: Bool = false) {
        self.error = error
        paint = Paint(on: color)
    }

    /// The lines joined by line breaks.
    public var description: String {
        var lines = [paint.red("bellwether: \(error.code.rawValue)") + " " + oneLine(error.message)]
        if let place = error.place { lines.append("  at " + oneLine(text(place))) }
        if let detail = error.detail {
            lines += detail.split(whereSeparator: \.isNewline).map { "  " + oneLine(String($0)) }
        }
        if let hint = error.hint { lines.append("  " + paint.bold("hint:") + " " + oneLine(hint)) }
        return lines.joined(separator: "\n")
    }

    private func text(_ place: Place) -> String {
        let line = place.line.map { ":\($0)" } ?? ""
        let column = place.column.map { " (column \($0))" } ?? ""
        return place.file + line + column
    }

    private func oneLine(_ text: String) -> String {
        text.harmless(.unicode)
    }
}
