/// A value as the server sent it, lent to a `ColumnDecodable` during its initialiser only.
public struct Cell {
    /// The bytes, valid only during the initialiser.
    public let bytes: UnsafeRawBufferPointer
    /// Whether the bytes are text or binary.
    public let format: ResultFormat
    /// The column's type.
    public let type: TypeOID

    /// The value as text; nil for a binary value of another type than text, and for broken UTF-8.
    public var text: String? {
        guard format == .text || Self.textTypes.contains(type) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }

    private static let textTypes: Set<TypeOID> = [.text, .varchar, .bpchar, .name, .json]

    /// A binary `date` as days since 1970-01-01; nil for another type and for `infinity`.
    public var dayNumber: Int32? {
        guard format == .binary, type == .date, let days = bytes.bigEndian(as: Int32.self),
            days != .max, days != .min
        else { return nil }
        // PostgreSQL counts from 2000-01-01.
        let (number, overflow) = days.addingReportingOverflow(10_957)
        return overflow ? nil : number
    }
}

extension UnsafeRawBufferPointer {
    /// The bytes as a number in network byte order; nil when they are not exactly as many.
    public func bigEndian<Number: FixedWidthInteger & BitwiseCopyable>(as type: Number.Type) -> Number? {
        guard count == MemoryLayout<Number>.size else { return nil }
        return Number(bigEndian: loadUnaligned(as: Number.self))
    }
}
