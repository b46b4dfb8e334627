import Model

/// CSV text after RFC 4180 with line feeds: cells are quoted where they must be, absent values are empty.
struct CSVText {
    private(set) var bytes: [UInt8] = []
    private var isAtLineStart = true

    mutating func cell(_ text: String) {
        separate()
        if text.utf8.contains(where: CSVText.needsQuotes) {
            bytes.append(UInt8(ascii: "\""))
            for byte in text.utf8 {
                if byte == UInt8(ascii: "\"") { bytes.append(byte) }
                bytes.append(byte)
            }
            bytes.append(UInt8(ascii: "\""))
        } else {
            bytes.append(contentsOf: text.utf8)
        }
    }

    mutating func cell(_ number: Int) {
        separate()
        digits(number)
    }

    mutating func cell(_ day: Day?) {
        separate()
        guard let (year, month, dayOfMonth) = day?.civil else { return }
        digits(year)
        bytes.append(UInt8(ascii: "-"))
        digits(month, width: 2)
        bytes.append(UInt8(ascii: "-"))
        digits(dayOfMonth, width: 2)
    }

    mutating func cell(_ flag: Bool) {
        separate()
        bytes.append(contentsOf: (flag ? "true" : "false").utf8)
    }

    /// An amount of cents, as units with two places.
    mutating func cell(cents: Int?) {
        separate()
        guard let cents else { return }
        digits(cents / 100)
        bytes.append(UInt8(ascii: "."))
        digits(cents % 100, width: 2)
    }

    mutating func endLine() {
        bytes.append(UInt8(ascii: "\n"))
        isAtLineStart = true
    }

    mutating func line(_ cells: [String]) {
        for text in cells { cell(text) }
        endLine()
    }

    mutating func append(_ line: [UInt8]) {
        bytes.append(contentsOf: line)
    }

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        isAtLineStart = true
    }

    private mutating func separate() {
        if !isAtLineStart { bytes.append(UInt8(ascii: ",")) }
        isAtLineStart = false
    }

    /// Numbers of this module are not negative.
    private mutating func digits(_ number: Int, width: Int = 1) {
        if number >= 10 || width > 1 { digits(number / 10, width: width - 1) }
        bytes.append(UInt8(ascii: "0") + UInt8(number % 10))
    }

    private static func needsQuotes(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
            || byte == UInt8(ascii: "\r")
    }
}
