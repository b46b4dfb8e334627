import Model

/// Reads the snapshot of one entity: its files row by row, and the rows written in the mapping.
///
/// Rows are cut and hashed; only those whose hash the sink does not know are converted and checked.
/// Memory does not grow with the files, but for two hashes for each different record of inputs marked
/// `distinct`.
public struct EntityReader: Sendable {
    private let mapping: Mapping
    private let files: EntityFiles
    private let limit: Int
    private let blockSize: Int

    /// A reader of the files that `Mapping.resolve` found for one entity.
    public init(mapping: Mapping, files: EntityFiles) {
        self.init(
            mapping: mapping, files: files, limit: RecordReader.defaultLimit,
            blockSize: RecordReader.defaultBlock)
    }

    init(mapping: Mapping, files: EntityFiles, limit: Int, blockSize: Int) {
        self.mapping = mapping
        self.files = files
        self.limit = limit
        self.blockSize = blockSize
    }

    /// The columns of the entity that it reads.
    public var schema: EntitySchema { files.entity.schema }

    /// Hands every row to the sink; inputs in the mapping's order, files by name, rows in the file's order.
    ///
    /// `progress` is told now and then how many bytes have been read, of how many in all, and how many rows.
    ///
    /// - Throws: `BellwetherError` BW101 to BW108 for a file that is refused, and what the sink throws.
    public func read<Sink: RecordSink>(
        into sink: inout Sink,
        progress: (_ bytesRead: Int, _ totalBytes: Int, _ rowsRead: Int) -> Void = { _, _, _ in }
    ) throws -> ReadReport {
        var report = ReadReport()
        var use = ColumnUse()
        var repeats = RepeatFilter(seed: RowHasher.seed(mapping: mapping.hash, entity: files.entity.name))
        var bytesDone = 0
        for (index, input) in files.entity.inputs.enumerated() {
            switch input.content {
            case .rows(let rows): try read(rows, seed: repeats.seed, into: &sink, &report)
            case .files(let columns):
                for file in files.files[index] {
                    let reading = FileReading(
                        file: file, columns: columns, input: index, isDistinct: input.isDistinct,
                        bytesBefore: bytesDone)
                    try read(reading, into: &sink, &report, &repeats, &use, progress)
                    bytesDone += file.bytes
                }
            }
        }
        report.headers = use.headers
        report.unmappedColumns = use.unused
        report.absentColumns = use.absent
        report.duplicateColumns = use.duplicates
        return report
    }

    /// One file of one input.
    private struct FileReading {
        let file: EntityFiles.File
        let columns: FileColumns
        let input: Int
        let isDistinct: Bool
        /// The bytes of the files before it.
        let bytesBefore: Int
    }

    private func read<Sink: RecordSink>(
        _ reading: FileReading, into sink: inout Sink, _ report: inout ReadReport,
        _ repeats: inout RepeatFilter, _ use: inout ColumnUse, _ progress: (Int, Int, Int) -> Void
    ) throws {
        let format = reading.columns.format
        var reader = try RecordReader(
            path: reading.file.path, format: format, limit: limit, blockSize: blockSize)
        let header = try Header(from: &reader, format: format)
        let needed = reading.columns.needed
        if !needed.isEmpty, try header.position(ofFirst: needed) == nil { return }
        let bound = try BoundColumns(reading.columns, header: header)
        use.add(
            header, bound, file: reading.file.name,
            pattern: files.entity.inputs[reading.input].pattern)
        let hasher = RowHasher(
            mapping: mapping.hash, entity: files.entity.name, input: reading.input, header: header.names,
            runs: bound.hashedRuns)
        var checker = RowChecker(
            entity: files.entity, file: reading.file.name, format: format, bound: bound)
        var cells = CellTable()
        let hashesWholeRow = bound.hashesWholeRow
        let isDistinct = reading.isDistinct
        var bytesTold = 0
        while try reader.next() {
            report.rowsRead += 1
            if reader.bytesRead != bytesTold {
                bytesTold = reader.bytesRead
                progress(reading.bytesBefore + bytesTold, files.totalBytes, report.rowsRead)
            }
            let row = reader.record
            var hash = Hash128.zero
            if hashesWholeRow {
                hash = hasher.hash(wholeRow: row)
                if !isDistinct, sink.isKnown(hash) {
                    report.rowsKnown += 1
                    continue
                }
            }
            cells.split(row, hasQuotes: reader.recordHasQuotes, format: format)
            // A row that is cut wrongly has no cells to hash, and was never known.
            if !hashesWholeRow, cells.count == bound.cellCount, !cells.hasTextBehindQuote {
                hash = hasher.hash(row, cells: cells)
                if !isDistinct, sink.isKnown(hash) {
                    report.rowsKnown += 1
                    continue
                }
            }
            if isDistinct, repeats.hasSeen(row: hash) {
                report.rowsRepeated += 1
                continue
            }
            switch checker.check(row, cells: cells, line: reader.recordLine, hash: hash) {
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
                if let id { try sink.delete(id: id, file: reading.file.name, line: reader.recordLine) }
            case .filtered: report.rowsFiltered += 1
            case .blank: report.rowsBlank += 1
            }
        }
        report.add(
            ReadReport.File(name: reading.file.name, bytes: reader.bytesRead, hash: reader.fileHash))
        progress(reading.bytesBefore + reader.bytesRead, files.totalBytes, report.rowsRead)
    }

    private func read<Sink: RecordSink>(
        _ rows: [ConstantRow], seed: Hash128, into sink: inout Sink, _ report: inout ReadReport
    ) throws {
        var record = CheckedRecord()
        for row in rows {
            report.rowsRead += 1
            record.fill(row, file: mapping.file, seed: seed)
            if sink.isKnown(record.rowHash) {
                report.rowsKnown += 1
            } else {
                report.rowsAccepted += 1
                try sink.accept(record)
            }
        }
    }
}

extension CheckedRecord {
    /// Takes over a row that is written in a mapping; its hash is that of its content.
    mutating func fill(_ row: ConstantRow, file: String, seed: Hash128) {
        begin()
        self.file = file
        line = row.line
        for value in [row.id] + row.values {
            bytes.append(contentsOf: value ?? [])
            endText(isNull: value == nil)
        }
        endText(isNull: true)
        rowHash = contentHash(seed: seed)
    }
}

extension ReadReport {
    mutating func add(_ file: File) {
        if !files.contains(where: { $0.name == file.name }) { files.append(file) }
    }
}
