import Model

/// Takes the rows of one file that are not known: cuts, checks and hands them on.
struct FilePass: ~Copyable {
    var checker: RowChecker
    let format: FileFormat
    let isDistinct: Bool
    var cells = CellTable()

    init(checker: consuming RowChecker, format: FileFormat, isDistinct: Bool) {
        self.checker = checker
        self.format = format
        self.isDistinct = isDistinct
    }

    /// Takes a row; its hash is nil when it is cut wrongly.
    mutating func take<Sink: RecordSink>(
        _ row: Bytes, hasQuotes: Bool, line: Int, hash: Hash128?, into sink: inout Sink,
        _ report: inout ReadReport, _ repeats: inout RepeatFilter
    ) throws {
        let hash = hash ?? .zero
        if isDistinct, repeats.hasSeen(row: hash) {
            report.rowsRepeated += 1
            return
        }
        cells.split(row, hasQuotes: hasQuotes, format: format)
        switch checker.check(row, cells: cells, line: line, hash: hash) {
        case .accepted:
            if isDistinct, repeats.isRepeat(&checker.record) {
                report.rowsRepeated += 1
            } else if isDistinct, sink.isKnown(checker.record.rowHash) {
                report.rowsKnown += 1
            } else {
                report.rowsAccepted += 1
                try sink.accept(checker.record)
            }
        case .rejected(let reject):
            report.rowsRejected += 1
            try sink.reject(reject)
        case .deleted(let id):
            report.rowsDeleted += 1
            if let id { try sink.delete(id: id, file: checker.file, line: line) }
        case .filtered: report.rowsFiltered += 1
        case .blank: report.rowsBlank += 1
        }
    }
}
