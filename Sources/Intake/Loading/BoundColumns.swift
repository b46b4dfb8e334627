import Model

/// The columns of a mapping's input, found in the header of one file.
struct BoundColumns {
    /// Where a value comes from.
    enum Source {
        case cell(Int)
        case template([TemplatePiece], isKey: Bool)
        case constant([UInt8])
        case absent
    }

    enum TemplatePiece {
        case text([UInt8])
        case cell(Int, mayBeEmpty: Bool)
    }

    /// A class, since a value of so many parts would be copied for every cell.
    final class Column {
        let source: Source
        let rule: ValueRule
        /// The rules of the columns of which the value may be, instead of `rule`.
        let told: ToldRules?
        /// The column's name in the export, for rejects.
        let name: String

        init(source: Source, rule: ValueRule, told: ToldRules?, name: String) {
            self.source = source
            self.rule = rule
            self.told = told
            self.name = name
        }
    }

    struct Condition {
        let cell: Int
        let condition: RowCondition
    }

    /// The names of the file's columns.
    let names: [String]
    let id: Column
    /// One a column of the schema; nil where the mapping fills nothing.
    let columns: [Column?]
    /// The kept columns with their names as JSON strings, in the order of the names.
    let kept: [(cell: Int, name: [UInt8])]
    /// The texts of kept columns that stand for no value.
    let keptNulls: [[UInt8]]
    let conditions: [Condition]
    let deletions: [Condition]
    /// Whether no row counts, since the file lacks the column of a condition.
    let isWithoutRows: Bool
    /// Runs of neighbouring cells that decide what the row says.
    let hashedRuns: [ClosedRange<Int>]
    /// The hashed cells and the volatile ones: what must be clean text.
    let checkedRuns: [ClosedRange<Int>]
    /// The cells that are used.
    let used: Set<Int>
    /// Wanted columns that the file does not have.
    let absent: [String]

    /// The number of cells that a row must have.
    var cellCount: Int { names.count }

    /// Whether the runs are the whole row: then a row need not be cut to be hashed.
    var hashesWholeRow: Bool { hashedRuns == [0...(cellCount - 1)] }

    /// - Throws: BW105 for a column that is missing, BW106 for one that stands twice.
    init(_ mapping: FileColumns, header: Header) throws(BellwetherError) {
        var binder = Binder(header: header)
        id = try binder.column(mapping.id)
        var columns: [Column?] = []
        for column in mapping.columns {
            guard let column else {
                columns.append(nil)
                continue
            }
            columns.append(try binder.column(column))
        }
        self.columns = columns
        var kept: [(cell: Int, name: [UInt8])] = []
        for name in mapping.kept {
            guard let cell = try binder.cell([name], isOptional: true, isVolatile: false) else { continue }
            var json: [UInt8] = []
            appendJSON(name.utf8, to: &json)
            kept.append((cell, json))
        }
        self.kept = kept
        isWithoutRows = try binder.failsOnAbsence(mapping.conditions)
        conditions = try binder.conditions(mapping.conditions)
        deletions = try binder.conditions(mapping.deletions)
        names = header.names
        keptNulls = mapping.nulls
        hashedRuns = runs(binder.hashed)
        used = binder.hashed.union(binder.volatile)
        checkedRuns = runs(used)
        absent = binder.absent
    }
}

/// Neighbouring numbers as ranges, in order.
private func runs(_ numbers: Set<Int>) -> [ClosedRange<Int>] {
    var runs: [ClosedRange<Int>] = []
    for number in numbers.sorted() {
        if let last = runs.last, last.upperBound + 1 == number {
            runs[runs.count - 1] = last.lowerBound...number
        } else {
            runs.append(number...number)
        }
    }
    return runs
}

/// Finds columns in a header and remembers which it found.
private struct Binder {
    let header: Header
    var hashed: Set<Int> = []
    var volatile: Set<Int> = []
    var absent: [String] = []

    mutating func cell(_ names: [String], isOptional: Bool, isVolatile: Bool) throws(BellwetherError) -> Int?
    {
        guard let cell = try header.position(ofFirst: names) else {
            guard isOptional else { throw header.missing(names) }
            let name = names.joined(separator: " or ")
            if !absent.contains(name) { absent.append(name) }
            return nil
        }
        if isVolatile {
            volatile.insert(cell)
        } else {
            hashed.insert(cell)
        }
        return cell
    }

    mutating func column(_ mapping: ColumnMapping) throws(BellwetherError) -> BoundColumns.Column {
        let source: BoundColumns.Source
        var name = mapping.target
        switch mapping.source {
        case .constant(let bytes): source = .constant(bytes)
        case .column(let names):
            let cell = try cell(names, isOptional: mapping.isOptional, isVolatile: mapping.isVolatile)
            source = cell.map { .cell($0) } ?? mapping.absent.map { .constant($0) } ?? .absent
            if let cell { name = header.names[cell] }
        case .template(let template): source = try self.template(template, of: mapping)
        }
        return BoundColumns.Column(source: source, rule: mapping.rule, told: mapping.told, name: name)
    }

    /// With `optional`, a template is absent when any column that may not be empty is.
    private mutating func template(_ template: Template, of mapping: ColumnMapping) throws(BellwetherError)
        -> BoundColumns.Source
    {
        var pieces: [BoundColumns.TemplatePiece] = []
        var isAbsent = false
        for piece in template.pieces {
            switch piece {
            case .text(let bytes): pieces.append(.text(bytes))
            case .column(let names, let mayBeEmpty):
                let found = try cell(names, isOptional: mapping.isOptional, isVolatile: mapping.isVolatile)
                if let found {
                    pieces.append(.cell(found, mayBeEmpty: mayBeEmpty))
                } else if !mayBeEmpty {
                    isAbsent = true
                }
            }
        }
        return isAbsent ? .absent : .template(pieces, isKey: template.isKey)
    }

    /// Whether the file lacks the column of a condition that no row meets then.
    func failsOnAbsence(_ conditions: [RowCondition]) throws(BellwetherError) -> Bool {
        for condition in conditions where condition.absence == .none {
            if try header.position(ofFirst: condition.columns) == nil { return true }
        }
        return false
    }

    mutating func conditions(_ conditions: [RowCondition]) throws(BellwetherError) -> [BoundColumns.Condition]
    {
        var bound: [BoundColumns.Condition] = []
        for condition in conditions {
            let cell = try cell(
                condition.columns, isOptional: condition.absence != .refused, isVolatile: false)
            if let cell { bound.append(BoundColumns.Condition(cell: cell, condition: condition)) }
        }
        return bound
    }
}
