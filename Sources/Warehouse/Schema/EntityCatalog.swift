import Model
import ShippedFiles

/// The entities of the warehouse, read from the `create table` and `alter table` statements of `sql/tables/`, so
/// that adding one is one SQL file.
public enum EntityCatalog {
    /// Every entity, in the order of the SQL files: reference entities before the deals that refer to them.
    public static let all = entities(ofTableFiles: ShippedFile.files(below: "sql/tables").map(\.text))

    /// The entity of that name.
    public static func entity(named name: String) -> EntitySchema? {
        all.first { $0.name == name }
    }

    /// The entities that table files create, with the columns that later files add.
    ///
    /// The files are the project's own and keep one column a line; a test holds the result against PostgreSQL's
    /// catalog.
    static func entities(ofTableFiles texts: [String]) -> [EntitySchema] {
        var entities: [EntitySchema] = []
        for text in texts {
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            if let created = created(by: lines) { entities.append(created) }
            guard let added = added(by: lines),
                let index = entities.firstIndex(where: { $0.name == added.name })
            else { continue }
            entities[index] = EntitySchema(
                name: added.name, kind: entities[index].kind, columns: entities[index].columns + added.columns
            )
        }
        return entities
    }

    /// The entity of a file that copies the version frame; nil for any other file.
    private static func created(by lines: [Substring]) -> EntitySchema? {
        guard let (first, name) = statement("create table", in: lines),
            lines.indices.contains(first + 1),
            lines[first + 1].contains("like bellwether_store.version_frame")
        else { return nil }
        return EntitySchema(
            name: name, kind: kind(in: lines), columns: columns(lines[(first + 2)...].map { words($0) }))
    }

    /// The table and the columns of a file of `add column` lines; nil for any other file.
    private static func added(by lines: [Substring]) -> (name: String, columns: [EntityColumn])? {
        guard let (first, name) = statement("alter table", in: lines) else { return nil }
        let additions = lines[(first + 1)...].prefix { words($0).starts(with: ["add", "column"]) }
        return (name, columns(additions.map { Array(words($0).dropFirst(2)) }))
    }

    /// The line on which a statement about a table of the store starts, and the table's name.
    private static func statement(_ verb: String, in lines: [Substring]) -> (line: Int, name: String)? {
        let start = verb + " bellwether_store."
        guard let line = lines.firstIndex(where: { $0.hasPrefix(start) }) else { return nil }
        return (line, String(lines[line].dropFirst(start.count).prefix { $0 != " " }))
    }

    /// The word behind `-- Kind:` in a file's header.
    private static func kind(in lines: [Substring]) -> EntityKind {
        let header = lines.first { $0.hasPrefix("-- Kind:") } ?? ""
        return words(header).last.flatMap { EntityKind(rawValue: String($0)) } ?? .state
    }

    /// Columns until the first line that is none.
    private static func columns(_ lines: [[Substring]]) -> [EntityColumn] {
        var columns: [EntityColumn] = []
        for words in lines {
            guard words.count >= 2, let type = ColumnType(rawValue: String(words[1])) else { break }
            columns.append(EntityColumn(name: String(words[0]), type: type))
        }
        return columns
    }

    private static func words(_ line: Substring) -> [Substring] {
        line.split(whereSeparator: { $0 == " " || $0 == "," || $0 == ";" })
    }
}
