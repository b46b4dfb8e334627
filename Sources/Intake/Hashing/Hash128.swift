/// A 128-bit hash of bytes: of a row, a file or a mapping's text.
///
/// Equal hashes are taken as equal bytes. Among 10^9 different rows of one source the chance that
/// any two share a hash is below 10^-20.
public struct Hash128: Sendable, Hashable {
    /// The first half.
    public let high: UInt64
    /// The second half.
    public let low: UInt64

    /// The hash of those halves.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The start of a chain of hashes that has no seed of its own.
    public static let zero = Hash128(high: 0, low: 0)

    /// The hash of some bytes: MurmurHash3_x64_128 whose two state words start at `seed`.
    public init(of bytes: UnsafeRawBufferPointer, seed: Hash128 = .zero) {
        self = murmur3(bytes, seed: seed)
    }

    /// The hash of a text's UTF-8 bytes.
    public init(of text: String, seed: Hash128 = .zero) {
        var text = text
        self = text.withUTF8 { Hash128(of: UnsafeRawBufferPointer($0), seed: seed) }
    }

    /// The sixteen bytes in the order of `description`, as PostgreSQL's `uuid` has them.
    public var bytes: [UInt8] {
        [high, low].flatMap { half in (0..<8).map { UInt8(truncatingIfNeeded: half >> (56 - 8 * $0)) } }
    }
}

extension Hash128: LosslessStringConvertible {
    /// Reads 32 hexadecimal digits with or without hyphens; nil for anything else.
    public init?(_ text: String) {
        let digits = text.filter { $0 != "-" }
        guard digits.utf8.count == 32, digits.allSatisfy(\.isHexDigit),
            let high = UInt64(digits.prefix(16), radix: 16),
            let low = UInt64(digits.suffix(16), radix: 16)
        else { return nil }
        self.init(high: high, low: low)
    }

    /// The form of PostgreSQL's `uuid`: `8-4-4-4-12` lower case hexadecimal digits.
    public var description: String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for (index, byte) in bytes.enumerated() {
            if [4, 6, 8, 10].contains(index) { text.append(UInt8(ascii: "-")) }
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
