import Model
import Yams

/// Reads `states`: a row of the file says what several columns of a record were from a time on, and gives one change
/// for each of them.
struct StatesParser {
    let yaml: YAMLText
    let schema: EntitySchema
    let told: ToldRules?

    static let key = "states"

    /// One input a column: the common columns, the column's name as the field, its cell as the new value.
    func inputs(
        _ node: Node, over common: FileColumns, at input: Node
    ) throws(BellwetherError) -> [FileColumns] {
        for name in ToldRules.valueColumns + [ToldRules.fieldColumn] where common.column(named: name) != nil {
            throw yaml.error(.mappingSyntax, "\(name) cannot stand beside states, which fills it", at: input)
        }
        let known = try knownColumns(common, at: input)
        var inputs: [FileColumns] = []
        for entry in try yaml.entries(node, of: Self.key) {
            guard known.contains(entry.name) else {
                throw yaml.unknown("column in states:", entry.name, among: known, at: entry.key)
            }
            inputs.append(
                try self.input(
                    entry.name, cells: try yaml.texts(entry.value, of: entry.name), common, at: node))
        }
        guard !inputs.isEmpty else { throw yaml.error(.mappingSyntax, "states is empty", at: node) }
        return inputs
    }

    private func knownColumns(_ common: FileColumns, at node: Node) throws(BellwetherError) -> [String] {
        guard case .constant(let entity) = common.column(named: ToldRules.entityColumn)?.source else {
            throw yaml.error(
                .mappingSyntax, "states needs an entity that is the same in every row", at: node,
                hint: "write `entity: {constant: opportunity}` among the columns")
        }
        return told?.columns(of: String(decoding: entity, as: UTF8.self)) ?? []
    }

    private func input(
        _ field: String, cells: [String], _ common: FileColumns, at node: Node
    ) throws(BellwetherError) -> FileColumns {
        let text = common.id.rule
        func column(_ target: String, _ source: ColumnMapping.Source, _ told: ToldRules?) -> ColumnMapping {
            ColumnMapping(
                target: target, source: source, rule: plain(text), isOptional: false, isVolatile: false,
                told: told)
        }
        let filled = [
            ToldRules.fieldColumn: column(ToldRules.fieldColumn, .constant(Array(field.utf8)), nil),
            "new_value": column("new_value", .column(cells), told),
        ]
        return FileColumns(
            format: common.format, id: try id(common.id, of: field, at: node),
            columns: zip(schema.columns, common.columns).map { filled[$0.name] ?? $1 },
            kept: common.kept, nulls: common.nulls, conditions: common.conditions,
            deletions: common.deletions, needed: cells)
    }

    /// A text's rule as it is without what the id's own column states.
    private func plain(_ rule: ValueRule) -> ValueRule {
        var plain = ValueRule(type: .text)
        plain.isEmptyNull = rule.isEmptyNull
        plain.nullWords = rule.nullWords
        return plain
    }

    /// The row's id with the column's name behind it, since each change needs a key of its own.
    private func id(_ id: ColumnMapping, of field: String, at node: Node) throws(BellwetherError)
        -> ColumnMapping
    {
        let end = Template.Piece.text(Array((":" + field).utf8))
        let template: Template
        switch id.source {
        case .column(let names): template = Template(pieces: [.column(names, mayBeEmpty: false), end])
        case .template(let start): template = Template(pieces: start.pieces + [end], isKey: start.isKey)
        case .constant:
            throw yaml.error(.mappingBadValue, "the id of states cannot be a constant", at: node)
        }
        var rule = plain(id.rule)
        rule.isRequired = true
        return ColumnMapping(
            target: id.target, source: .template(template), rule: rule, isOptional: false, isVolatile: false)
    }
}
