import Model

/// Turns one row of a file into a checked record, or says what is wrong with it.
struct RowChecker: ~Copyable {
    /// What came of a row.
    enum Outcome {
        /// `record` holds it.
        case accepted
        case rejected(Reject)
        case filtered
        /// The id matters to a delta only, and is nil in a full snapshot.
        case deleted(id: String?)
        case blank
    }

    /// The record of the last row that was accepted.
    var record = CheckedRecord()
    private let entity: EntityMapping
    let file: String
    private let format: FileFormat
    private let bound: BoundColumns
    private var values = ValueReader()
    private var scratch: [UInt8] = []
    private var faults: [Reject.Fault] = []

    init(entity: EntityMapping, file: String, format: FileFormat, bound: BoundColumns) {
        self.entity = entity
        self.file = file
        self.format = format
        self.bound = bound
    }

    /// Reads a row that has been cut into cells.
    mutating func check(_ row: Bytes, cells: CellTable, line: Int, hash: Hash128) -> Outcome {
        faults.removeAll(keepingCapacity: true)
        guard cells.count == bound.cellCount, !cells.hasTextBehindQuote else {
            return isBlankRow(row) ? .blank : .rejected(raggedRow(cells, line: line))
        }
        record.begin()
        record.rowHash = hash
        record.file = file
        record.line = line
        if !bound.deletions.isEmpty, allHold(bound.deletions, row, cells) {
            return deleted(row, cells, line: line)
        }
        guard !bound.isWithoutRows, allHold(bound.conditions, row, cells) else { return .filtered }
        let id = readID(row, cells)
        checkText(row, cells)
        if faults.isEmpty { readColumns(row, cells) }
        guard faults.isEmpty else { return isBlankRow(row) ? .blank : .rejected(reject(line: line, id: id)) }
        return .accepted
    }

    private mutating func deleted(_ row: Bytes, _ cells: CellTable, line: Int) -> Outcome {
        guard entity.kind == .delta else { return .deleted(id: nil) }
        guard let id = readID(row, cells) else {
            checkText(row, cells)
            return .rejected(reject(line: line, id: nil))
        }
        return .deleted(id: id)
    }

    private func reject(line: Int, id: String?) -> Reject {
        Reject(entity: entity.name, file: file, line: line, id: id, faults: faults)
    }

    // MARK: - The row as a whole

    private func isBlankRow(_ row: Bytes) -> Bool {
        row.allSatisfy { isBlank($0) || $0 == format.delimiter }
    }

    /// The key of a ragged row is not trusted: its cells may stand in the wrong columns.
    private mutating func raggedRow(_ cells: CellTable, line: Int) -> Reject {
        let reason =
            cells.count == bound.cellCount
            ? "text stands between a closing quote and the delimiter"
            : "the row has \(cells.count) cells where the header has \(bound.cellCount)"
        faults = [Reject.Fault(column: nil, value: nil, code: .rowRagged, reason: reason)]
        return reject(line: line, id: nil)
    }

    private mutating func allHold(_ conditions: [BoundColumns.Condition], _ row: Bytes, _ cells: CellTable)
        -> Bool
    {
        for bound in conditions {
            scratch.removeAll(keepingCapacity: true)
            cells.appendText(bound.cell, of: row, quote: format.quote, to: &scratch)
            if !bound.condition.holds(for: scratch) { return false }
        }
        return true
    }

    /// Looks for NUL bytes and for what is not UTF-8 in the cells that are used.
    private mutating func checkText(_ row: Bytes, _ cells: CellTable) {
        if row.isPlainText { return }
        for cell in bound.checkedRuns.joined() {
            let text = cells.content(cell, of: row)
            if text.isPlainText { continue }
            if text.contains(0) {
                addFault(ValueFault(.rowNulByte, "has a NUL byte"), column: bound.names[cell], text)
            } else if String(validating: text, as: UTF8.self) == nil {
                let reason = "is not \(format.encoding.rawValue); see `encoding` in the mapping's format"
                addFault(ValueFault(.rowEncoding, reason), column: bound.names[cell], text)
            }
        }
    }

    private mutating func addFault(_ fault: ValueFault, column: String, _ text: Bytes) {
        // A character has at most four bytes; what is cut in two at the end falls behind the 200th.
        let shown = String(String(decoding: text.prefix(804), as: UTF8.self).unicodeScalars.prefix(200))
        faults.append(
            Reject.Fault(
                column: column, value: shown, code: fault.code, reason: "\(column) \(fault.reason)"))
    }

    // MARK: - Values

    /// Reads the key; nil when it has none or one that is not clean text.
    private mutating func readID(_ row: Bytes, _ cells: CellTable) -> String? {
        readColumn(bound.id, row, cells)
        if faults.first?.code == .valueMissing || faults.isEmpty && record.bytes.allSatisfy(isBlank) {
            let reason = "\(bound.id.name) has no value and is the row's key"
            faults = [Reject.Fault(column: bound.id.name, value: "", code: .rowWithoutID, reason: reason)]
        }
        if faults.isEmpty, record.bytes.count > ValueReader.keyLimit {
            let reason = "is longer than \(ValueReader.keyLimit) bytes and is the row's key"
            let key = record.bytes
            key.withUnsafeBufferPointer {
                addFault(ValueFault(.valueTooLong, reason), column: bound.id.name, $0)
            }
        }
        guard faults.isEmpty, !record.bytes.contains(0) else { return nil }
        return String(validating: record.bytes, as: UTF8.self)
    }

    private mutating func readColumns(_ row: Bytes, _ cells: CellTable) {
        for column in bound.columns {
            if let column {
                readColumn(column, row, cells)
            } else {
                record.endText(isNull: true)
            }
        }
        readKept(row, cells)
    }

    private mutating func readColumn(_ column: BoundColumns.Column, _ row: Bytes, _ cells: CellTable) {
        switch column.source {
        case .cell(let cell) where !cells.cells[cell].isEscaped:
            readText(cells.content(cell, of: row), column)
        case .cell(let cell):
            scratch.removeAll(keepingCapacity: true)
            cells.appendText(cell, of: row, quote: format.quote, to: &scratch)
            let text = scratch
            text.withUnsafeBufferPointer { readText($0, column) }
        case .template(let pieces, let isKey):
            let isNull = !fill(pieces, isKey: isKey, rule: column.rule, row, cells)
            let text = scratch
            text.withUnsafeBufferPointer {
                readText(isNull ? Bytes(rebasing: $0[..<0]) : isKey ? $0 : $0.trimmed, column)
            }
        case .constant(let bytes) where column.told == nil:
            record.bytes.append(contentsOf: bytes)
            record.endText(isNull: false)
        case .constant(let bytes): bytes.withUnsafeBufferPointer { readText($0, column) }
        case .absent:
            record.endText(isNull: true)
        }
    }

    /// Puts a template's text together in `scratch`; false when a cell without a value makes it null.
    private mutating func fill(
        _ pieces: [BoundColumns.TemplatePiece], isKey: Bool, rule: ValueRule, _ row: Bytes, _ cells: CellTable
    ) -> Bool {
        scratch.removeAll(keepingCapacity: true)
        for piece in pieces {
            switch piece {
            case .text(let bytes): scratch.append(contentsOf: bytes)
            case .cell(let cell, let mayBeEmpty):
                if !rule.isNull(cells.content(cell, of: row)) {
                    let start = scratch.count
                    cells.appendText(cell, of: row, quote: format.quote, to: &scratch)
                    if isKey { escapeKeyPart(from: start, of: &scratch) }
                } else if !mayBeEmpty {
                    return false
                }
            }
        }
        return true
    }

    private mutating func readText(_ text: Bytes, _ column: BoundColumns.Column) {
        // Rules are lent, not copied: a copy of all their parts would cost more than most readings.
        let reading =
            if let rule = column.told?.rule(for: record) {
                values.read(text, by: rule, to: &record.bytes)
            } else {
                values.read(text, by: column.rule, to: &record.bytes)
            }
        switch reading {
        case .value: record.endText(isNull: false)
        case .null: record.endText(isNull: true)
        case .fault(let fault):
            record.endText(isNull: true)
            addFault(fault, column: column.name, text)
        }
    }

    /// Writes the kept columns that have a value as a JSON object.
    private mutating func readKept(_ row: Bytes, _ cells: CellTable) {
        var isEmpty = true
        for (cell, name) in bound.kept {
            scratch.removeAll(keepingCapacity: true)
            cells.appendText(cell, of: row, quote: format.quote, to: &scratch)
            if bound.keptNulls.contains(scratch) { continue }
            if scratch.count > ValueReader.textLimit {
                let content = cells.content(cell, of: row)
                addFault(
                    ValueFault(.valueTooLong, "is longer than 1 MiB"), column: bound.names[cell], content)
            }
            record.bytes.append(UInt8(ascii: isEmpty ? "{" : ","))
            record.bytes.append(contentsOf: name)
            record.bytes.append(UInt8(ascii: ":"))
            appendJSON(scratch, to: &record.bytes)
            isEmpty = false
        }
        if !isEmpty { record.bytes.append(UInt8(ascii: "}")) }
        record.endText(isNull: isEmpty)
    }
}
