/// How the bytes of an export stand for characters. A byte order mark in the file wins over it.
public enum TextEncoding: String, Sendable, Hashable, CaseIterable {
    case utf8 = "utf-8"
    case utf16LittleEndian = "utf-16le"
    case utf16BigEndian = "utf-16be"
    case latin1 = "latin-1"
    case windows1252 = "windows-1252"

    /// The most bytes of UTF-8 that one byte of this encoding can become.
    var expansion: Int {
        switch self {
        case .utf8: return 1
        case .utf16LittleEndian, .utf16BigEndian, .latin1: return 2
        case .windows1252: return 3
        }
    }

    /// The byte order mark at the start of a file: what it says and how many bytes it has.
    static func byteOrderMark(_ start: [UInt8]) -> (encoding: TextEncoding, length: Int)? {
        if start.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
        if start.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
        if start.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
        return nil
    }
}
