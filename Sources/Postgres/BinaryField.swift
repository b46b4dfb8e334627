/// A field of a tuple of a binary COPY, as its type sends it.
public struct BinaryField {
    /// The bytes, valid during the call only; nil for NULL.
    public let bytes: UnsafeRawBufferPointer?

    /// The field as a `smallint`, `integer`, `bigint` or `date` of that width; nil for NULL and other widths.
    public func integer<Number: FixedWidthInteger & BitwiseCopyable>(as type: Number.Type) -> Number? {
        bytes?.bigEndian(as: type)
    }

    /// The field as text; nil for NULL and for broken UTF-8.
    public var text: String? { bytes.flatMap { String(validating: $0, as: UTF8.self) } }
}
