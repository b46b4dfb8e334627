import Model
import ShippedFiles

/// The entities of the warehouse, read from the `create table` statements of `sql/tables/`, so that adding one
/// is one SQL file.
public enum EntityCatalog {
    /// Every entity, in the order of the SQL files: reference entities before the deals that refer to them.
    public static let all: [EntitySchema] = ShippedFile.files(below: "sql/tables").compactMap { file in
        schema(ofTableFile: file.text)
    }

    /// The entity of that name.
    public static func entity(named name: String) -> EntitySchema? {
        all.first { $0.name == name }
    }

    /// Whether an entity's records are events: calls, claims, spend … The header of its SQL file says so.
    static func isEvent(_ name: String) -> Bool { events.contains(name) }

    private static let events = Set(
        ShippedFile.files(below: "sql/tables").compactMap { file -> String? in
            let isEvent = file.text.split(separator: "\n").contains {
                $0.hasPrefix("-- Kind:") && $0.contains("event")
            }
            return isEvent ? schema(ofTableFile: file.text)?.name : nil
        })

    /// The entity that a table file creates: one that copies the version frame; nil for any other file.
    ///
    /// The files are the project's own and keep one column a line; a test holds the result against
    /// PostgreSQL's catalog.
    static func schema(ofTableFile text: String) -> EntitySchema? {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let start = "create table bellwether_store."
        guard let first = lines.firstIndex(where: { $0.hasPrefix(start) }),
            lines.indices.contains(first + 1),
            lines[first + 1].contains("like bellwether_store.version_frame")
        else { return nil }
        let name = lines[first].dropFirst(start.count).prefix { $0 != " " }
        var columns: [EntityColumn] = []
        for line in lines[(first + 2)...] {
            let words = line.split(whereSeparator: { $0 == " " || $0 == "," })
            guard words.count >= 2, let type = ColumnType(rawValue: String(words[1])) else { break }
            columns.append(EntityColumn(name: String(words[0]), type: type))
        }
        return EntitySchema(name: String(name), columns: columns)
    }
}
