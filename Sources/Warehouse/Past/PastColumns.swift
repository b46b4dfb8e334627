import Model
import Postgres

/// The columns of an entity whose past is made from a history, and how its values are written as text.
struct PastColumns {
    /// The entity whose past is made.
    static let entity = "opportunity"
    /// The field by which a history says that a record was deleted or restored.
    static let deletion = "is_deleted"
    /// The field on which others hang.
    static let stage = "stage_id"
    /// What a deal is by its stage: known with one stage, it is not known with another. A deal that is won today
    /// was not won in the stages before.
    static let hangingOnStage: Set<String> = [
        "forecast_category", "is_closed", "is_won", "probability", "loss_reason",
    ]

    /// One column.
    struct Column {
        let name: String
        let type: ColumnType
        /// The name for SQL.
        let quoted: String
    }

    let all: [Column]
    /// Of these: the history tells of them.
    let tracked: [Column]
    /// Whether the history tells of deletions.
    let tracksDeletion: Bool

    /// The columns of the entity, of which the history tells those `fields`.
    init(_ schema: EntitySchema, fields: Set<String>) throws(DatabaseError) {
        var all: [Column] = []
        for column in schema.columns {
            all.append(Column(name: column.name, type: column.type, quoted: try quoteIdentifier(column.name)))
        }
        self.all = all
        tracked = all.filter { fields.contains($0.name) }
        tracksDeletion = fields.contains(Self.deletion)
    }

    /// Those of which the history does not tell; a creation day never changes, so that nothing is assumed of it.
    var assumed: [Column] {
        all.filter { column in
            column.name != "created_date" && !tracked.contains { $0.name == column.name }
        }
    }

    /// What `column` was at a point of `running`: as told, as first told before, or as the first snapshot says.
    func value(of column: Column) -> String {
        let known = "base.\(column.quoted)"
        guard tracked.contains(where: { $0.name == column.name }) else {
            guard Self.hangingOnStage.contains(column.name),
                let stage = tracked.first(where: { $0.name == Self.stage })
            else { return known }
            return
                "case when (\(value(of: stage))) is not distinct from base.\(stage.quoted) then \(known) end"
        }
        return """
            case
                when running.\(column.quoted) is not null then running.\(column.quoted)[2]::\(column.type.rawValue)
                when first_told.\(column.quoted) is not null
                    then first_told.\(column.quoted)[1]::\(column.type.rawValue)
                else \(known)
            end
            """
    }

    /// A stored value as the text in which a history tells it.
    static func text(_ column: Column, of alias: String) -> String {
        let value = "\(alias).\(column.quoted)"
        return switch column.type {
        case .text: value
        case .amount: "trim_scale(\(value))::text"
        case .integer: "\(value)::text"
        case .date: "to_char(\(value), 'YYYY-MM-DD')"
        case .boolean: "case when \(value) then 't' when not \(value) then 'f' end"
        case .timestamp: "to_char(\(value) at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
        }
    }

    func list(_ columns: [Column], _ separator: String = ",\n    ", _ body: (Column) -> String) -> String {
        columns.map(body).joined(separator: separator)
    }
}
