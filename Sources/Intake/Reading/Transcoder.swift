/// Turns bytes of another encoding into UTF-8, piece by piece.
///
/// What stands for no character becomes the byte 0xFF, which no UTF-8 text has: the row that holds
/// it is set aside later, nothing is replaced in silence.
struct Transcoder {
    private let encoding: TextEncoding
    /// The first bytes of a character whose rest has not come yet: at most three.
    private var carry: [UInt8] = []

    init(_ encoding: TextEncoding) {
        self.encoding = encoding
    }

    /// Appends the UTF-8 of `bytes`, and of what was carried over, at `output`; gives its length.
    /// There must be room for three times the bytes and sixteen more.
    mutating func transcode(
        _ bytes: UnsafeRawBufferPointer, isLast: Bool, to output: UnsafeMutablePointer<UInt8>
    )
        -> Int
    {
        switch encoding {
        case .utf8:
            for index in 0..<bytes.count { output[index] = bytes[index] }
            return bytes.count
        case .latin1, .windows1252:
            var written = 0
            for byte in bytes { written += put(scalar(of: byte), at: output + written) }
            return written
        case .utf16LittleEndian, .utf16BigEndian:
            let units = carry + bytes
            let (taken, written) = transcode(units: units, isLast: isLast, to: output)
            carry = Array(units[taken...])
            return written
        }
    }

    private func transcode(units: [UInt8], isLast: Bool, to output: UnsafeMutablePointer<UInt8>)
        -> (taken: Int, written: Int)
    {
        var position = 0
        var written = 0
        while position + 1 < units.count {
            let first = unit(units, position)
            if first & 0xFC00 == 0xD800, position + 3 >= units.count, !isLast { break }
            position += 2
            var scalar = UInt32(first)
            if first & 0xF800 == 0xD800 {
                guard first & 0xFC00 == 0xD800, position + 1 < units.count,
                    unit(units, position) & 0xFC00 == 0xDC00
                else {
                    written += put(nil, at: output + written)
                    continue
                }
                scalar = 0x10000 + (UInt32(first & 0x3FF) << 10) + UInt32(unit(units, position) & 0x3FF)
                position += 2
            }
            written += put(scalar, at: output + written)
        }
        if isLast, position < units.count {
            written += put(nil, at: output + written)
            position = units.count
        }
        return (position, written)
    }

    private func unit(_ bytes: [UInt8], _ index: Int) -> UInt16 {
        encoding == .utf16LittleEndian
            ? UInt16(bytes[index]) | UInt16(bytes[index + 1]) << 8
            : UInt16(bytes[index + 1]) | UInt16(bytes[index]) << 8
    }

    private func scalar(of byte: UInt8) -> UInt32? {
        guard encoding == .windows1252, byte & 0xE0 == 0x80 else { return UInt32(byte) }
        let scalar = windows1252High[Int(byte & 0x1F)]
        return scalar == 0 ? nil : UInt32(scalar)
    }

    /// Writes a character as UTF-8, or 0xFF for none, and gives the number of bytes.
    private func put(_ scalar: UInt32?, at output: UnsafeMutablePointer<UInt8>) -> Int {
        guard let scalar else {
            output[0] = 0xFF
            return 1
        }
        func low(_ shift: UInt32) -> UInt8 { UInt8(0x80 | (scalar >> shift) & 0x3F) }
        switch scalar {
        case ..<0x80:
            output[0] = UInt8(scalar)
            return 1
        case ..<0x800:
            output[0] = UInt8(0xC0 | scalar >> 6)
            output[1] = low(0)
            return 2
        case ..<0x10000:
            output[0] = UInt8(0xE0 | scalar >> 12)
            output[1] = low(6)
            output[2] = low(0)
            return 3
        default:
            output[0] = UInt8(0xF0 | scalar >> 18)
            output[1] = low(12)
            output[2] = low(6)
            output[3] = low(0)
            return 4
        }
    }
}

/// The characters of 0x80…0x9F in Windows-1252 (WHATWG's table without its five controls); 0 is none.
private let windows1252High: [UInt16] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
    0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
    0x0153, 0, 0x017E, 0x0178,
]
