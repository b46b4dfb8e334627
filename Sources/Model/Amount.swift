/// An exact decimal number with six places: an amount of money, a rate of exchange, a share.
///
/// Held as a whole number of millionths in 128 bits, so that sums are exact and never touch
/// binary floating point. A single amount read from an export is below 10^15 in size
/// (`Amount.limit`), which leaves room to add 10^17 of them.
public struct Amount: Sendable, Hashable, Comparable {
    /// The number of millionths.
    public let millionths: Int128

    /// The amount of that many millionths.
    public init(millionths: Int128) {
        self.millionths = millionths
    }

    /// A whole number of units.
    public init(_ units: Int) {
        millionths = Int128(units) * 1_000_000
    }

    /// Nothing.
    public static let zero = Amount(millionths: 0)

    /// One amount read from an export is smaller than this in size: 10^15.
    public static let limit = Amount(1_000_000_000_000_000)

    /// The sum.
    public static func + (left: Amount, right: Amount) -> Amount {
        Amount(millionths: left.millionths + right.millionths)
    }

    /// The difference.
    public static func - (left: Amount, right: Amount) -> Amount {
        Amount(millionths: left.millionths - right.millionths)
    }

    /// The same size with the other sign.
    public static prefix func - (amount: Amount) -> Amount {
        Amount(millionths: -amount.millionths)
    }

    /// Adds to an amount.
    public static func += (left: inout Amount, right: Amount) {
        left = left + right
    }

    /// Takes from an amount.
    public static func -= (left: inout Amount, right: Amount) {
        left = left - right
    }

    /// Whether the left amount is smaller.
    public static func < (left: Amount, right: Amount) -> Bool {
        left.millionths < right.millionths
    }

    /// The size without the sign.
    public var magnitude: Amount {
        Amount(millionths: millionths < 0 ? -millionths : millionths)
    }

    /// Rounded to `places` decimal places (0…6), half away from zero.
    public func rounded(toPlaces places: Int) -> Amount {
        let step = Amount.powerOfTen(6 - min(max(places, 0), 6))
        return Amount(millionths: Amount.dividedHalfAway(millionths, by: step) * step)
    }

    /// The product, rounded to six places, half away from zero; both below `Amount.limit` in size.
    public func multiplied(by factor: Amount) -> Amount {
        let (product, overflow) = millionths.multipliedReportingOverflow(by: factor.millionths)
        guard overflow else { return Amount(millionths: Amount.dividedHalfAway(product, by: 1_000_000)) }
        // Two numbers of millionths may need 140 bits before they are one.
        let wide = millionths.magnitude.multipliedFullWidth(by: factor.millionths.magnitude)
        let (quotient, remainder) = UInt128(1_000_000).dividingFullWidth(wide)
        let size = Int128(remainder >= 500_000 ? quotient + 1 : quotient)
        return Amount(millionths: (millionths < 0) == (factor.millionths < 0) ? size : -size)
    }

    /// The ratio of two amounts as a number; nil when the divisor is zero or less.
    public func ratio(to whole: Amount) -> Double? {
        whole.millionths > 0 ? Double(millionths) / Double(whole.millionths) : nil
    }

    static func powerOfTen(_ exponent: Int) -> Int128 {
        var power: Int128 = 1
        for _ in 0..<exponent { power *= 10 }
        return power
    }

    private static func dividedHalfAway(_ number: Int128, by divisor: Int128) -> Int128 {
        let half = divisor / 2
        return number >= 0 ? (number + half) / divisor : (number - half) / divisor
    }
}

extension Amount: LosslessStringConvertible {
    /// Reads a plain decimal such as `-1250.5`: digits, an optional sign and point, at most six
    /// places, no exponent, no grouping; nil for anything else or anything of 10^32 and more.
    public init?(_ text: String) {
        var text = text
        let parsed: Amount? = text.withUTF8 { bytes in Amount(plain: bytes) }
        guard let parsed else { return nil }
        self = parsed
    }

    /// Reads a plain decimal from UTF-8 bytes; the rules are those of `init(_: String)`.
    public init?(plain bytes: UnsafeBufferPointer<UInt8>) {
        var position = 0
        var negative = false
        if let first = bytes.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
            negative = first == UInt8(ascii: "-")
            position = 1
        }
        if let short = Amount.short(bytes, from: position) {
            millionths = Int128(negative ? -short : short)
            return
        }
        var number: Int128 = 0
        // The arithmetic stays in range below 10^32, numeric columns far below that.
        var limit: Int128 = 100_000_000_000_000_000_000_000_000_000_000
        var digits = 0
        var places = -1
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "."), places < 0 {
                places = 0
                continue
            }
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
            digits += 1
            if places >= 0 {
                places += 1
                if places > 6 {
                    // Zeros behind the sixth place say nothing; anything else would be lost.
                    guard byte == UInt8(ascii: "0") else { return nil }
                    continue
                }
                limit *= 10
            }
            number = number * 10 + Int128(byte - UInt8(ascii: "0"))
            guard number < limit else { return nil }
        }
        guard digits > 0 else { return nil }
        let scaled = number * Amount.powerOfTen(6 - min(max(places, 0), 6))
        millionths = negative ? -scaled : scaled
    }

    /// The millionths of a number of at most twelve digits, which nearly all are: plain machine arithmetic reads them
    /// several times as fast. Nil for whatever needs a longer look.
    private static func short(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        guard bytes.count > start, bytes.count - start <= 13 else { return nil }
        var number = 0
        var places = -1
        for position in start..<bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "."), places < 0 {
                places = 0
                continue
            }
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
            number = number * 10 + Int(byte - UInt8(ascii: "0"))
            if places >= 0 { places += 1 }
        }
        guard bytes.count - start > (places < 0 ? 0 : 1), places <= 6 else { return nil }
        for _ in max(places, 0)..<6 { number *= 10 }
        return number
    }

    /// The plain decimal without trailing zeros: `1054`, `-0.5`, `1.000001`.
    public var description: String {
        let size = millionths.magnitude
        let whole = size / 1_000_000
        let fraction = size % 1_000_000
        let sign = millionths < 0 ? "-" : ""
        guard fraction != 0 else { return sign + String(whole) }
        var digits = String(fraction)
        digits = String(repeating: "0", count: 6 - digits.count) + digits
        while digits.hasSuffix("0") { digits.removeLast() }
        return sign + String(whole) + "." + digits
    }
}

/// An exact amount in a currency.
public struct Money: Sendable, Hashable {
    /// The amount, in units of the currency.
    public let amount: Amount
    /// The ISO 4217 code, such as `USD`.
    public let currency: String

    /// That amount in that currency.
    public init(_ amount: Amount, _ currency: String) {
        self.amount = amount
        self.currency = currency
    }
}
