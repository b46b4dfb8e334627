/// How an export is cut into rows and cells.
public struct FileFormat: Sendable, Hashable {
    /// The byte between two cells: `,` `;` tab `|` or another ASCII character.
    public var delimiter: UInt8
    /// The byte around a cell that contains delimiters or line ends; nil when quotes mean nothing.
    public var quote: UInt8?
    /// The encoding of files without a byte order mark.
    public var encoding: TextEncoding

    /// A format; by default RFC 4180 in UTF-8.
    public init(
        delimiter: UInt8 = UInt8(ascii: ","), quote: UInt8? = UInt8(ascii: "\""),
        encoding: TextEncoding = .utf8
    ) {
        self.delimiter = delimiter
        self.quote = quote
        self.encoding = encoding
    }
}
