import Model

/// Reads days and instants into their one form, `2026-03-31` and `2026-03-31T17:40:00Z`.
enum DateReading {
    /// Appends the day of a cell; a time of day behind it is checked and cut off.
    ///
    /// The day is taken as it is written, whatever zone the time has.
    static func readDay(_ text: Bytes, patterns: [DatePattern], to output: inout [UInt8]) -> ValueFault? {
        read(text, patterns: patterns, to: &output, keepsTime: false)
    }

    /// Appends the instant of a cell; without a time it is midnight, without a zone UTC.
    static func readInstant(_ text: Bytes, patterns: [DatePattern], to output: inout [UInt8]) -> ValueFault? {
        read(text, patterns: patterns, to: &output, keepsTime: true)
    }

    private static func read(
        _ text: Bytes, patterns: [DatePattern], to output: inout [UInt8], keepsTime: Bool
    ) -> ValueFault? {
        let text = text.trimmed
        var isNoSuchDay = false
        for pattern in patterns {
            switch pattern.match(text) {
            case .day(let year, let month, let day, let end):
                var time = TimeOfDay()
                if end < text.count {
                    guard let found = TimeOfDay(Bytes(rebasing: text[end...])) else { continue }
                    time = found
                }
                write(year, month, day, to: &output)
                if keepsTime { time.write(to: &output) }
                return nil
            case .instant(let number, let millisecond):
                let (year, month, day) = Day(number: Int32(number)).civil
                write(year, month, day, to: &output)
                if keepsTime { time(ofMillisecond: millisecond).write(to: &output) }
                return nil
            case .noSuchDay: isNoSuchDay = true
            case .otherForm: break
            }
        }
        let forms = patterns.map(\.text).joined(separator: " or ")
        return ValueFault(
            .valueNotADate,
            isNoSuchDay
                ? "is no day of the calendar (read as \(forms))" : "is not a date of the form \(forms)")
    }

    private static func write(_ year: Int, _ month: Int, _ day: Int, to output: inout [UInt8]) {
        append(year, width: 4, to: &output)
        output.append(UInt8(ascii: "-"))
        append(month, width: 2, to: &output)
        output.append(UInt8(ascii: "-"))
        append(day, width: 2, to: &output)
    }

    private static func time(ofMillisecond millisecond: Int) -> TimeOfDay {
        var time = TimeOfDay()
        time.hour = millisecond / 3_600_000
        time.minute = millisecond / 60_000 % 60
        time.second = millisecond / 1000 % 60
        let rest = millisecond % 1000
        if rest > 0 {
            append(rest, width: 3, to: &time.fraction)
            while time.fraction.last == UInt8(ascii: "0") { time.fraction.removeLast() }
        }
        time.offset = 0
        return time
    }
}
