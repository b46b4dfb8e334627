/// The text format of COPY: which bytes must be escaped, and how.
enum CopyText {
    /// The place of the first backslash, tab, line feed or carriage return; `end` without one.
    ///
    /// Eight bytes at a time: nearly all fields have none, and the scan decides how fast a load is.
    static func firstSpecial(_ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int {
        var index = start
        while index + 8 <= end {
            let word = UnsafeRawPointer(bytes + index).loadUnaligned(as: UInt64.self)
            let found =
                zeroBytes(word ^ 0x5c5c_5c5c_5c5c_5c5c) | zeroBytes(word ^ 0x0909_0909_0909_0909)
                | zeroBytes(word ^ 0x0a0a_0a0a_0a0a_0a0a) | zeroBytes(word ^ 0x0d0d_0d0d_0d0d_0d0d)
            if found != 0 { break }
            index += 8
        }
        while index < end, !isSpecial(bytes[index]) { index += 1 }
        return index
    }

    /// What stands after the backslash.
    static func escape(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "\t"): UInt8(ascii: "t")
        case UInt8(ascii: "\n"): UInt8(ascii: "n")
        case UInt8(ascii: "\r"): UInt8(ascii: "r")
        default: byte
        }
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n")
            || byte == UInt8(ascii: "\r")
    }

    // Not zero exactly when one of the eight bytes is zero (Mycroft's test).
    private static func zeroBytes(_ word: UInt64) -> UInt64 {
        (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
    }
}
