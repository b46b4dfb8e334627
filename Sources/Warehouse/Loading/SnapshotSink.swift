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
    /// The files' names by the number that stands for them in the staging table.
    private(set) var files: [String] = []

    /// Where staged rows are written: the writer of the COPY around the reading, which outlives the sink's use.
    private let writer: UnsafeMutablePointer<CopyWriter>
    /// Source, day and load of a version.
    private var versionStart: (source: String, day: String, load: Int)?

    init(hashes: RowHashes, layout: Layout, writer: UnsafeMutablePointer<CopyWriter>) {
        self.hashes = hashes
        self.layout = layout
        self.writer = writer
        if case .versions(let source, let day, let load) = layout {
            versionStart = (source, day.description, load)
        }
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
        let (hash, columns) = (record.rowHash, record.columnCount)
        let (id, extra) = (record.idRange, record.extraRange)
        if let versionStart { try writer.pointee.field(versionStart.source) }
        try record.withBytes { bytes in
            let bytes = UnsafeRawBufferPointer(bytes)
            try writer.pointee.field(utf8: UnsafeRawBufferPointer(rebasing: bytes[id]))
            if let versionStart {
                try writer.pointee.field(versionStart.day)
                try writer.pointee.field(versionStart.load)
            }
            for column in 0..<columns { try write(record.range(at: column), of: bytes) }
            try write(extra, of: bytes)
        }
        try writer.pointee.field(hash)
        if versionStart == nil {
            try writer.pointee.field(number(of: record.file))
            try writer.pointee.field(record.line)
        }
        try writer.pointee.endRow()
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

    private func write(_ range: Range<Int>?, of bytes: UnsafeRawBufferPointer) throws {
        if let range {
            try writer.pointee.field(utf8: UnsafeRawBufferPointer(rebasing: bytes[range]))
        } else {
            try writer.pointee.null()
        }
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

extension CopyWriter {
    /// Writes a hash as a field of the type `uuid`.
    mutating func field(_ hash: Hash128) throws(DatabaseError) {
        var digits = (UInt64(0), UInt64(0), UInt64(0), UInt64(0))
        digits.0 = hexadecimal(UInt32(truncatingIfNeeded: hash.high >> 32))
        digits.1 = hexadecimal(UInt32(truncatingIfNeeded: hash.high))
        digits.2 = hexadecimal(UInt32(truncatingIfNeeded: hash.low >> 32))
        digits.3 = hexadecimal(UInt32(truncatingIfNeeded: hash.low))
        var failure: DatabaseError?
        withUnsafeBytes(of: &digits) { bytes in
            do throws(DatabaseError) { try field(utf8: bytes) } catch { failure = error }
        }
        if let failure { throw failure }
    }
}

/// Eight hexadecimal digits as they lie in memory.
private func hexadecimal(_ word: UInt32) -> UInt64 {
    var text: UInt64 = 0
    for shift in stride(from: 0, to: 32, by: 4) {
        let digit = UInt64((word >> UInt32(shift)) & 15)
        text = (text << 8) | (digit + (digit < 10 ? 48 : 87))
    }
    return UInt64(littleEndian: text)
}
