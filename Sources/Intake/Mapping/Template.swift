/// A text put together from cells: `office {regional_office}`, `{First Name|first_name?} {Last Name}`.
///
/// `{a|b}` is the first of the columns that the file has. A cell without a value makes the whole
/// text null, unless its name ends in `?`: then it counts as empty.
///
/// A key of several columns is a template too: its parts are joined by colons, and colons within them are escaped,
/// so that different parts never give the same text.
struct Template: Sendable, Hashable {
    enum Piece: Sendable, Hashable {
        case text([UInt8])
        case column([String], mayBeEmpty: Bool)
    }

    let pieces: [Piece]
    /// Whether the cells are the parts of a key: escaped, and none of them without a value.
    let isKey: Bool

    /// The key of some columns, each given by the names of which the first that the file has counts.
    init(key parts: [[String]]) {
        isKey = true
        pieces = Array(
            parts.map { [Piece.column($0, mayBeEmpty: false)] }.joined(separator: [.text([keySeparator])]))
    }

    /// A template of those pieces.
    init(pieces: [Piece], isKey: Bool = false) {
        self.pieces = pieces
        self.isKey = isKey
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
        isKey = false
    }

    /// Whether a plain text is meant as a template.
    static func looksLike(_ text: String) -> Bool {
        text.contains("{") || text.contains("}")
    }
}

private let keySeparator = UInt8(ascii: ":")
private let keyEscape = UInt8(ascii: "\\")

/// Escapes what a part of a key, from `start` to the end of `bytes`, has of the separator.
func escapeKeyPart(from start: Int, of bytes: inout [UInt8]) {
    guard bytes[start...].contains(where: { $0 == keySeparator || $0 == keyEscape }) else { return }
    let part = bytes[start...].flatMap { $0 == keySeparator || $0 == keyEscape ? [keyEscape, $0] : [$0] }
    bytes.replaceSubrange(start..., with: part)
}
