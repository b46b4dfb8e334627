import Foundation
import Model

/// The first rows of a file, read and hashed on a thread of its own while the warehouse is asked what it holds.
///
/// Of each row the hash and the place in the file are kept, 32 bytes: up to a million rows, so that memory does not
/// grow with the file. Nearly all turn out to be known; the others are fetched from the file again.
///
/// Unchecked, since the thread alone touches what is stored until it has signalled that it is done, and `finish`,
/// which waits for that, is called before anything else.
public final class RowsAhead: @unchecked Sendable {
    /// A row that was read.
    struct Row {
        let hash: Hash128
        let offset: Int
        let length: UInt32
        private let lineAndQuotes: UInt32

        init(hash: Hash128, offset: Int, length: Int, line: Int, hasQuotes: Bool) {
            self.hash = hash
            self.offset = offset
            self.length = UInt32(truncatingIfNeeded: length)
            lineAndQuotes = UInt32(truncatingIfNeeded: line) << 1 | (hasQuotes ? 1 : 0)
        }

        var line: UInt32 { lineAndQuotes >> 1 }
        var hasQuotes: Bool { lineAndQuotes & 1 == 1 }
    }

    /// So many rows are read ahead at most.
    private static let limit = 1 << 20

    /// The rows, once `finish` has returned.
    private(set) var rows: [Row] = []
    private var file: OpenFile?
    private var failure: BellwetherError?
    private let done = DispatchSemaphore(value: 0)
    private let path: String
    private let bytes: Int

    init(_ file: consuming OpenFile, of reading: FileReading) {
        path = reading.file.path
        bytes = reading.file.bytes
        self.file = .some(consume file)
        Thread.detachNewThread { self.run() }
    }

    private func run() {
        defer { done.signal() }
        guard var file = self.file.take() else { return }
        var rows: [Row] = []
        // Room that is not used is never touched; growing would copy all rows many times over.
        rows.reserveCapacity(min(Self.limit, bytes / 64))
        var cells = CellTable()
        do throws(BellwetherError) {
            while rows.count < Self.limit, try file.reader.next() {
                let (row, hasQuotes) = (file.reader.record, file.reader.recordHasQuotes)
                // A row that is cut wrongly has no hash: whatever stands for it is not held.
                let hash = file.hash(row, hasQuotes: hasQuotes, &cells) ?? .zero
                rows.append(
                    Row(
                        hash: hash, offset: file.reader.recordOffset, length: row.count,
                        line: file.reader.recordLine, hasQuotes: hasQuotes))
            }
        } catch {
            failure = error
        }
        self.rows = rows
        self.file = .some(consume file)
    }

    /// Waits for the thread and hands the file over, behind the rows that were read.
    ///
    /// - Throws: BW101, BW107, BW108 for what reading met.
    func finish(_ reading: FileReading) throws(BellwetherError) -> OpenFile? {
        done.wait()
        if let failure { throw failure }
        guard reading.file.path == path, let file = file.take() else {
            throw BellwetherError(.bug, "another file was read ahead", place: Place(file: reading.file.path))
        }
        return file
    }
}
