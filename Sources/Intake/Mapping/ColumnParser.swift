import Model
import Yams

/// Reads how one column of an entity is filled.
struct ColumnParser {
    let yaml: YAMLText
    let defaults: ValueDefaults

    static let keys =
        [
            "column", "template", "key", "constant", "absent", "optional", "required", "volatile", "values",
            "other", "prefix", "salesforce_id", "add", "drift",
        ]
        + ValueDefaults.keys

    /// A plain text is a column's name, or with braces a template; a map states more.
    func column(_ node: Node, for column: EntityColumn) throws(BellwetherError) -> ColumnMapping {
        let isID = column.name == "id"
        if case .scalar = node {
            let text = try yaml.text(node, of: column.name)
            let source = Template.looksLike(text) ? try template(node) : .column([text])
            return ColumnMapping(
                target: column.name, source: source, rule: try rule([:], for: column, isRequired: isID),
                isOptional: false, isVolatile: false)
        }
        let fields = try yaml.fields(node, of: column.name, keys: ColumnParser.keys)
        let absent = try absentValue(fields, of: column)
        let isOptional = try yaml.flag(fields["optional"], of: "optional") || absent != nil
        let isVolatile = try yaml.flag(fields["volatile"], of: "volatile")
        guard !isID || !isOptional && !isVolatile else {
            throw yaml.error(.mappingBadValue, "id can be neither optional nor volatile", at: node)
        }
        let isRequired = try yaml.flag(fields["required"], of: "required") || isID
        let rule = try rule(fields, for: column, isRequired: isRequired)
        var drift: DriftPolicy?
        if let node = fields["drift"] { drift = try yaml.choice(node, of: "drift") }
        return ColumnMapping(
            target: column.name, source: try source(fields, of: column, rule: rule, at: node), rule: rule,
            isOptional: isOptional, absent: absent, isVolatile: isVolatile, drift: drift)
    }

    private func absentValue(
        _ fields: [String: Node], of column: EntityColumn
    ) throws(BellwetherError) -> [UInt8]? {
        guard let node = fields["absent"] else { return nil }
        guard fields["column"] != nil else {
            throw yaml.error(.mappingSyntax, "`absent` needs `column` beside it", at: node)
        }
        return try constant(node, for: column)
    }

    /// The rule of a column of which a mapping says nothing.
    func plainRule(for column: EntityColumn) throws(BellwetherError) -> ValueRule {
        try rule([:], for: column, isRequired: false)
    }

    /// The canonical text of a value written in the mapping; nil for `null`.
    ///
    /// It is written in the plain forms, whatever the files have.
    func constant(_ node: Node, for column: EntityColumn) throws(BellwetherError) -> [UInt8]? {
        if yaml.isNull(node) { return nil }
        let text = try yaml.text(node, of: column.name)
        guard !text.utf8.contains(0) else {
            throw yaml.error(.mappingBadValue, "\(column.name) has a NUL character", at: node)
        }
        let plain = ColumnParser(yaml: yaml, defaults: ValueDefaults())
        let rule = ValueRule(type: try plain.type([:], for: column))
        var reader = ValueReader()
        var bytes: [UInt8] = []
        let reading = Array(text.utf8).withUnsafeBufferPointer { reader.read($0, by: rule, to: &bytes) }
        switch reading {
        case .value: return bytes
        case .null: return nil
        case .fault(let fault):
            throw yaml.error(.mappingBadValue, "\(column.name): \(text) \(fault.reason)", at: node)
        }
    }

    private func source(
        _ fields: [String: Node], of column: EntityColumn, rule: ValueRule, at node: Node
    ) throws(BellwetherError) -> ColumnMapping.Source {
        let stated = ["column", "template", "key", "constant"].filter { fields[$0] != nil }
        guard stated.count == 1 else {
            throw yaml.error(
                .mappingSyntax, "\(column.name) needs one of column, template, key and constant", at: node)
        }
        if let node = fields["column"] { return .column(try yaml.texts(node, of: "column")) }
        if let node = fields["key"] { return .template(try key(node, for: column)) }
        if let node = fields["template"] { return try template(node) }
        guard let node = fields["constant"], let bytes = try constant(node, for: column) else {
            throw yaml.error(
                .mappingBadValue, "\(column.name): a constant needs a value", at: node,
                hint: "leave the column out to have no value")
        }
        return .constant(bytes)
    }

    /// A list of columns, each a name or a list of names of which the first that the file has counts.
    private func key(_ node: Node, for column: EntityColumn) throws(BellwetherError) -> Template {
        guard column.type == .text else {
            throw yaml.error(.mappingBadValue, "key is for columns of text", at: node)
        }
        guard case .sequence(let nodes) = node, nodes.count > 1 else {
            throw yaml.error(
                .mappingBadValue, "key must be a list of columns, at least two", at: node,
                hint: "write `key: [OpportunityId, UserId]`; a single column is `column: Id`")
        }
        var parts: [[String]] = []
        for node in nodes { parts.append(try yaml.texts(node, of: "key")) }
        return Template(key: parts)
    }

    private func template(_ node: Node) throws(BellwetherError) -> ColumnMapping.Source {
        guard let template = Template(try yaml.text(node, of: "template")) else {
            throw yaml.error(
                .mappingBadValue, "the template's braces do not enclose column names", at: node,
                hint: "write {column}; {{ and }} stand for braces")
        }
        return .template(template)
    }

    private func rule(
        _ fields: [String: Node], for column: EntityColumn, isRequired: Bool
    ) throws(BellwetherError) -> ValueRule {
        var rule = ValueRule(type: try type(fields, for: column))
        let nulls = try FormatParser(yaml: yaml).values(fields, over: defaults).nulls
        rule.isEmptyNull = nulls.contains([])
        rule.nullWords = nulls.filter { !$0.isEmpty }
        rule.isRequired = isRequired
        if let node = fields["values"] {
            for entry in try yaml.entries(node, of: "values") {
                let replacement =
                    yaml.isNull(entry.value) ? nil : Array(try yaml.text(entry.value, of: entry.name).utf8)
                rule.values[Array(entry.name.utf8)] = .some(replacement)
            }
        }
        if let node = fields["prefix"] {
            guard column.type == .text else {
                throw yaml.error(.mappingBadValue, "prefix is for columns of text", at: node)
            }
            rule.prefix = Array(try yaml.text(node, of: "prefix").utf8)
        }
        if let node = fields["other"] {
            guard !rule.values.isEmpty else {
                throw yaml.error(.mappingSyntax, "`other` needs `values` beside it", at: node)
            }
            rule.other = try yaml.choice(node, of: "other")
        }
        return rule
    }

    private func addend(_ node: Node?) throws(BellwetherError) -> Int {
        guard let node else { return 0 }
        guard let number = Int32(try yaml.text(node, of: "add")) else {
            throw yaml.error(.mappingBadValue, "add must be a whole number", at: node)
        }
        return Int(number)
    }

    private func type(_ fields: [String: Node], for column: EntityColumn) throws(BellwetherError)
        -> ValueRule.TypeRule
    {
        let values = try FormatParser(yaml: yaml).values(fields, over: defaults)
        let isSalesforceID = try yaml.flag(fields["salesforce_id"], of: "salesforce_id")
        if isSalesforceID, column.type != .text, let node = fields["salesforce_id"] {
            throw yaml.error(.mappingBadValue, "salesforce_id is for columns of text", at: node)
        }
        if isSalesforceID, fields["key"] != nil, let node = fields["salesforce_id"] {
            throw yaml.error(
                .mappingBadValue, "salesforce_id is for one id, not for a key of several", at: node)
        }
        if column.type != .integer, let node = fields["add"] {
            throw yaml.error(.mappingBadValue, "add is for columns of whole numbers", at: node)
        }
        switch column.type {
        case .text: return isSalesforceID ? .salesforceID : .text
        case .amount: return .amount(values.numbers)
        case .integer: return .integer(values.numbers, add: try addend(fields["add"]))
        case .date: return .date(values.dates)
        case .timestamp: return .timestamp(values.dates)
        case .boolean: return .boolean(true: values.truths, false: values.falsehoods)
        }
    }
}
