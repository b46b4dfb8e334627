import Model
import Yams

enum MappingParser {
    static let keys = ["mapping", "source", "expected", "format", "entities"] + CareParser.keys
}

extension Mapping {
    /// Reads a mapping's text. `file` is its name for messages, `schemas` the entities that there are.
    ///
    /// - Throws: BW121 for what is not YAML or lacks a key, BW122 for a name that there is not, BW123
    ///   for a value that cannot be; each with line and column, and what was probably meant.
    public static func parse(text: String, file: String, schemas: [EntitySchema]) throws(BellwetherError)
        -> Mapping
    {
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
        for entry in try yaml.entries(entitiesNode, of: "entities") {
            guard let schema = schemas.first(where: { $0.name == entry.name }) else {
                throw yaml.unknown("entity", entry.name, among: schemas.map(\.name), at: entry.key)
            }
            let parser = EntityParser(yaml: yaml, schema: schema, defaults: defaults, care: care)
            entities.append(try parser.entity(entry.value))
        }
        return Mapping(
            name: try name(fields, "mapping", yaml, root), source: try name(fields, "source", yaml, root),
            expectedDays: expected, entities: entities, file: file, text: text)
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
