import Model

/// How the values are read that a change of another entity's record tells: as that entity's own section of the
/// mapping reads the column, so that history and snapshot say the same in the same words.
///
/// A class, since every row looks a rule up.
final class ToldRules: Sendable {
    /// The pseudo-column by which a history says that its record was deleted, or restored.
    static let deletion = EntityColumn(name: "is_deleted", type: .boolean)
    /// The columns that name what is told, and those that tell it.
    static let entityColumn = "entity"
    static let fieldColumn = "field"
    static let valueColumns = ["old_value", "new_value"]

    private let rules: [ArraySlice<UInt8>: [ArraySlice<UInt8>: ValueRule]]
    private let entityPlace: Int
    private let fieldPlace: Int

    /// Whether an entity's rows tell of columns of others.
    static func areNeeded(by schema: EntitySchema) -> Bool {
        ([entityColumn, fieldColumn] + valueColumns).allSatisfy { schema.column(named: $0) != nil }
    }

    /// The rules of all columns of the mapped entities; `plain` reads those of which the mapping says nothing.
    init(
        of mapped: [EntityMapping], schemas: [EntitySchema], plain: ColumnParser
    ) throws(BellwetherError) {
        var rules: [ArraySlice<UInt8>: [ArraySlice<UInt8>: ValueRule]] = [:]
        for schema in schemas where !Self.areNeeded(by: schema) {
            let inputs = mapped.first { $0.name == schema.name }?.inputs ?? []
            var columns: [ArraySlice<UInt8>: ValueRule] = [:]
            for column in schema.columns + [Self.deletion] {
                let mapped = inputs.lazy.compactMap { $0.fileColumns?.column(named: column.name)?.rule }.first
                var rule = try plain.plainRule(for: column)
                if let mapped { rule = mapped }
                rule.isRequired = false
                columns[Array(column.name.utf8)[...]] = rule
            }
            rules[Array(schema.name.utf8)[...]] = columns
        }
        self.rules = rules
        let telling = schemas.first(where: Self.areNeeded)?.columns.map(\.name) ?? []
        entityPlace = telling.firstIndex(of: Self.entityColumn) ?? 0
        fieldPlace = telling.firstIndex(of: Self.fieldColumn) ?? 0
    }

    /// The rule of the column that a row names; nil for a field that is no column.
    func rule(for record: borrowing CheckedRecord) -> ValueRule? {
        rules[record.valueBytes(at: entityPlace)]?[record.valueBytes(at: fieldPlace)]
    }

    /// The columns of an entity that can be told.
    func columns(of entity: String) -> [String] {
        rules[Array(entity.utf8)[...]]?.keys.map { String(decoding: $0, as: UTF8.self) }.sorted() ?? []
    }
}
