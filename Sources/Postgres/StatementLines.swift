/// The lines, from 1, on which the statements of a script begin: read as psql reads a script.
struct StatementLines {
    private(set) var lines: [Int] = []

    private let bytes: [UInt8]
    private var index = 0
    private var line = 1
    private var inStatement = false
    // A semicolon within parentheses (a rule) or BEGIN ATOMIC … END (a function) ends no statement.
    private var parentheses = 0
    private var blocks = 0
    private var previousWord = ""

    init(_ script: String) {
        bytes = Array(script.utf8)
        while index < bytes.count { step() }
    }

    private mutating func step() {
        let byte = bytes[index]
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"), 0x0b, 0x0c:
            advance()
        case UInt8(ascii: "-") where next(1) == UInt8(ascii: "-"):
            while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { advance() }
        case UInt8(ascii: "/") where next(1) == UInt8(ascii: "*"):
            skipComment()
        case UInt8(ascii: ";"):
            advance()
            if parentheses <= 0, blocks == 0 { endStatement() }
        default:
            if !inStatement { lines.append(line) }
            inStatement = true
            token(byte)
        }
    }

    private mutating func token(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "'"):
            skipQuoted(byte, backslashes: previousWord == "e")
        case UInt8(ascii: "\""):
            skipQuoted(byte, backslashes: false)
        case UInt8(ascii: "$"):
            skipDollarQuoted()
        case UInt8(ascii: "("):
            parentheses += 1
            advance()
        case UInt8(ascii: ")"):
            parentheses -= 1
            advance()
        case _ where Self.isWordByte(byte):
            word()
            return
        default:
            advance()
        }
        previousWord = ""
    }

    private mutating func word() {
        let start = index
        while index < bytes.count, Self.isWordByte(bytes[index]) || bytes[index] == UInt8(ascii: "$") {
            advance()
        }
        let word = String(decoding: bytes[start..<index], as: UTF8.self).lowercased()
        switch word {
        case "atomic" where previousWord == "begin": blocks += 1
        case "case" where blocks > 0: blocks += 1
        case "end" where blocks > 0: blocks -= 1
        default: break
        }
        previousWord = word
        // Only an E directly before the quote makes backslashes special.
        if word == "e", index < bytes.count, bytes[index] != UInt8(ascii: "'") { previousWord = "" }
    }

    private mutating func endStatement() {
        inStatement = false
        parentheses = 0
        previousWord = ""
    }

    private mutating func skipQuoted(_ quote: UInt8, backslashes: Bool) {
        advance()
        while index < bytes.count {
            let byte = bytes[index]
            advance()
            if byte == quote {
                guard next(0) == quote else { return }
                advance()
            } else if backslashes, byte == UInt8(ascii: "\\"), index < bytes.count {
                advance()
            }
        }
    }

    // $$ … $$ or $tag$ … $tag$; a lone $ (as in $1) is no quote.
    private mutating func skipDollarQuoted() {
        var end = index + 1
        while end < bytes.count, Self.isWordByte(bytes[end]) { end += 1 }
        guard end < bytes.count, bytes[end] == UInt8(ascii: "$"),
            end == index + 1 || !Self.isDigit(bytes[index + 1])
        else { return advance() }
        let tag = bytes[index...end]
        for _ in tag { advance() }
        while index < bytes.count, !bytes[index...].starts(with: tag) { advance() }
        for _ in tag where index < bytes.count { advance() }
    }

    private mutating func skipComment() {
        var depth = 0
        repeat {
            if next(0) == UInt8(ascii: "/"), next(1) == UInt8(ascii: "*") {
                depth += 1
                advance()
            } else if next(0) == UInt8(ascii: "*"), next(1) == UInt8(ascii: "/") {
                depth -= 1
                advance()
            }
            advance()
        } while depth > 0 && index < bytes.count
    }

    private mutating func advance() {
        guard index < bytes.count else { return }
        if bytes[index] == UInt8(ascii: "\n") { line += 1 }
        index += 1
    }

    private func next(_ offset: Int) -> UInt8? {
        index + offset < bytes.count ? bytes[index + offset] : nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        isDigit(byte) || byte == UInt8(ascii: "_") || byte >= 0x80
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}
