import Model

/// How an export writes a day: `yyyy-MM-dd`, `M/d/yyyy`, `d. MMM yyyy`, `yyyyMMdd`, or
/// `epoch_millis` and `epoch_seconds` since 1970-01-01 UTC.
///
/// `yyyy` is four digits, `MM` and `dd` two, `M` and `d` one or two, `MMM` an English month's first
/// three letters; everything else stands for itself.
struct DatePattern: Sendable, Hashable {
    enum Piece: Sendable, Hashable {
        case year
        case month(isFixed: Bool)
        case monthName
        case day(isFixed: Bool)
        case literal(UInt8)
        /// Whole units since 1970-01-01, so many a day.
        case epoch(unitsPerDay: Int)
    }

    /// The day read from the start of a cell, and where it ends.
    enum Match: Equatable {
        case day(year: Int, month: Int, day: Int, end: Int)
        /// Since 1970-01-01, for times of day.
        case instant(day: Int, millisecond: Int)
        case noSuchDay
        case otherForm
    }

    let text: String
    private let pieces: [Piece]

    /// - Throws: the sentence that says what is wrong with the pattern.
    init(_ text: String) throws(PatternFault) {
        self.text = text
        switch text {
        case "epoch_millis": pieces = [.epoch(unitsPerDay: 86_400_000)]
        case "epoch_seconds": pieces = [.epoch(unitsPerDay: 86_400)]
        default: pieces = try DatePattern.pieces(of: Array(text.utf8))
        }
    }

    /// What is wrong with a pattern.
    struct PatternFault: Error {
        let reason: String
    }

    private init(iso pieces: [Piece]) {
        text = "yyyy-MM-dd"
        self.pieces = pieces
    }

    /// `yyyy-MM-dd`.
    static let iso = DatePattern(
        iso: [
            .year, .literal(UInt8(ascii: "-")), .month(isFixed: true), .literal(UInt8(ascii: "-")),
            .day(isFixed: true),
        ])

    private static func pieces(of text: [UInt8]) throws(PatternFault) -> [Piece] {
        var pieces: [Piece] = []
        var at = 0
        while at < text.count {
            let byte = text[at]
            var length = 1
            while at + length < text.count, text[at + length] == byte { length += 1 }
            switch (byte, length) {
            case (UInt8(ascii: "y"), 4): pieces.append(.year)
            case (UInt8(ascii: "y"), _):
                throw PatternFault(reason: "a year is written yyyy; two digits do not say which century")
            case (UInt8(ascii: "M"), 1), (UInt8(ascii: "M"), 2): pieces.append(.month(isFixed: length == 2))
            case (UInt8(ascii: "M"), 3): pieces.append(.monthName)
            case (UInt8(ascii: "d"), 1), (UInt8(ascii: "d"), 2): pieces.append(.day(isFixed: length == 2))
            case (UInt8(ascii: "a")...UInt8(ascii: "z"), _), (UInt8(ascii: "A")...UInt8(ascii: "Z"), _):
                throw PatternFault(
                    reason: "a date pattern has yyyy, M or MM or MMM, d or dd and marks between them; "
                        + "a time of day behind the date is understood without a pattern")
            default: pieces.append(contentsOf: repeatElement(.literal(byte), count: length))
            }
            at += length
        }
        try checkParts(pieces)
        return pieces
    }

    private static func checkParts(_ pieces: [Piece]) throws(PatternFault) {
        func count(_ matches: (Piece) -> Bool) -> Int { pieces.filter(matches).count }
        let years = count { $0 == .year }
        let months = count { $0 == .month(isFixed: true) || $0 == .month(isFixed: false) || $0 == .monthName }
        let days = count { $0 == .day(isFixed: true) || $0 == .day(isFixed: false) }
        guard years == 1, months == 1, days == 1 else {
            throw PatternFault(reason: "a date pattern has year, month and day once each")
        }
        for (piece, next) in zip(pieces, pieces.dropFirst()) {
            if case .literal = next { continue }
            if piece == .month(isFixed: false) || piece == .day(isFixed: false) {
                throw PatternFault(
                    reason: "M or d directly before digits leaves open where it ends: use MM or dd")
            }
        }
    }

    /// Reads the day at the start of `bytes`.
    func match(_ bytes: Bytes) -> Match {
        var (year, month, day) = (0, 0, 0)
        var at = 0
        for piece in pieces {
            switch piece {
            case .year:
                guard let number = number(bytes, &at, least: 4, most: 4) else { return .otherForm }
                year = number
            case .month(let isFixed):
                guard let number = number(bytes, &at, least: isFixed ? 2 : 1, most: 2) else {
                    return .otherForm
                }
                month = number
            case .day(let isFixed):
                guard let number = number(bytes, &at, least: isFixed ? 2 : 1, most: 2) else {
                    return .otherForm
                }
                day = number
            case .monthName:
                guard let number = monthNumber(bytes, at: at) else { return .otherForm }
                month = number
                at += 3
            case .literal(let byte):
                guard at < bytes.count, bytes[at] == byte else { return .otherForm }
                at += 1
            case .epoch(let unitsPerDay):
                return matchEpoch(bytes, unitsPerDay: unitsPerDay)
            }
        }
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= Day.length(ofMonth: month, year: year)
        else { return .noSuchDay }
        return .day(year: year, month: month, day: day, end: at)
    }

    private func matchEpoch(_ bytes: Bytes, unitsPerDay: Int) -> Match {
        let isNegative = bytes.first == UInt8(ascii: "-")
        var at = isNegative ? 1 : 0
        guard let size = number(bytes, &at, least: 1, most: 15), at == bytes.count else { return .otherForm }
        let units = isNegative ? -size : size
        let day = units >= 0 ? units / unitsPerDay : (units + 1) / unitsPerDay - 1
        // 0001-01-01 to 9999-12-31.
        guard (-719_162...2_932_896).contains(day) else { return .noSuchDay }
        return .instant(day: day, millisecond: (units - day * unitsPerDay) * (86_400_000 / unitsPerDay))
    }

    private func number(_ bytes: Bytes, _ at: inout Int, least: Int, most: Int) -> Int? {
        var value = 0
        var count = 0
        while count < most, at < bytes.count, let digit = digit(bytes[at]) {
            value = value * 10 + digit
            at += 1
            count += 1
        }
        return count >= least ? value : nil
    }

    private func monthNumber(_ bytes: Bytes, at: Int) -> Int? {
        guard at + 3 <= bytes.count else { return nil }
        let name = bytes[at..<at + 3].map { $0 | 0x20 }
        return monthNames.firstIndex { name.elementsEqual($0.utf8) }.map { $0 + 1 }
    }
}

private let monthNames = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
]
