/// A text put together from cells: `office {regional_office}`, `{First Name|first_name?} {Last Name}`.
///
/// `{a|b}` is the first of the columns that the file has. A cell without a value makes the whole
/// text null, unless its name ends in `?`: then it counts as empty.
struct Template: Sendable, Hashable {
    enum Piece: Sendable, Hashable {
        case text([UInt8])
        case column([String], mayBeEmpty: Bool)
    }

    let pieces: [Piece]

    /// A template of those pieces.
    init(pieces: [Piece]) {
        self.pieces = pieces
    }

    /// Reads a template; nil when braces do not close or enclose nothing. `{{` and `}}` stand for braces.
    init?(_ text: String) {
        var pieces: [Piece] = []
        var literal = ""
        var rest = Substring(text)
        while let first = rest.first {
            if rest.hasPrefix("{{") || rest.hasPrefix("}}") {
                literal.append(first)
                rest = rest.dropFirst(2)
            } else if first == "{" {
                guard let close = rest.firstIndex(of: "}") else { return nil }
                if !literal.isEmpty { pieces.append(.text(Array(literal.utf8))) }
                literal = ""
                var name = rest[rest.index(after: rest.startIndex)..<close]
                let mayBeEmpty = name.hasSuffix("?")
                if mayBeEmpty { name = name.dropLast() }
                let names = name.split(separator: "|", omittingEmptySubsequences: false).map(\.trimmingBlanks)
                guard !names.isEmpty, !names.contains("") else { return nil }
                pieces.append(.column(names, mayBeEmpty: mayBeEmpty))
                rest = rest[rest.index(after: close)...]
            } else if first == "}" {
                return nil
            } else {
                literal.append(first)
                rest = rest.dropFirst()
            }
        }
        if !literal.isEmpty { pieces.append(.text(Array(literal.utf8))) }
        self.pieces = pieces
    }

    /// Whether a plain text is meant as a template.
    static func looksLike(_ text: String) -> Bool {
        text.contains("{") || text.contains("}")
    }
}
