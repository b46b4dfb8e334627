import Foundation

typealias Bytes = UnsafeBufferPointer<UInt8>

extension Bytes {
    /// Whether the bytes are those.
    @inline(__always)
    func equals(_ other: [UInt8]) -> Bool {
        count == other.count && elementsEqual(other)
    }

    /// Whether all bytes are ASCII other than NUL.
    var isPlainText: Bool {
        let bytes = UnsafeRawBufferPointer(self)
        guard let base = bytes.baseAddress else { return true }
        var high: UInt64 = 0
        var at = 0
        while at + 8 <= bytes.count {
            high |= bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            at += 8
        }
        while at < bytes.count {
            high |= UInt64(bytes[at])
            at += 1
        }
        return high & 0x8080_8080_8080_8080 == 0 && memchr(base, 0, bytes.count) == nil
    }

    /// Without the blanks, tabs and no-break spaces at both ends.
    var trimmed: Bytes {
        var start = 0
        var end = count
        while start < end {
            if isBlank(self[start]) {
                start += 1
            } else if start + 1 < end, self[start] == 0xC2, self[start + 1] == 0xA0 {
                start += 2
            } else {
                break
            }
        }
        while start < end {
            if isBlank(self[end - 1]) {
                end -= 1
            } else if start + 1 < end, self[end - 2] == 0xC2, self[end - 1] == 0xA0 {
                end -= 2
            } else {
                break
            }
        }
        return Bytes(rebasing: self[start..<end])
    }
}

/// The value of an ASCII digit; nil for any other byte.
@inline(__always)
func digit(_ byte: UInt8) -> Int? {
    let value = Int(byte) - 48
    return value >= 0 && value <= 9 ? value : nil
}

/// Appends a number of at most `width` digits with leading zeros.
func append(_ number: Int, width: Int, to output: inout [UInt8]) {
    var power = 1
    for _ in 1..<max(width, 1) { power *= 10 }
    while power > 0 {
        output.append(UInt8(48 + number / power % 10))
        power /= 10
    }
}
