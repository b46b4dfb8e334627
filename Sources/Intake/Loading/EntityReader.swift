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
    /// `ahead` is what `readAhead` began, of the same files. `progress` is told now and then how many bytes have been read, of how many in all, and how many rows.
    ///
    /// - Throws: `BellwetherError` BW101 to BW108 for a file that is refused, and what the sink throws.
    public func read<Sink: RecordSink>(
        into sink: inout Sink, ahead: RowsAhead? = nil,
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
                    try read(
                        reading, index == 0 && bytesDone == 0 ? ahead : nil, into: &sink, &report, &repeats,
                        &use, progress)
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

    private func read<Sink: RecordSink>(
        _ reading: FileReading, _ ahead: RowsAhead?, into sink: inout Sink, _ report: inout ReadReport,
        _ repeats: inout RepeatFilter, _ use: inout ColumnUse, _ progress: (Int, Int, Int) -> Void
    ) throws {
        let taken = try ahead?.finish(reading)
        guard var file = try taken ?? open(reading) else { return }
        use.add(
            file.header, file.bound, file: reading.file.name,
            pattern: files.entity.inputs[reading.input].pattern)
        var pass = FilePass(
            checker: RowChecker(
                entity: files.entity, file: reading.file.name, format: reading.columns.format,
                bound: file.bound),
            format: reading.columns.format, isDistinct: reading.isDistinct)
        if let ahead { try read(ahead, of: file, &pass, into: &sink, &report, &repeats) }
        var bytesTold = 0
        while try file.reader.next() {
            report.rowsRead += 1
            if file.reader.bytesRead != bytesTold {
                bytesTold = file.reader.bytesRead
                progress(reading.bytesBefore + bytesTold, files.totalBytes, report.rowsRead)
            }
            let row = file.reader.record
            let hash = file.hash(row, hasQuotes: file.reader.recordHasQuotes, &pass.cells)
            if let hash, !reading.isDistinct, sink.isKnown(hash) {
                report.rowsKnown += 1
                continue
            }
            try pass.take(
                row, hasQuotes: file.reader.recordHasQuotes, line: file.reader.recordLine, hash: hash,
                into: &sink, &report, &repeats)
        }
        report.add(
            ReadReport.File(
                name: reading.file.name, bytes: file.reader.bytesRead, hash: file.reader.fileHash))
        progress(reading.bytesBefore + file.reader.bytesRead, files.totalBytes, report.rowsRead)
    }

    /// Takes the rows that were read and hashed ahead; those that are not known are fetched again.
    private func read<Sink: RecordSink>(
        _ ahead: RowsAhead, of file: borrowing OpenFile, _ pass: inout FilePass, into sink: inout Sink,
        _ report: inout ReadReport, _ repeats: inout RepeatFilter
    ) throws {
        for row in ahead.rows {
            report.rowsRead += 1
            if sink.isKnown(row.hash) {
                report.rowsKnown += 1
                continue
            }
            guard let bytes = file.reader.record(at: row.offset, length: Int(row.length)) else {
                throw changed(file)
            }
            try bytes.withUnsafeBufferPointer { bytes in
                let hash = file.hash(bytes, hasQuotes: row.hasQuotes, &pass.cells) ?? .zero
                guard hash == row.hash else { throw changed(file) }
                try pass.take(
                    bytes, hasQuotes: row.hasQuotes, line: Int(row.line), hash: row.hash, into: &sink,
                    &report,
                    &repeats)
            }
        }
    }

    private func changed(_ file: borrowing OpenFile) -> BellwetherError {
        BellwetherError(
            .fileChanged, "the file was written to while it was read",
            hint: "run the command again when the export is complete", place: Place(file: file.reader.path))
    }

    private func open(_ reading: FileReading) throws(BellwetherError) -> OpenFile? {
        try OpenFile.open(
            reading, mapping: mapping, entity: files.entity, limit: limit, blockSize: blockSize)
    }

    /// Begins to read and hash the first file on a thread of its own, while the caller asks the warehouse what it
    /// holds. Nil where that would gain nothing.
    ///
    /// - Throws: BW101 to BW106 for a file that is refused at its header.
    public func readAhead() throws(BellwetherError) -> RowsAhead? {
        guard files.totalBytes > Self.bytesWorthReadingAhead, let input = files.entity.inputs.first,
            case .files(let columns) = input.content, !input.isDistinct, let file = files.files[0].first
        else { return nil }
        let reading = FileReading(
            file: file, columns: columns, input: 0, isDistinct: false, bytesBefore: 0)
        guard let open = try open(reading), open.reader.isTextAsItStands else { return nil }
        return RowsAhead(open, of: reading)
    }

    private static let bytesWorthReadingAhead = 4 << 20

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
