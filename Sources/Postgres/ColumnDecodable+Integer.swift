extension Int: ColumnDecodable {
    /// A whole number that fits.
    public init?(cell: Cell) { self.init(integerCell: cell) }
}

extension Int64: ColumnDecodable {
    /// A whole number that fits.
    public init?(cell: Cell) { self.init(integerCell: cell) }
}

extension Int32: ColumnDecodable {
    /// A whole number that fits.
    public init?(cell: Cell) { self.init(integerCell: cell) }
}

extension FixedWidthInteger where Self: SignedInteger {
    init?(integerCell cell: Cell) {
        switch (cell.format, cell.type) {
        case (.text, _):
            self.init(digits: cell.bytes)
        case (.binary, .int8):
            guard let number = cell.bytes.bigEndian(as: Int64.self) else { return nil }
            self.init(exactly: number)
        case (.binary, .int4):
            guard let number = cell.bytes.bigEndian(as: Int32.self) else { return nil }
            self.init(exactly: number)
        case (.binary, .int2):
            guard let number = cell.bytes.bigEndian(as: Int16.self) else { return nil }
            self.init(exactly: number)
        default: return nil
        }
    }

    // Straight from the bytes: a String for each number would cost more than the rest of the row.
    private init?(digits text: UnsafeRawBufferPointer) {
        let isNegative = text.first == UInt8(ascii: "-")
        let digits = text.dropFirst(isNegative ? 1 : 0)
        guard !digits.isEmpty else { return nil }
        var number: Self = 0
        for byte in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            let digit = Self(byte - UInt8(ascii: "0"))
            let (tens, tooBig) = number.multipliedReportingOverflow(by: 10)
            // Downwards when negative, since the smallest number has no positive twin.
            let (sum, overflow) =
                isNegative ? tens.subtractingReportingOverflow(digit) : tens.addingReportingOverflow(digit)
            guard !tooBig, !overflow else { return nil }
            number = sum
        }
        self = number
    }
}
