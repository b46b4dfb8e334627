/// A type that a column's value can be read as.
///
/// ```swift
/// extension Day: ColumnDecodable {
///     init?(cell: Cell) {
///         guard let text = cell.text else { return nil }
///         self.init(text)
///     }
/// }
/// ```
public protocol ColumnDecodable {
    /// The value of a cell that is not NULL; nil when it is not such a value.
    init?(cell: Cell)

    /// What NULL reads as; nil, the default, when it is not allowed.
    static var null: Self? { get }
}

extension ColumnDecodable {
    /// NULL is not allowed.
    @inlinable
    public static var null: Self? { nil }
}

extension Optional: ColumnDecodable where Wrapped: ColumnDecodable {
    /// The wrapped type's value.
    @inlinable
    public init?(cell: Cell) {
        guard let value = Wrapped(cell: cell) else { return nil }
        self = .some(value)
    }

    /// nil.
    @inlinable
    public static var null: Self? { .some(.none) }
}

extension String: ColumnDecodable {
    /// A value of any type as the server writes it; a binary value only of a text type.
    public init?(cell: Cell) {
        guard let text = cell.text else { return nil }
        self = text
    }
}

extension Bool: ColumnDecodable {
    /// A `boolean`.
    public init?(cell: Cell) {
        guard cell.bytes.count == 1, let byte = cell.bytes.first else { return nil }
        switch (cell.format, byte) {
        case (.text, UInt8(ascii: "t")): self = true
        case (.text, UInt8(ascii: "f")): self = false
        case (.binary, 0...1) where cell.type == .bool: self = byte == 1
        default: return nil
        }
    }
}

extension Double: ColumnDecodable {
    /// A `real`, `double precision` or, as text, any number; also NaN and the infinities. Not for money.
    public init?(cell: Cell) {
        switch (cell.format, cell.type) {
        case (.text, _):
            guard let text = cell.text, let number = Double(text) else { return nil }
            self = number
        case (.binary, .float8):
            guard let bits = cell.bytes.bigEndian(as: UInt64.self) else { return nil }
            self.init(bitPattern: bits)
        case (.binary, .float4):
            guard let bits = cell.bytes.bigEndian(as: UInt32.self) else { return nil }
            self.init(Float(bitPattern: bits))
        default: return nil
        }
    }
}

extension Array: ColumnDecodable where Element == UInt8 {
    /// The bytes of a `bytea`; as binary also the raw bytes of any other type, such as the 16 of a `uuid`.
    public init?(cell: Cell) {
        switch (cell.format, cell.type) {
        case (.binary, _): self.init(cell.bytes)
        case (.text, .bytea): self.init(hexadecimal: cell.bytes)
        default: return nil
        }
    }

    // `\x` and two digits a byte, which the session's bytea_output asks for.
    private init?(hexadecimal text: UnsafeRawBufferPointer) {
        guard text.count % 2 == 0, text.starts(with: "\\x".utf8) else { return nil }
        self.init()
        reserveCapacity(text.count / 2 - 1)
        for index in stride(from: 2, to: text.count, by: 2) {
            guard let high = Self.digit(text[index]), let low = Self.digit(text[index + 1]) else {
                return nil
            }
            append(high << 4 | low)
        }
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
