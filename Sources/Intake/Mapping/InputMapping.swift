import Model

/// One part of an entity's snapshot: files of one form, or rows written in the mapping.
struct InputMapping: Sendable {
    enum Content: Sendable {
        case files(FileColumns)
        case rows([ConstantRow])
    }

    /// The file name patterns; the first that matches counts. Empty for rows.
    let patterns: [String]
    let content: Content
    /// Several rows may give the same record.
    let isDistinct: Bool
    /// The folder may lack its files.
    var isOptional = false

    /// The patterns as they name the input to a person.
    var pattern: String { patterns.joined(separator: " or ") }

    var fileColumns: FileColumns? {
        if case .files(let columns) = content { return columns }
        return nil
    }
}

/// A record written in the mapping: canonical texts, checked when the mapping was read.
struct ConstantRow: Sendable {
    /// The line of the mapping.
    let line: Int
    let id: [UInt8]
    /// One a column of the schema; nil for no value.
    let values: [[UInt8]?]
}

/// What the columns of a file become.
struct FileColumns: Sendable {
    let format: FileFormat
    let id: ColumnMapping
    /// One a column of the schema; nil for columns that the mapping does not fill.
    let columns: [ColumnMapping?]
    /// Columns of the file kept by name.
    let kept: [String]
    /// The texts of kept columns that stand for no value.
    let nulls: [[UInt8]]
    /// The rows to read: those for which every condition holds.
    let conditions: [RowCondition]
    /// The rows that say that their key is deleted.
    let deletions: [RowCondition]
    /// Without one of these columns the file says nothing here and is passed over; empty when it always counts.
    var needed: [String] = []

    func column(named name: String) -> ColumnMapping? {
        columns.first { $0?.target == name } ?? nil
    }
}

/// How one column of an entity is filled.
struct ColumnMapping: Sendable {
    enum Source: Sendable {
        /// The first of these columns that the file has.
        case column([String])
        case template(Template)
        /// Canonical text.
        case constant([UInt8])
    }

    /// The entity's column, or `id`.
    let target: String
    let source: Source
    let rule: ValueRule
    /// The file may lack it.
    let isOptional: Bool
    /// The value in files that lack the column; nil for no value.
    var absent: [UInt8]?
    /// A difference in it alone makes no version.
    let isVolatile: Bool
    /// For a value of another record's column: the rules by which that one is read, instead of `rule`.
    var told: ToldRules?
    /// What becomes of a load when it is missing, empty or of another form; nil leaves it to the entity.
    var drift: DriftPolicy?
}

/// A test of one cell.
struct RowCondition: Sendable {
    /// The first of these columns that the file has.
    let columns: [String]
    let values: [[UInt8]]
    /// It holds when the cell is none of the values.
    let isNegated: Bool
    /// What holds for a file that lacks the column.
    let absence: Absence

    /// What holds for a file that lacks a condition's column.
    enum Absence: Sendable {
        /// The file is refused.
        case refused
        /// The condition does not count.
        case ignored
        /// No row meets it.
        case none
    }

    func holds(for text: [UInt8]) -> Bool {
        values.contains(text) != isNegated
    }
}
