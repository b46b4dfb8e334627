import Model

/// Reads cells by their rules into canonical text.
struct ValueReader {
    /// The longest text that a cell may hold, in bytes.
    static let textLimit = 1 << 20
    /// The longest key, in bytes: PostgreSQL indexes no entry above 2,704, and a key is one of several columns.
    static let keyLimit = 1_000

    /// What came of a cell: whether it holds a value, or the fault.
    enum Reading {
        case null, value
        case fault(ValueFault)
    }

    private var numbers = NumberReader()

    /// Appends the canonical text of a cell to `output`; what it appends on a fault means nothing.
    mutating func read(_ text: Bytes, by rule: ValueRule, to output: inout [UInt8]) -> Reading {
        if !rule.values.isEmpty {
            if let entry = rule.values[Array(text)] {
                guard let replacement = entry else { return null(rule) }
                return replacement.withUnsafeBufferPointer { readTyped($0, by: rule, to: &output) }
            }
            if isNull(text, rule) { return null(rule) }
            switch rule.other {
            case .keep: break
            case .null: return null(rule)
            case .refuse:
                return .fault(
                    ValueFault(.valueUnknown, "is a value that the mapping's `values` does not name"))
            }
        }
        if isNull(text, rule) || !text.starts(with: rule.prefix) { return null(rule) }
        return readTyped(text, by: rule, to: &output)
    }

    private func isNull(_ text: Bytes, _ rule: ValueRule) -> Bool {
        rule.isNull(rule.type.isTyped ? text.trimmed : text)
    }

    private func null(_ rule: ValueRule) -> Reading {
        rule.isRequired ? .fault(ValueFault(.valueMissing, "has no value and must have one")) : .null
    }

    private mutating func readTyped(_ text: Bytes, by rule: ValueRule, to output: inout [UInt8]) -> Reading {
        let fault: ValueFault?
        switch rule.type {
        case .text:
            fault = checkLength(text)
            if fault == nil { output.append(contentsOf: text) }
        case .salesforceID:
            fault = checkLength(text)
            if fault == nil { SalesforceID.append(text, to: &output) }
        case .amount(let style): fault = numbers.read(text, style: style, to: &output)
        case .integer(let style, let add):
            fault = numbers.readInteger(text, style: style, add: add, to: &output)
        case .date(let patterns): fault = DateReading.readDay(text, patterns: patterns, to: &output)
        case .timestamp(let patterns): fault = DateReading.readInstant(text, patterns: patterns, to: &output)
        case .boolean(let yes, let no): fault = readBoolean(text.trimmed, yes, no, to: &output)
        }
        return fault.map { .fault($0) } ?? .value
    }

    private func checkLength(_ text: Bytes) -> ValueFault? {
        text.count > ValueReader.textLimit ? ValueFault(.valueTooLong, "is longer than 1 MiB") : nil
    }

    private func readBoolean(
        _ text: Bytes, _ yes: [[UInt8]], _ no: [[UInt8]], to output: inout [UInt8]
    ) -> ValueFault? {
        if yes.contains(where: { equalsIgnoringCase(text, $0) }) {
            output.append(UInt8(ascii: "t"))
        } else if no.contains(where: { equalsIgnoringCase(text, $0) }) {
            output.append(UInt8(ascii: "f"))
        } else {
            let words = (yes + no).map { String(decoding: $0, as: UTF8.self) }
            return ValueFault(.valueNotABoolean, "is none of \(words.joined(separator: ", "))")
        }
        return nil
    }

    private func equalsIgnoringCase(_ text: Bytes, _ word: [UInt8]) -> Bool {
        text.count == word.count && zip(text, word).allSatisfy { lowered($0) == lowered($1) }
    }

    private func lowered(_ byte: UInt8) -> UInt8 {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
    }
}
