/// Rows in the binary format, which the server takes without parsing text.
/// The format: https://www.postgresql.org/docs/current/sql-copy.html#SQL-COPY-BINARY-FORMAT
extension CopyWriter {
    /// Writes the header, before the first row.
    public mutating func beginBinary() throws(DatabaseError) {
        try write(bytes: Array("PGCOPY\n".utf8) + [0xff, 0x0d, 0x0a, 0x00])
        try append(bigEndian: Int32(0))
        try append(bigEndian: Int32(0))
    }

    /// Begins a row of that many fields.
    public mutating func beginBinaryRow(fields: Int) throws(DatabaseError) {
        try append(bigEndian: Int16(fields))
    }

    /// Writes a field as the bytes that its type's receive function takes.
    public mutating func binaryField(_ bytes: UnsafeRawBufferPointer) throws(DatabaseError) {
        try append(bigEndian: Int32(bytes.count))
        try write(bytes)
    }

    /// Writes a number of two, four or eight bytes as a field.
    public mutating func binaryField(_ number: some FixedWidthInteger) throws(DatabaseError) {
        try append(bigEndian: Int32(number.bitWidth / 8))
        try append(bigEndian: number)
    }

    /// Writes a field of that length; its bytes follow by `append`.
    mutating func beginBinaryField(bytes: Int) throws(DatabaseError) {
        try append(bigEndian: Int32(bytes))
    }

    /// Writes a NULL.
    public mutating func binaryNull() throws(DatabaseError) {
        try append(bigEndian: Int32(-1))
    }

    /// Writes the trailer, behind the last row.
    public mutating func endBinary() throws(DatabaseError) {
        try append(bigEndian: Int16(-1))
    }

    /// Writes `true` or `false` as a field.
    public mutating func binaryField(_ flag: Bool) throws(DatabaseError) {
        try beginBinaryField(bytes: 1)
        try append(flag ? 1 : 0)
    }

    /// Writes a `jsonb` field, given as text.
    public mutating func binaryField(jsonb text: UnsafeRawBufferPointer) throws(DatabaseError) {
        try beginBinaryField(bytes: text.count + 1)
        // The version of the format.
        try append(1)
        try write(text)
    }

    /// Writes a `uuid` field.
    public mutating func binaryField(high: UInt64, low: UInt64) throws(DatabaseError) {
        try beginBinaryField(bytes: 16)
        try append(bigEndian: high)
        try append(bigEndian: low)
    }

    /// Writes a `tid` field.
    public mutating func binaryField(block: UInt32, offset: UInt16) throws(DatabaseError) {
        try beginBinaryField(bytes: 6)
        try append(bigEndian: block)
        try append(bigEndian: offset)
    }

    /// Writes a `numeric` field, given as plain decimal text: a sign, digits, a point and digits. False, with nothing
    /// written, for any other text.
    ///
    /// The server's form: digits of base 10,000, the weight of the first, sign and number of decimals.
    public mutating func binaryField(decimal text: UnsafeRawBufferPointer) throws(DatabaseError) -> Bool {
        let isNegative = text.first == UInt8(ascii: "-")
        let digits = isNegative ? text.dropFirst() : text[...]
        let point = digits.firstIndex(of: UInt8(ascii: ".")) ?? digits.endIndex
        let whole = digits[..<point]
        let fraction = point < digits.endIndex ? digits[(point + 1)...] : digits[point...]
        guard !whole.isEmpty, whole.allSatisfy(isDigit), fraction.allSatisfy(isDigit) else { return false }
        let wholeGroups = (whole.count + 3) / 4
        let fractionGroups = (fraction.count + 3) / 4
        try beginBinaryField(bytes: 8 + 2 * (wholeGroups + fractionGroups))
        try append(bigEndian: Int16(wholeGroups + fractionGroups))
        try append(bigEndian: Int16(wholeGroups - 1))
        try append(bigEndian: UInt16(isNegative ? 0x4000 : 0))
        try append(bigEndian: Int16(fraction.count))
        for group in 0..<wholeGroups {
            let end = whole.endIndex - 4 * (wholeGroups - 1 - group)
            try append(bigEndian: number(whole[max(whole.startIndex, end - 4)..<end]))
        }
        for group in 0..<fractionGroups {
            let start = fraction.startIndex + 4 * group
            let part = fraction[start..<min(start + 4, fraction.endIndex)]
            var padded = number(part)
            for _ in part.count..<4 { padded *= 10 }
            try append(bigEndian: padded)
        }
        return true
    }
}

private func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
}

private func number(_ digits: Slice<UnsafeRawBufferPointer>) -> Int16 {
    digits.reduce(0) { $0 * 10 + Int16($1 - UInt8(ascii: "0")) }
}
