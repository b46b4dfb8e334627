import Intake
import Model
import Postgres

/// Takes what the reader finds in an entity's files: rows whose hash the warehouse holds need nothing, all others
/// go into the staging table as they come.
struct SnapshotSink: RecordSink {
    /// So many rejects are kept with their words; all are counted, and all keys are kept.
    static let rejectsKept = 10_000

    /// Which columns a COPY takes.
    enum Layout: Equatable {
        /// Content and hash, with file and line, to be compared.
        case staging
        /// A version from the day on.
        case versions(source: String, day: Day, load: Int)
    }

    /// The hashes that the warehouse holds, and which of them the files have shown.
    var hashes: RowHashes
    let layout: Layout
    /// The columns that are written: their place in the schema, their form, and how many rows have a value.
    private(set) var written: [(place: Int, type: ColumnType, filled: Int)]
    /// How many rows have something in `extra`.
    private var extraFilled = 0
    private let columnCount: Int
    /// Rows written.
    private(set) var acceptedCount = 0
    /// Rows that repeat another word for word.
    private(set) var duplicates = 0
    private(set) var rejects: [Reject] = []
    private(set) var rejectCount = 0
    private(set) var rejectedIDs: [String] = []
    /// Rejected rows without a readable key: the snapshot proves no absence then.
    private(set) var rejectsWithoutID = 0
    /// Keys that a delta says are deleted, and where.
    private(set) var deletions: [(id: String, file: String, line: Int)] = []
    /// Sums of the amounts of the rows written; nil for rows that are staged, and for an entity without amounts.
    private(set) var sums: AmountSums?
    /// The keys of the rows written, where other versions of theirs may hold.
    private(set) var acceptedIDs = KeyList()
    /// The files' names by the number that stands for them in the staging table.
    private(set) var files: [String] = []

    /// Where staged rows are written: the writer of the COPY around the reading, which outlives the sink's use.
    private let writer: UnsafeMutablePointer<CopyWriter>
    /// Source, day and load of a version, as the server takes them.
    private var version: (source: [UInt8], day: Int32, load: Int32)?

    init(
        hashes: RowHashes, layout: Layout, entity: EntityMapping, writer: UnsafeMutablePointer<CopyWriter>
    ) {
        self.hashes = hashes
        columnCount = entity.schema.columns.count
        written = entity.filledColumns.map { ($0, entity.schema.columns[$0].type, 0) }
        self.layout = layout
        self.writer = writer
        if case .versions(let source, let day, let load) = layout {
            version = (Array(source.utf8), day.binary, Int32(load))
            sums = AmountSums(entity.schema)
        }
    }

    /// How many rows have a value in each column of the schema, and in `extra` behind the last.
    var filledCounts: [Int] {
        var counts = Array(repeating: 0, count: columnCount) + [extraFilled]
        for column in written { counts[column.place] = column.filled }
        return counts
    }

    /// Rows that the warehouse holds and the files did not show again.
    var unseenCount: Int { hashes.unseenCount }

    /// Whether the files said what was known, all of it, and nothing else.
    var isUnchanged: Bool {
        acceptedCount == 0 && rejectCount == 0 && deletions.isEmpty && duplicates == 0
            && hashes.unseenCount == 0
    }

    mutating func isKnown(_ rowHash: Hash128) -> Bool {
        switch hashes.show(rowHash) {
        case .new: return false
        case .known: return true
        case .repeated:
            duplicates += 1
            return true
        }
    }

    mutating func accept(_ record: borrowing CheckedRecord) throws {
        acceptedCount += 1
        let writer = writer
        let extra = record.extraRange
        try writer.pointee.beginBinaryRow(fields: written.count + (version == nil ? 5 : 6))
        if let version { try version.source.withUnsafeBytes { try writer.pointee.binaryField($0) } }
        try sums?.add(record)
        try record.withBytes { bytes in
            let bytes = UnsafeRawBufferPointer(bytes)
            let id = UnsafeRawBufferPointer(rebasing: bytes[record.idRange])
            try writer.pointee.binaryField(id)
            if let version {
                if hashes.count > 0 { acceptedIDs.append(id) }
                try writer.pointee.binaryField(version.day)
                try writer.pointee.binaryField(version.load)
            }
            for index in written.indices {
                guard let range = record.range(at: written[index].place) else {
                    try writer.pointee.binaryNull()
                    continue
                }
                written[index].filled += 1
                try writer.pointee.value(
                    UnsafeRawBufferPointer(rebasing: bytes[range]), of: written[index].type)
            }
            if let extra {
                extraFilled += 1
                try writer.pointee.binaryField(jsonb: UnsafeRawBufferPointer(rebasing: bytes[extra]))
            } else {
                try writer.pointee.binaryNull()
            }
        }
        try writer.pointee.value(record.rowHash)
        if version == nil {
            try writer.pointee.binaryField(Int32(number(of: record.file)))
            try writer.pointee.binaryField(Int64(record.line))
        }
    }

    mutating func reject(_ reject: Reject) throws {
        note(reject)
    }

    mutating func delete(id: String, file: String, line: Int) throws {
        deletions.append((id, file, line))
    }

    /// Counts a reject, keeps its key, and keeps its words while there is room.
    mutating func note(_ reject: Reject) {
        rejectCount += 1
        if rejects.count < Self.rejectsKept { rejects.append(reject) }
        if let id = reject.id { rejectedIDs.append(id) } else { rejectsWithoutID += 1 }
    }

    /// Counts rejects of which nothing else is kept.
    mutating func count(rejects: Int) {
        rejectCount += rejects
    }

    private mutating func number(of file: String) -> Int {
        if let last = files.last, last == file { return files.count - 1 }
        if let known = files.firstIndex(of: file) { return known }
        files.append(file)
        return files.count - 1
    }
}

/// Reads as long as every row is one that the warehouse holds.
struct UnchangedSink: RecordSink {
    /// Thrown at the first row that is not.
    struct Changed: Error {}

    private(set) var hashes: RowHashes

    init(hashes: RowHashes) {
        self.hashes = hashes
    }

    mutating func isKnown(_ rowHash: Hash128) -> Bool {
        if case .known = hashes.show(rowHash) { true } else { false }
    }

    mutating func accept(_ record: borrowing CheckedRecord) throws { throw Changed() }
    mutating func reject(_ reject: Reject) throws { throw Changed() }
    mutating func delete(id: String, file: String, line: Int) throws { throw Changed() }
}
