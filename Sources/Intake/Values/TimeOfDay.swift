/// The time that may stand behind a date: ` 19:51:13`, `T19:51:13.000Z`, ` 9:26 AM`, `T08:00+02:00`.
struct TimeOfDay: Equatable {
    var hour = 0
    var minute = 0
    var second = 0
    /// The digits behind the seconds' point, at most six, without trailing zeros.
    var fraction: [UInt8] = []
    /// Minutes east of UTC; nil when the text does not say.
    var offset: Int?

    /// Midnight without a zone.
    init() {}

    /// Reads everything behind a date; nil when it is no time.
    init?(_ bytes: Bytes) {
        var rest = Cursor(bytes: bytes)
        guard rest.take(UInt8(ascii: " ")) || rest.take(UInt8(ascii: "T")), let hour = rest.number(1, 2),
            rest.take(UInt8(ascii: ":")), let minute = rest.number(2, 2), hour < 24, minute < 60
        else { return nil }
        self.hour = hour
        self.minute = minute
        if rest.take(UInt8(ascii: ":")) {
            // A leap second is written :60.
            guard let second = rest.number(2, 2), second <= 60 else { return nil }
            self.second = second
            if rest.take(UInt8(ascii: ".")) || rest.take(UInt8(ascii: ",")) {
                guard let digits = rest.digits() else { return nil }
                fraction = digits
            }
        }
        guard readHalfOfDay(&rest), readOffset(&rest), rest.isAtEnd else { return nil }
    }

    private mutating func readHalfOfDay(_ rest: inout Cursor) -> Bool {
        let isMorning = rest.take(word: "AM")
        guard isMorning || rest.take(word: "PM") else { return true }
        guard (1...12).contains(hour) else { return false }
        hour = hour % 12 + (isMorning ? 0 : 12)
        return true
    }

    private mutating func readOffset(_ rest: inout Cursor) -> Bool {
        if rest.take(word: "Z") || rest.take(word: "UTC") || rest.take(word: "GMT") {
            offset = 0
            return true
        }
        _ = rest.take(UInt8(ascii: " "))
        let isEast = rest.take(UInt8(ascii: "+"))
        guard isEast || rest.take(UInt8(ascii: "-")) else { return rest.isAtEnd }
        guard let hours = rest.number(2, 2), hours <= 15 else { return false }
        _ = rest.take(UInt8(ascii: ":"))
        let minutes = rest.number(2, 2) ?? 0
        guard minutes < 60 else { return false }
        offset = (isEast ? 1 : -1) * (hours * 60 + minutes)
        return true
    }

    /// Appends `T19:51:13Z` or `T19:51:13+02:00`; a time without a zone counts as UTC.
    func write(to output: inout [UInt8]) {
        output.append(UInt8(ascii: "T"))
        append(hour, width: 2, to: &output)
        output.append(UInt8(ascii: ":"))
        append(minute, width: 2, to: &output)
        output.append(UInt8(ascii: ":"))
        append(second, width: 2, to: &output)
        if !fraction.isEmpty {
            output.append(UInt8(ascii: "."))
            output.append(contentsOf: fraction)
        }
        guard let offset, offset != 0 else {
            output.append(UInt8(ascii: "Z"))
            return
        }
        output.append(UInt8(ascii: offset < 0 ? "-" : "+"))
        append(abs(offset) / 60, width: 2, to: &output)
        output.append(UInt8(ascii: ":"))
        append(abs(offset) % 60, width: 2, to: &output)
    }
}

/// Steps through the bytes of a time.
private struct Cursor {
    let bytes: Bytes
    var at = 0

    init(bytes: Bytes) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { at == bytes.count }

    mutating func take(_ byte: UInt8) -> Bool {
        guard at < bytes.count, bytes[at] == byte else { return false }
        at += 1
        return true
    }

    /// Takes a word in either case, with or without a blank before it.
    mutating func take(word: StaticString) -> Bool {
        let start = at
        _ = take(UInt8(ascii: " "))
        let found = word.withUTF8Buffer { letters in
            at + letters.count <= bytes.count
                && letters.indices.allSatisfy { bytes[at + $0] & 0xDF == letters[$0] }
        }
        at = found ? at + word.utf8CodeUnitCount : start
        return found
    }

    mutating func number(_ least: Int, _ most: Int) -> Int? {
        var value = 0
        var count = 0
        while count < most, at < bytes.count, let digit = digit(bytes[at]) {
            value = value * 10 + digit
            at += 1
            count += 1
        }
        return count >= least ? value : nil
    }

    /// One or more digits: the first six without trailing zeros.
    mutating func digits() -> [UInt8]? {
        let start = at
        while at < bytes.count, digit(bytes[at]) != nil { at += 1 }
        guard at > start else { return nil }
        var digits = Array(bytes[start..<min(at, start + 6)])
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        return digits
    }
}
