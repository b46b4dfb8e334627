import Intake
import Model
import Postgres

/// Writes values that Intake has checked, in the texts that it gives them, as fields of a binary COPY.
extension CopyWriter {
    /// Writes a value of a column's form; nil for none.
    ///
    /// - Throws: `BW901` for a text that is none of that form, which checking would not have let pass.
    mutating func value(_ text: UnsafeRawBufferPointer?, of type: ColumnType) throws {
        guard let text else { return try binaryNull() }
        switch type {
        case .text: try binaryField(text)
        case .boolean: try binaryField(text.first == UInt8(ascii: "t"))
        case .integer: try binaryField(Int32(truncatingIfNeeded: try whole(text)))
        case .date: try binaryField(try day(text) - postgresEpoch)
        case .amount: if try !binaryField(decimal: text) { throw unreadable(text, type) }
        case .timestamp: try binaryField(try instant(text))
        }
    }

    /// Writes a hash as a field of the type `uuid`.
    mutating func value(_ hash: Hash128) throws(DatabaseError) {
        try binaryField(high: hash.high, low: hash.low)
    }
}

/// 2000-01-01, from which PostgreSQL counts, in days since 1970-01-01.
private let postgresEpoch: Int32 = 10_957

extension Day {
    /// The number that PostgreSQL's binary form has for it.
    var binary: Int32 { number - postgresEpoch }
}

private func whole(_ text: UnsafeRawBufferPointer) throws -> Int {
    var rest = text[...]
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative { rest = rest.dropFirst() }
    guard !rest.isEmpty, let number = digits(rest) else { throw unreadable(text, .integer) }
    return isNegative ? -number : number
}

/// Days since 1970-01-01 of `yyyy-MM-dd`.
private func day(_ text: UnsafeRawBufferPointer) throws -> Int32 {
    guard text.count >= 10, let year = digits(text[0..<4]), let month = digits(text[5..<7]),
        let day = digits(text[8..<10]), let found = Day(year: year, month: month, day: day)
    else { throw unreadable(text, .date) }
    return found.number
}

/// Microseconds since 2000-01-01 of `yyyy-MM-ddTHH:mm:ss[.ffffff]` with `Z` or `±HH:mm`.
private func instant(_ text: UnsafeRawBufferPointer) throws -> Int64 {
    guard text.count >= 20, let hour = digits(text[11..<13]), let minute = digits(text[14..<16]),
        let second = digits(text[17..<19])
    else { throw unreadable(text, .timestamp) }
    var micros = 0
    var at = 19
    if text[at] == UInt8(ascii: ".") {
        let fraction = text[(at + 1)...].prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        guard let number = digits(fraction), fraction.count <= 6 else { throw unreadable(text, .timestamp) }
        micros = number
        for _ in fraction.count..<6 { micros *= 10 }
        at = fraction.endIndex
    }
    var offset = 0
    if at + 6 == text.count, let hours = digits(text[(at + 1)..<(at + 3)]),
        let minutes = digits(text[(at + 4)..<(at + 6)])
    {
        offset = (hours * 60 + minutes) * (text[at] == UInt8(ascii: "-") ? -60 : 60)
    } else if at + 1 != text.count || text[at] != UInt8(ascii: "Z") {
        throw unreadable(text, .timestamp)
    }
    let days = Int64(try day(text) - postgresEpoch)
    let seconds = Int64(hour * 3600 + minute * 60 + second - offset)
    return (days * 86_400 + seconds) * 1_000_000 + Int64(micros)
}

private func digits(_ bytes: Slice<UnsafeRawBufferPointer>) -> Int? {
    var number = 0
    for byte in bytes {
        guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9"), number < 1_000_000_000_000 else {
            return nil
        }
        number = number * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return number
}

private func unreadable(_ text: UnsafeRawBufferPointer, _ type: ColumnType) -> BellwetherError {
    BellwetherError(.bug, "a checked value of \(text.count) bytes is no \(type.rawValue)")
}
