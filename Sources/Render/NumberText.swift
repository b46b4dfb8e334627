import Model

/// Numbers as text: grouped by thousands with commas, a point before decimals, `-` for less than
/// nothing. The rest of the program holds numbers and never their digits.
enum NumberText {
    /// `1234567` as `1,234,567`.
    static func grouped(_ number: Int) -> String {
        (number < 0 ? "-" : "") + grouped(digits: String(number.magnitude))
    }

    /// An amount to its last place, grouped: `1,054.5`.
    static func exact(_ amount: Amount) -> String {
        let parts = amount.magnitude.description.split(separator: ".", omittingEmptySubsequences: false)
        let fraction = parts.count > 1 ? "." + parts[1] : ""
        return (amount < .zero ? "-" : "") + grouped(digits: String(parts[0])) + fraction
    }

    /// An amount divided by 10^`exponent` with so many decimals, half away from zero, grouped.
    /// Zero is `0`; what only rounds to zero keeps its decimals and loses its sign.
    static func scaled(_ amount: Amount, exponent: Int, places: Int) -> String {
        guard amount != .zero else { return "0" }
        let divisor = UInt128(powerOfTen: 6 + exponent - places)
        let size = amount.millionths.magnitude
        let rounded = (size + divisor / 2) / divisor
        let text = fixed(String(rounded), places: places)
        return amount < .zero && rounded > 0 ? "-" + text : text
    }

    /// A number with so many decimals, half away from zero, grouped; nil when it is not finite.
    static func decimal(_ value: Double, places: Int) -> String? {
        guard value.isFinite else { return nil }
        var power = 1.0
        for _ in 0..<places { power *= 10 }
        let rounded = (value * power).rounded(.toNearestOrAwayFromZero)
        // Beyond 2^53 every double is whole and the product may be infinite.
        guard rounded.magnitude < 9_007_199_254_740_992 else { return plain(value) }
        let text = fixed(String(Int(rounded.magnitude)), places: places)
        return rounded < 0 ? "-" + text : text
    }

    /// The shortest decimal that reads back as the same double, without an exponent; nil when it
    /// is not finite.
    static func plain(_ value: Double) -> String? {
        guard value.isFinite else { return nil }
        let text = value.description
        guard let mark = text.firstIndex(of: "e"), let exponent = Int(text[text.index(after: mark)...])
        else { return text }
        let sign = text.hasPrefix("-") ? "-" : ""
        let mantissa = text[..<mark].drop { $0 == "-" }.split(separator: ".")
        let whole = mantissa.first.map(String.init) ?? "0"
        let fraction = mantissa.count > 1 ? String(mantissa[1]) : ""
        let digits = whole + fraction
        let point = whole.count + exponent
        if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
        let padded = digits + String(repeating: "0", count: max(0, point - digits.count))
        let tail = padded.dropFirst(point)
        return sign + padded.prefix(point) + "." + (tail.isEmpty ? "0" : tail)
    }

    /// `123456` with two places as `1,234.56`.
    private static func fixed(_ digits: String, places: Int) -> String {
        guard places > 0 else { return grouped(digits: digits) }
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
        return grouped(digits: String(padded.dropLast(places))) + "." + padded.suffix(places)
    }

    private static func grouped(digits: String) -> String {
        var groups: [Substring] = []
        var rest = Substring(digits)
        while rest.count > 3 {
            groups.insert(rest.suffix(3), at: 0)
            rest = rest.dropLast(3)
        }
        return ([rest] + groups).joined(separator: ",")
    }
}

extension UInt128 {
    fileprivate init(powerOfTen exponent: Int) {
        self = 1
        for _ in 0..<exponent { self *= 10 }
    }
}
