/// How the text of one cell becomes a value of its column.
struct ValueRule: Sendable {
    /// What becomes of a text that `values` does not name.
    enum Other: String, Sendable, CaseIterable {
        case keep, null, refuse
    }

    var type: TypeRule
    /// Whether an empty text stands for no value.
    var isEmptyNull = true
    /// Other texts that stand for no value.
    var nullWords: [[UInt8]] = []
    /// How a text begins that counts; any other stands for no value. Empty: every text counts.
    var prefix: [UInt8] = []
    /// Texts that stand for others; nil means for no value.
    var values: [[UInt8]: [UInt8]?] = [:]
    /// What becomes of other texts when `values` is not empty.
    var other = Other.keep
    /// Whether no value is a fault.
    var isRequired = false

    /// The form of the column with what is needed to read it.
    enum TypeRule: Sendable {
        case text
        case salesforceID
        case amount(NumberStyle)
        /// A whole number to which another is added, as for positions that a CRM counts from 0.
        case integer(NumberStyle, add: Int)
        case date([DatePattern])
        case timestamp([DatePattern])
        case boolean(true: [[UInt8]], false: [[UInt8]])
    }
}

extension ValueRule {
    /// Whether a text stands for no value.
    @inline(__always)
    func isNull(_ text: Bytes) -> Bool {
        text.isEmpty ? isEmptyNull : !nullWords.isEmpty && nullWords.contains { text.equals($0) }
    }
}

extension ValueRule.TypeRule {
    /// Whether blanks around a value say nothing.
    var isTyped: Bool {
        switch self {
        case .text, .salesforceID: return false
        default: return true
        }
    }
}
