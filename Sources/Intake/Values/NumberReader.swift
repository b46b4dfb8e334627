import Model

/// Reads a number exactly, digit by digit, into its one plain form: `1250.5`, `-3`, `0`.
struct NumberReader {
    /// The digits from the first that is not zero to the last.
    private var digits: [UInt8] = []
    /// How many of them, or of zeros behind them, stand before the point; negative for `0.00…`.
    private var wholeDigits = 0

    /// The most digits before and behind the point of an `Amount`.
    private static let wholeLimit = 15
    private static let decimalLimit = 6
    /// More digits than any number in range has, leading zeros left out.
    private static let digitLimit = 400

    /// Appends the plain form of a number to `output`.
    mutating func read(_ text: Bytes, style: NumberStyle, to output: inout [UInt8]) -> ValueFault? {
        if isPlainWhole(text) {
            output.append(contentsOf: text)
            return nil
        }
        guard let (core, isNegative) = unwrapped(text.trimmed, style: style) else { return notANumber(style) }
        if let fault = readDigits(core, style: style) { return fault }
        return write(isNegative: isNegative, to: &output)
    }

    /// Appends the plain form of a whole number of 32 bits plus `add`; `5000.0` is a whole number.
    mutating func readInteger(_ text: Bytes, style: NumberStyle, add: Int, to output: inout [UInt8])
        -> ValueFault?
    {
        let start = output.count
        if let fault = read(text, style: style, to: &output) { return fault }
        if output[start...].contains(UInt8(ascii: ".")) {
            return ValueFault(.valueOutOfRange, "is not a whole number")
        }
        // At most fifteen digits: neither reading nor adding can overflow.
        guard let number = Int(String(decoding: output[start...], as: UTF8.self)),
            let sum = Int32(exactly: number + add)
        else {
            return ValueFault(.valueOutOfRange, "is out of range: a whole number of 32 bits is expected")
        }
        output.removeSubrange(start...)
        output.append(contentsOf: String(sum).utf8)
        return nil
    }

    /// The form that nearly every cell has, and that is already the plain one.
    private func isPlainWhole(_ text: Bytes) -> Bool {
        guard let first = text.first, first > 48, first <= 57, text.count <= NumberReader.wholeLimit else {
            return false
        }
        return text.allSatisfy { $0 >= 48 && $0 <= 57 }
    }

    /// Takes off sign, parentheses and what the style strips.
    private func unwrapped(_ text: Bytes, style: NumberStyle) -> (core: Bytes, isNegative: Bool)? {
        var rest = text
        var isNegative = false
        var hasSign = false
        while let first = rest.first {
            if first == UInt8(ascii: "-") || first == UInt8(ascii: "+"), !hasSign {
                hasSign = true
                isNegative = first == UInt8(ascii: "-")
                rest = Bytes(rebasing: rest.dropFirst()).trimmed
            } else if first == UInt8(ascii: "("), !hasSign, rest.last == UInt8(ascii: ")") {
                hasSign = true
                isNegative = true
                rest = Bytes(rebasing: rest.dropFirst().dropLast()).trimmed
            } else if let token = style.strip.first(where: { rest.starts(with: $0) }) {
                rest = Bytes(rebasing: rest.dropFirst(token.count)).trimmed
            } else {
                break
            }
        }
        while let token = style.strip.first(where: { rest.suffix($0.count).elementsEqual($0) }) {
            rest = Bytes(rebasing: rest.dropLast(token.count)).trimmed
        }
        return rest.isEmpty ? nil : (rest, isNegative)
    }

    private mutating func readDigits(_ text: Bytes, style: NumberStyle) -> ValueFault? {
        digits.removeAll(keepingCapacity: true)
        wholeDigits = 0
        var hasDigits = false
        var isBehindPoint = false
        /// Digits since the last grouping character; nil before the first.
        var group: Int?
        var leading = 0
        var at = 0
        while at < text.count {
            let byte = text[at]
            if let value = digit(byte) {
                hasDigits = true
                take(value, isBehindPoint: isBehindPoint)
                guard digits.count <= NumberReader.digitLimit else { return outOfRange }
                if isBehindPoint {
                } else if let count = group {
                    group = count + 1
                } else {
                    leading += 1
                }
                at += 1
            } else if byte == style.decimal, !isBehindPoint, group == nil || group == 3 {
                isBehindPoint = true
                at += 1
            } else if !isBehindPoint, !style.grouping.isEmpty,
                Bytes(rebasing: text[at...]).starts(with: style.grouping)
            {
                guard group == nil ? (1...3).contains(leading) : group == 3 else { return notANumber(style) }
                group = 0
                at += style.grouping.count
            } else if byte | 0x20 == UInt8(ascii: "e"), hasDigits, group == nil {
                return readExponent(Bytes(rebasing: text[(at + 1)...]), style: style)
            } else {
                return notANumber(style)
            }
        }
        guard hasDigits, isBehindPoint || group == nil || group == 3 else { return notANumber(style) }
        return nil
    }

    private mutating func take(_ value: Int, isBehindPoint: Bool) {
        if digits.isEmpty, value == 0 {
            if isBehindPoint { wholeDigits -= 1 }
            return
        }
        digits.append(UInt8(48 + value))
        if !isBehindPoint { wholeDigits += 1 }
    }

    private mutating func readExponent(_ text: Bytes, style: NumberStyle) -> ValueFault? {
        var exponent = 0
        var rest = text
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest = Bytes(rebasing: rest.dropFirst()) }
        guard !rest.isEmpty else { return notANumber(style) }
        for byte in rest {
            guard let value = digit(byte) else { return notANumber(style) }
            exponent = min(exponent * 10 + value, 1_000_000)
        }
        wholeDigits += isNegative ? -exponent : exponent
        return nil
    }

    private mutating func write(isNegative: Bool, to output: inout [UInt8]) -> ValueFault? {
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        guard !digits.isEmpty else {
            output.append(UInt8(ascii: "0"))
            return nil
        }
        guard wholeDigits <= NumberReader.wholeLimit,
            digits.count - wholeDigits <= NumberReader.decimalLimit
        else { return outOfRange }
        if isNegative { output.append(UInt8(ascii: "-")) }
        let whole = max(wholeDigits, 0)
        output.append(contentsOf: digits.prefix(whole))
        output.append(contentsOf: repeatElement(48, count: max(whole - digits.count, 0)))
        if whole == 0 { output.append(48) }
        guard digits.count > whole else { return nil }
        output.append(UInt8(ascii: "."))
        output.append(contentsOf: repeatElement(48, count: max(-wholeDigits, 0)))
        output.append(contentsOf: digits.dropFirst(whole))
        return nil
    }

    private var outOfRange: ValueFault {
        ValueFault(
            .valueOutOfRange,
            "is out of range: a number must be below 10^15 in size with at most six decimals")
    }

    private func notANumber(_ style: NumberStyle) -> ValueFault {
        let point = String(decoding: [style.decimal], as: UTF8.self)
        let group = String(decoding: style.grouping, as: UTF8.self)
        return ValueFault(
            .valueNotANumber,
            "is not a number of the form 1\(group)250\(point)5; state another with `numbers`")
    }
}
