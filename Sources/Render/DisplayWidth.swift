extension String {
    /// The cells that the text takes on a terminal: two for East Asian wide signs and emoji,
    /// none for combining marks.
    var displayWidth: Int {
        if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return utf8.count }
        return reduce(0) { $0 + $1.displayWidth }
    }

    /// The text cut to so many cells, the last of them an ellipsis when something is cut.
    func truncated(to width: Int, ellipsis: String) -> String {
        guard displayWidth > width else { return self }
        let room = width - ellipsis.displayWidth
        guard room >= 0 else { return "" }
        var cut = ""
        var used = 0
        for character in self {
            used += character.displayWidth
            guard used <= room else { break }
            cut.append(character)
        }
        return cut + ellipsis
    }

    /// One line without anything that could steer a terminal: line breaks and tabs become
    /// blanks, other control characters a sign; marks of writing direction go, and so do blanks
    /// at the ends.
    func harmless(_ symbols: Symbols) -> String {
        var result = Substring.UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar.value {
            case 0x09...0x0D, 0x85, 0x2028, 0x2029: result.append(" ")
            case 0...0x1F, 0x7F...0x9F: result.append(symbols.unprintable)
            case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: continue
            default: result.append(scalar)
            }
        }
        while result.first == " " { result.removeFirst() }
        return String(result).withoutBlanksAtEnd
    }

    /// The text in lines of at most `width` cells, broken at blanks; a longer word is cut.
    /// Lines after the first begin with so many blanks more.
    func wrapped(to width: Int, hanging: Int = 0) -> [String] {
        let indent = String(repeating: " ", count: hanging)
        var lines: [String] = []
        var line = ""
        var isFirst = true
        for word in split(separator: " ") {
            if line.displayWidth + 1 + word.displayWidth <= width, !isFirst {
                line += " " + word
                continue
            }
            if !isFirst { lines.append(line) }
            line = isFirst ? "" : indent
            isFirst = false
            var rest = word
            while true {
                let head = rest.prefix(cells: width - line.displayWidth)
                rest = rest[head.endIndex...]
                line += head
                if rest.isEmpty { break }
                lines.append(line)
                line = indent
            }
        }
        if !isFirst { lines.append(line) }
        return lines.map { $0.replacing(glue, with: " ").withoutBlanksAtEnd }
    }

    private var withoutBlanksAtEnd: String {
        var scalars = unicodeScalars[...]
        while let last = scalars.last, last == " " || last == "\u{A0}" { scalars.removeLast() }
        return String(scalars)
    }

}

extension Substring {
    fileprivate var displayWidth: Int { reduce(0) { $0 + $1.displayWidth } }

    /// The longest beginning that takes at most so many cells, but at least one character.
    fileprivate func prefix(cells: Int) -> Substring {
        var used = 0
        var end = startIndex
        for index in indices {
            used += self[index].displayWidth
            if used > cells, end > startIndex { break }
            end = self.index(after: index)
        }
        return self[..<end]
    }
}

extension Character {
    /// The cells that a character takes.
    var displayWidth: Int {
        guard let first = unicodeScalars.first else { return 0 }
        // An emoji takes two cells, whatever is joined to it; U+FE0F asks for the emoji's shape.
        if first.properties.isEmojiPresentation || unicodeScalars.contains("\u{FE0F}") { return 2 }
        return unicodeScalars.reduce(0) { $0 + $1.displayWidth }
    }
}

extension Unicode.Scalar {
    /// The cells that a scalar takes on its own.
    var displayWidth: Int {
        if value >= 0x20, value < 0x7F { return 1 }
        // The middle and last letters of a Korean syllable are drawn into the first one's cells.
        if (0x1160...0x11FF).contains(value) { return 0 }
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: break
        }
        if value < 0x1100 { return 1 }
        if properties.isEmojiPresentation { return 2 }
        return Self.wide.contains { $0.contains(value) } ? 2 : 1
    }

    /// East Asian Wide and Fullwidth of the Unicode Character Database without the emoji.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x3247, 0x3250...0x4DBF,
        0x4E00...0xA4C6, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19,
        0xFE30...0xFE6B, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18D08, 0x1AFF0...0x1B2FB,
        0x1F200...0x1F265, 0x20000...0x3FFFD,
    ]
}
