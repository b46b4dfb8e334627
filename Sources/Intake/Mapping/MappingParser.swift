import Model
import Yams

enum MappingParser {
    static let keys = ["mapping", "source", "expected", "format", "history", "entities"] + CareParser.keys
    /// The bytes of a mapping's text at most: 1 MiB, more than a hundred times what ships.
    static let limit = 1 << 20
    static let historyKeys = ["from"]

    /// The first day of which a history export is trusted.
    static func historyStart(_ node: Node?, _ yaml: YAMLText) throws(BellwetherError) -> Day? {
        guard let node else { return nil }
        guard let from = try yaml.fields(node, of: "history", keys: historyKeys)["from"] else { return nil }
        guard let day = Day(try yaml.text(from, of: "from")) else {
            throw yaml.error(
                .mappingBadValue, "from must be a day", at: from, hint: "write it as 2024-03-01")
        }
        return day
    }
}

extension Mapping {
    /// Reads a mapping's text. `file` is its name for messages, `schemas` the entities that there are.
    ///
    /// - Throws: BW121 for what is not YAML or lacks a key, BW122 for a name that there is not, BW123
    ///   for a value that cannot be; each with line and column, and what was probably meant. BW124 for a text
    ///   of more than 1 MiB.
    public static func parse(text: String, file: String, schemas: [EntitySchema]) throws(BellwetherError)
        -> Mapping
    {
        guard text.utf8.count <= MappingParser.limit else {
            throw BellwetherError(
                .mappingTooLarge, "the mapping has more than 1 MiB",
                hint: "give the mapping, not an export; move long lists of values into the CRM's export",
                place: Place(file: file))
        }
        let yaml = YAMLText(file: file)
        let root = try yaml.root(of: text)
        let fields = try yaml.fields(root, of: "the mapping", keys: MappingParser.keys)
        var defaults = FormatDefaults()
        if let node = fields["format"] {
            defaults = try FormatParser(yaml: yaml).format(node, over: defaults)
        }
        var expected = ExpectedDays.daily
        if let node = fields["expected"] { expected = try yaml.choice(node, of: "expected") }
        let care = try CareParser(yaml: yaml).care(fields, over: SnapshotCare())
        guard let entitiesNode = fields["entities"] else {
            throw yaml.error(.mappingSyntax, "the mapping has no entities", at: root)
        }
        var entities: [EntityMapping] = []
        var changes: (place: Int, parser: EntityParser, node: Node)?
        for entry in try yaml.entries(entitiesNode, of: "entities") {
            guard let schema = schemas.first(where: { $0.name == entry.name }) else {
                throw yaml.unknown("entity", entry.name, among: schemas.map(\.name), at: entry.key)
            }
            let parser = EntityParser(yaml: yaml, schema: schema, defaults: defaults, care: care)
            if ToldRules.areNeeded(by: schema) {
                changes = (entities.count, parser, entry.value)
            } else {
                entities.append(try parser.entity(entry.value))
            }
        }
        if var changes {
            // Its values are read as the other entities say, whatever the order of the text.
            changes.parser.told = try ToldRules(
                of: entities, schemas: schemas, plain: ColumnParser(yaml: yaml, defaults: defaults.values))
            entities.insert(try changes.parser.entity(changes.node), at: changes.place)
        }
        return Mapping(
            name: try name(fields, "mapping", yaml, root), source: try name(fields, "source", yaml, root),
            expectedDays: expected,
            historyStart: try MappingParser.historyStart(fields["history"], yaml), entities: entities,
            file: file, text: text)
    }

    /// A word that can stand in keys and on command lines.
    private static func name(_ fields: [String: Node], _ key: String, _ yaml: YAMLText, _ root: Node)
        throws(BellwetherError) -> String
    {
        guard let node = fields[key] else {
            throw yaml.error(
                .mappingSyntax, "the mapping has no \(key)", at: root, hint: "add a line `\(key): NAME`")
        }
        let name = try yaml.text(node, of: key)
        guard name.wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9._-]*/) != nil, name.utf8.count <= 63 else {
            throw yaml.error(
                .mappingBadValue, "\(key) must be a name", at: node,
                hint: "letters, digits, point, hyphen and underscore, at most 63")
        }
        return name
    }
}
