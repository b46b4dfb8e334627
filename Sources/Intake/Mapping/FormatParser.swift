import Model
import Yams

/// The forms that hold unless a column states its own: a mapping's or an input's `format`.
struct FormatDefaults {
    var file = FileFormat()
    var values = ValueDefaults()
}

/// How values are written.
struct ValueDefaults {
    var dates = [DatePattern.iso]
    var numbers = NumberStyle.plain
    var nulls: [[UInt8]] = [[]]
    var truths = ["true", "t", "yes", "y", "1"].map { Array($0.utf8) }
    var falsehoods = ["false", "f", "no", "n", "0"].map { Array($0.utf8) }

    /// The keys that state them, in a format and in a column.
    static let keys = ["dates", "numbers", "null", "true", "false"]
}

/// Reads `format` and the keys that say how values are written.
struct FormatParser {
    static let keys = ["delimiter", "quote", "encoding"] + ValueDefaults.keys
    static let numberKeys = ["decimal", "grouping", "strip"]

    let yaml: YAMLText

    /// `base` with what a `format` states.
    func format(_ node: Node, over base: FormatDefaults) throws(BellwetherError) -> FormatDefaults {
        let fields = try yaml.fields(node, of: "format", keys: FormatParser.keys)
        var format = base
        if let node = fields["delimiter"] { format.file.delimiter = try delimiter(node) }
        if let node = fields["quote"] {
            format.file.quote = try yaml.text(node, of: "quote") == "none" ? nil : oneByte(node, of: "quote")
        }
        guard format.file.quote != format.file.delimiter else {
            throw yaml.error(.mappingBadValue, "quote and delimiter must differ", at: node)
        }
        if let node = fields["encoding"] { format.file.encoding = try yaml.choice(node, of: "encoding") }
        format.values = try values(fields, over: base.values)
        return format
    }

    /// `base` with what the keys `dates`, `numbers`, `null`, `true` and `false` state.
    func values(_ fields: [String: Node], over base: ValueDefaults) throws(BellwetherError) -> ValueDefaults {
        var values = base
        if let node = fields["dates"] { values.dates = try dates(node) }
        if let node = fields["numbers"] { values.numbers = try numbers(node) }
        if let node = fields["null"] {
            values.nulls = try yaml.texts(node, of: "null", literally: true).map { Array($0.utf8) }
        }
        if let node = fields["true"] {
            values.truths = try yaml.texts(node, of: "true").map { Array($0.utf8) }
        }
        if let node = fields["false"] {
            values.falsehoods = try yaml.texts(node, of: "false").map { Array($0.utf8) }
        }
        return values
    }

    private func dates(_ node: Node) throws(BellwetherError) -> [DatePattern] {
        var patterns: [DatePattern] = []
        for text in try yaml.texts(node, of: "dates") {
            do {
                patterns.append(try DatePattern(text))
            } catch {
                throw yaml.error(
                    .mappingBadValue, "\(text) is no date pattern", at: node, hint: error.reason)
            }
        }
        return patterns
    }

    private func numbers(_ node: Node) throws(BellwetherError) -> NumberStyle {
        if case .scalar(let scalar) = node {
            if scalar.string == "plain" { return .plain }
            throw yaml.error(
                .mappingBadValue, "numbers cannot be \(scalar.string)", at: node,
                hint: "write `plain`, or for 1.250,50 `{decimal: \",\", grouping: \".\"}`")
        }
        let fields = try yaml.fields(node, of: "numbers", keys: FormatParser.numberKeys)
        var style = NumberStyle.plain
        if let node = fields["decimal"] {
            style.decimal = try oneByte(node, of: "decimal")
            guard style.decimal == UInt8(ascii: ".") || style.decimal == UInt8(ascii: ",") else {
                throw yaml.error(.mappingBadValue, "decimal must be \".\" or \",\"", at: node)
            }
        }
        if let node = fields["grouping"] {
            let text = try yaml.text(node, of: "grouping")
            style.grouping = Array(text.utf8)
            guard text.count == 1, style.grouping != [style.decimal], !text.contains(where: \.isNumber),
                !["+", "-", "(", ")", "e", "E"].contains(text)
            else {
                throw yaml.error(
                    .mappingBadValue, "grouping must be one character that is not the decimal", at: node,
                    hint: "leave it out when digits are not grouped")
            }
        }
        if let node = fields["strip"] {
            style.strip = try yaml.texts(node, of: "strip").map { Array($0.utf8) }
            guard !style.strip.contains(where: { $0.isEmpty || $0.contains { digit($0) != nil } }) else {
                throw yaml.error(.mappingBadValue, "strip must be texts without digits", at: node)
            }
        }
        return style
    }

    private func delimiter(_ node: Node) throws(BellwetherError) -> UInt8 {
        switch try yaml.text(node, of: "delimiter") {
        case "tab", "\\t": return UInt8(ascii: "\t")
        default: return try oneByte(node, of: "delimiter")
        }
    }

    private func oneByte(_ node: Node, of what: String) throws(BellwetherError) -> UInt8 {
        let bytes = Array(try yaml.text(node, of: what).utf8)
        guard bytes.count == 1, bytes[0] < 0x80, bytes[0] != newLine, bytes[0] != carriageReturn,
            bytes[0] != 0
        else {
            throw yaml.error(.mappingBadValue, "\(what) must be one ASCII character", at: node)
        }
        return bytes[0]
    }
}
