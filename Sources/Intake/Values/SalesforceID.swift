/// Salesforce's record ids have two forms: 15 characters whose case counts, and 18 whose last three
/// say which of the 15 are upper case. The longer is the one to store: it survives tools that do
/// not tell upper from lower case.
enum SalesforceID {
    /// Appends the 18-character form when `id` has 15 ASCII letters and digits, otherwise `id` itself.
    static func append(_ id: Bytes, to output: inout [UInt8]) {
        output.append(contentsOf: id)
        guard id.count == 15, id.allSatisfy(isLetterOrDigit) else { return }
        for group in 0..<3 {
            var number = 0
            for place in 0..<5 where isUpper(id[group * 5 + place]) { number |= 1 << place }
            output.append(UInt8(number < 26 ? 65 + number : 48 + number - 26))
        }
    }

    private static func isUpper(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        isUpper(byte) || isUpper(byte & 0xDF) && byte > 0x60 || digit(byte) != nil
    }
}
