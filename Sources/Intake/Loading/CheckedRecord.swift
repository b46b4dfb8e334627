import Model

/// A record whose every value has been read and checked, as canonical text in one buffer.
///
/// Days are `2026-03-31`, amounts plain decimals as `Amount.description` writes them, booleans `t`
/// and `f`, instants ISO 8601 with `Z` or an offset; everything is UTF-8 without NUL. One record is
/// reused for the next: read what you need from it before you return.
public struct CheckedRecord: ~Copyable {
    /// The hash under which the row is known from now on.
    public internal(set) var rowHash = Hash128.zero
    /// The file's name; for rows written in the mapping the mapping's.
    public internal(set) var file = ""
    /// The line on which the row starts, from 1.
    public internal(set) var line = 0

    /// The texts of id, columns and extra, one behind the other.
    var bytes: [UInt8] = []
    /// Where each text ends: id, then one a column, then extra. A text starts where the last ended.
    var ends: [Int] = []
    var isNull: [Bool] = []

    /// The number of columns, those of the schema.
    public var columnCount: Int { max(ends.count - 2, 0) }

    /// The key within its source.
    public var id: String { text(at: 0) ?? "" }

    /// The value of a column, by its position in the schema; nil for no value.
    public func value(at column: Int) -> String? { text(at: column + 1) }

    /// The kept columns as a JSON object with sorted names; nil when none has a value.
    public var extra: String? { text(at: ends.count - 1) }

    /// Gives the buffer that the ranges speak of.
    public func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
        try bytes.withUnsafeBufferPointer(body)
    }

    /// Where the id stands in the buffer.
    public var idRange: Range<Int> { 0..<(ends.first ?? 0) }

    /// Where the value of a column stands in the buffer; nil for no value.
    public func range(at column: Int) -> Range<Int>? { range(ofText: column + 1) }

    /// Where the JSON object of the kept columns stands in the buffer; nil when none has a value.
    public var extraRange: Range<Int>? { range(ofText: ends.count - 1) }

    private func range(ofText index: Int) -> Range<Int>? {
        isNull[index] ? nil : (index == 0 ? 0 : ends[index - 1])..<ends[index]
    }

    /// The bytes of a column's value; none for no value.
    func valueBytes(at column: Int) -> ArraySlice<UInt8> {
        // Columns behind the one that is being read have none yet.
        guard column + 1 < ends.count, let range = range(at: column) else { return [] }
        return bytes[range]
    }

    private func text(at index: Int) -> String? {
        range(ofText: index).map { String(decoding: bytes[$0], as: UTF8.self) }
    }

    // MARK: - Filling

    mutating func begin() {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        isNull.removeAll(keepingCapacity: true)
    }

    /// Ends a text; everything appended to `bytes` since the last belongs to it, unless it is null.
    mutating func endText(isNull null: Bool) {
        if null { bytes.removeSubrange((ends.last ?? 0)...) }
        ends.append(bytes.count)
        isNull.append(null)
    }

    /// The hash of the content, whatever row of whatever file it came from.
    func contentHash(seed: Hash128) -> Hash128 {
        var hash = seed
        for index in ends.indices {
            let range = range(ofText: index)
            // The presence of a text is hashed too, so that no value differs from an empty one.
            hash = Hash128(high: hash.high &+ (range == nil ? 1 : 0), low: hash.low)
            hash = bytes.withUnsafeBytes {
                Hash128(of: UnsafeRawBufferPointer(rebasing: $0[range ?? 0..<0]), seed: hash)
            }
        }
        return hash
    }
}
