/// How an export writes numbers.
struct NumberStyle: Sendable, Hashable {
    /// The byte before the decimals: `.` or `,`.
    var decimal = UInt8(ascii: ".")
    /// The character between groups of three digits; empty when digits are not grouped.
    var grouping: [UInt8] = []
    /// What may stand before or behind the number and says nothing: `$`, `€`, `EUR`.
    var strip: [[UInt8]] = []

    /// A decimal point, no grouping.
    static let plain = NumberStyle()
}
