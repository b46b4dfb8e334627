import Model
import Yams

/// Reads where the records of one entity come from.
struct EntityParser {
    let yaml: YAMLText
    let schema: EntitySchema
    let defaults: FormatDefaults
    /// What the mapping says of the checks of every snapshot.
    let care: SnapshotCare
    /// For changes of other entities' records: how their values are read.
    var told: ToldRules?

    static let fileKeys =
        [
            "file", "kind", "format", "columns", "keep", "where", "deleted", "distinct", "optional",
        ] + CareParser.keys
    static let rowKeys = ["rows", "kind"] + CareParser.keys
    static let conditionKeys = ["column", "is", "is_not", "optional", "absent"]
    private static let id = EntityColumn(name: "id", type: .text)

    /// One input, or a list of inputs that together are one snapshot.
    func entity(_ node: Node) throws(BellwetherError) -> EntityMapping {
        var nodes = [node]
        if case .sequence(let list) = node { nodes = Array(list) }
        var inputs: [InputMapping] = []
        var kind: EntityMapping.Kind?
        var care = care
        for node in nodes {
            let (parts, stated) = try self.inputs(node, &care)
            if let stated {
                guard kind == nil || kind == stated else {
                    throw yaml.error(
                        .mappingBadValue, "the inputs of \(schema.name) differ in kind", at: node,
                        hint: "one snapshot is either full or a delta")
                }
                kind = stated
            }
            inputs += parts
        }
        guard !inputs.isEmpty else {
            throw yaml.error(.mappingSyntax, "\(schema.name) has no inputs", at: node)
        }
        if kind == nil, isDerived(inputs) {
            kind = .delta
            // It names all that the other entity's rows name, whatever was loaded before.
            care.buildsOn = care.buildsOn ?? BaseRule.none
        }
        return EntityMapping(
            schema: schema, kind: kind ?? schema.kind.snapshotKind, inputs: inputs, care: care)
    }

    /// Records that are derived from another entity's rows (`distinct`) are named only as long as one of those rows
    /// names them: silence is no deletion.
    private func isDerived(_ inputs: [InputMapping]) -> Bool {
        let files = inputs.filter { $0.fileColumns != nil }
        return !files.isEmpty && files.allSatisfy(\.isDistinct)
    }

    /// One input; several where a row states several columns of another record.
    private func inputs(
        _ node: Node, _ care: inout SnapshotCare
    ) throws(BellwetherError) -> ([InputMapping], EntityMapping.Kind?) {
        let what = "entity \(schema.name)"
        let isRows = try yaml.entries(node, of: what).contains { $0.name == "rows" }
        let fields = try yaml.fields(
            node, of: what,
            keys: isRows
                ? EntityParser.rowKeys : EntityParser.fileKeys + (told == nil ? [] : [StatesParser.key]))
        care = try CareParser(yaml: yaml).care(fields, over: care)
        var kind: EntityMapping.Kind?
        if let node = fields["kind"] { kind = try yaml.choice(node, of: "kind") }
        if let rows = fields["rows"] {
            guard told == nil else {
                throw yaml.error(.mappingSyntax, "\(what) has no rows of its own", at: rows)
            }
            let content = InputMapping.Content.rows(try self.rows(rows))
            return ([InputMapping(patterns: [], content: content, isDistinct: false)], kind)
        }
        guard let file = fields["file"] else {
            throw yaml.error(
                .mappingSyntax, "\(what) has neither file nor rows", at: node,
                hint: "write `file: NAME.csv` and `columns:`")
        }
        let patterns = try patterns(file)
        let isDistinct = try yaml.flag(fields["distinct"], of: "distinct")
        let isOptional = try yaml.flag(fields["optional"], of: "optional")
        let columns = try fileColumns(fields, at: node)
        var parts = [columns]
        if let states = fields[StatesParser.key] {
            let parser = StatesParser(yaml: yaml, schema: schema, told: told)
            parts = try parser.inputs(states, over: columns, at: node)
        }
        return (
            parts.map {
                InputMapping(
                    patterns: patterns, content: .files($0), isDistinct: isDistinct, isOptional: isOptional)
            }, kind
        )
    }

    private func patterns(_ node: Node) throws(BellwetherError) -> [String] {
        let patterns = try yaml.texts(node, of: "file")
        for pattern in patterns where pattern.isEmpty || pattern.contains("/") {
            throw yaml.error(
                .mappingBadValue, "file must be the name of a file in the folder", at: node,
                hint: "`*` stands for any characters, `?` for one; folders are given on the command line")
        }
        return patterns
    }

    // MARK: - Files

    private func fileColumns(_ fields: [String: Node], at node: Node) throws(BellwetherError) -> FileColumns {
        var format = defaults
        if let node = fields["format"] { format = try FormatParser(yaml: yaml).format(node, over: defaults) }
        guard let columnsNode = fields["columns"] else {
            throw yaml.error(.mappingSyntax, "entity \(schema.name) has no columns", at: node)
        }
        let parser = ColumnParser(yaml: yaml, defaults: format.values)
        var columns: [String: ColumnMapping] = [:]
        for entry in try yaml.entries(columnsNode, of: "columns") {
            columns[entry.name] = try parser.column(entry.value, for: try column(entry))
            if ToldRules.valueColumns.contains(entry.name) { columns[entry.name]?.told = told }
        }
        guard let id = columns["id"] else {
            throw yaml.error(
                .mappingSyntax, "entity \(schema.name) has no id among its columns", at: columnsNode)
        }
        var kept: [String] = []
        if let node = fields["keep"] { kept = try yaml.texts(node, of: "keep") }
        guard Set(kept).count == kept.count else {
            throw yaml.error(.mappingBadValue, "keep names a column twice", at: fields["keep"])
        }
        return FileColumns(
            format: format.file, id: id, columns: schema.columns.map { columns[$0.name] },
            kept: kept.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) },
            nulls: format.values.nulls,
            conditions: try conditions(fields["where"], of: "where"),
            deletions: try conditions(fields["deleted"], of: "deleted"))
    }

    private func column(_ entry: YAMLText.Entry) throws(BellwetherError) -> EntityColumn {
        if entry.name == "id" { return EntityParser.id }
        if let column = schema.column(named: entry.name) { return column }
        throw yaml.unknown(
            "column of \(schema.name):", entry.name, among: ["id"] + schema.columns.map(\.name), at: entry.key
        )
    }

    /// One condition or a list of conditions.
    private func conditions(_ node: Node?, of what: String) throws(BellwetherError) -> [RowCondition] {
        guard let node else { return [] }
        var nodes = [node]
        if case .sequence(let list) = node { nodes = Array(list) }
        var conditions: [RowCondition] = []
        for node in nodes {
            let fields = try yaml.fields(node, of: what, keys: EntityParser.conditionKeys)
            guard let column = fields["column"], (fields["is"] == nil) != (fields["is_not"] == nil),
                let values = fields["is"] ?? fields["is_not"]
            else {
                throw yaml.error(
                    .mappingSyntax, "\(what) needs column, and one of is and is_not", at: node,
                    hint: "write `{column: IsDeleted, is: \"true\"}`")
            }
            conditions.append(
                RowCondition(
                    columns: try yaml.texts(column, of: "column"),
                    values: try yaml.texts(values, of: "is").map { Array($0.utf8) },
                    isNegated: fields["is_not"] != nil,
                    absence: try absence(fields)))
        }
        return conditions
    }

    private func absence(_ fields: [String: Node]) throws(BellwetherError) -> RowCondition.Absence {
        let isOptional = try yaml.flag(fields["optional"], of: "optional")
        guard let node = fields["absent"] else { return isOptional ? .ignored : .refused }
        guard !isOptional, try yaml.text(node, of: "absent") == "none" else {
            throw yaml.error(
                .mappingBadValue, "absent can only be none, and not beside optional", at: node,
                hint:
                    "none: a file that lacks the column has no such rows; optional: the condition does not count"
            )
        }
        return .none
    }

    // MARK: - Rows

    private func rows(_ node: Node) throws(BellwetherError) -> [ConstantRow] {
        guard case .sequence(let nodes) = node else {
            throw yaml.error(.mappingSyntax, "rows must be a list", at: node)
        }
        var rows: [ConstantRow] = []
        for node in nodes {
            let row = try row(node)
            guard !rows.contains(where: { $0.id == row.id }) else {
                throw yaml.error(.mappingBadValue, "two rows of \(schema.name) have the same id", at: node)
            }
            rows.append(row)
        }
        return rows
    }

    private func row(_ node: Node) throws(BellwetherError) -> ConstantRow {
        let parser = ColumnParser(yaml: yaml, defaults: ValueDefaults())
        var values: [String: [UInt8]] = [:]
        for entry in try yaml.entries(node, of: "a row of \(schema.name)") {
            values[entry.name] = try parser.constant(entry.value, for: try column(entry))
        }
        guard let id = values["id"] else {
            throw yaml.error(.mappingSyntax, "a row of \(schema.name) has no id", at: node)
        }
        guard id.count <= ValueReader.keyLimit else {
            throw yaml.error(
                .mappingBadValue, "an id of \(schema.name) is longer than \(ValueReader.keyLimit) bytes",
                at: node)
        }
        return ConstantRow(line: node.mark?.line ?? 1, id: id, values: schema.columns.map { values[$0.name] })
    }
}
