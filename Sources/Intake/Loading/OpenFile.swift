import Model

/// A file of an entity that has been opened: its header is read, and the mapping's columns are found in it.
struct OpenFile: ~Copyable {
    var reader: RecordReader
    let header: Header
    let bound: BoundColumns
    let hasher: RowHasher
    private let hashesWholeRow: Bool

    private init(reader: consuming RecordReader, header: Header, bound: BoundColumns, hasher: RowHasher) {
        self.reader = reader
        self.header = header
        self.bound = bound
        self.hasher = hasher
        hashesWholeRow = bound.hashesWholeRow
    }

    /// Opens a file; nil when it lacks the column without which its input says nothing.
    static func open(
        _ reading: FileReading, mapping: Mapping, entity: EntityMapping, limit: Int, blockSize: Int
    ) throws(BellwetherError) -> OpenFile? {
        let format = reading.columns.format
        var reader = try RecordReader(
            path: reading.file.path, format: format, limit: limit, blockSize: blockSize)
        let header = try Header(from: &reader, format: format)
        let needed = reading.columns.needed
        if !needed.isEmpty, try header.position(ofFirst: needed) == nil { return nil }
        let bound = try BoundColumns(reading.columns, header: header)
        let hasher = RowHasher(
            mapping: mapping.hash, entity: entity.name, input: reading.input, header: header.names,
            runs: bound.hashedRuns)
        return OpenFile(reader: reader, header: header, bound: bound, hasher: hasher)
    }

    /// The hash of a row; nil for one that is cut wrongly, which has no cells to hash. Cuts it only where it must.
    @inline(__always)
    func hash(_ row: Bytes, hasQuotes: Bool, _ cells: inout CellTable) -> Hash128? {
        if hashesWholeRow { return hasher.hash(wholeRow: row) }
        cells.split(row, hasQuotes: hasQuotes, format: reader.format)
        guard cells.count == bound.cellCount, !cells.hasTextBehindQuote else { return nil }
        return hasher.hash(row, cells: cells)
    }
}

/// One file of one input.
struct FileReading: Sendable {
    let file: EntityFiles.File
    let columns: FileColumns
    let input: Int
    let isDistinct: Bool
    /// The bytes of the files before it.
    let bytesBefore: Int
}
