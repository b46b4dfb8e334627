import Foundation
import Model

/// Cuts a file into records, one after the other, in a buffer that does not grow with the file.
///
/// A record ends at LF, CRLF or CR outside quotes; blank lines are skipped. A quote opens a quoted
/// cell only as the first byte of the cell; elsewhere it is a byte like any other (as in Python's
/// `csv`), so that an inch mark in a plain cell does not swallow the rows behind it.
struct RecordReader: ~Copyable {
    /// The bytes of one record may not be more than this by default: 16 MiB.
    static let defaultLimit = 16 << 20
    /// How much is read at once by default: 1 MiB.
    static let defaultBlock = 1 << 20

    private var input: InputFile
    let format: FileFormat
    private let limit: Int

    private var buffer: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    /// The next byte to look at, and the end of what has been read.
    private var position = 0
    private var end = 0
    /// Where in the file the buffer begins, for text that is read as it stands.
    private var bufferStart: Int
    private var isAtEnd = false
    /// Where the next byte of each kind stands, `end` when there is none; stale below `position`.
    private var nextLF = -1
    private var nextCR = -1
    private var nextQuote = -1

    /// The line on which the next record begins, from 1.
    private var line = 1
    /// The line on which the current record begins, from 1.
    private(set) var recordLine = 1
    /// Whether the current record contains quotes that may mean something.
    private(set) var recordHasQuotes = false
    /// Whether some of its quotes enclose line ends.
    private var hidesLineEnds = false
    private var recordStart = 0
    private var recordEnd = 0

    /// - Throws: what `InputFile` throws.
    init(
        path: String, format: FileFormat, limit: Int = RecordReader.defaultLimit,
        blockSize: Int = RecordReader.defaultBlock
    ) throws(BellwetherError) {
        input = try InputFile(path: path, declared: format.encoding, blockSize: blockSize)
        self.format = format
        self.limit = limit
        capacity = 2 * input.room
        bufferStart = input.textStart
        buffer = .allocate(capacity: capacity)
    }

    deinit { buffer.deallocate() }

    /// The file as it was given.
    var path: String { input.path }
    /// Bytes of the file read so far.
    var bytesRead: Int { input.bytesRead }
    /// The memory that it holds, which does not grow with the file.
    var bufferSize: Int { capacity }
    /// The hash of the file, once `next()` has given false.
    var fileHash: Hash128 { input.hash }

    /// The current record without its line end; valid until the next call of `next()`.
    var record: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: buffer + recordStart, count: recordEnd - recordStart)
    }

    /// Whether the file's bytes are the text's, so that a record can be found again in it.
    var isTextAsItStands: Bool { input.encoding == .utf8 }
    /// Where in the file the current record begins.
    var recordOffset: Int { bufferStart + recordStart }

    /// The bytes of a record that was read before; nil when the file no longer has them.
    func record(at offset: Int, length: Int) -> [UInt8]? {
        var isThere = true
        let bytes = [UInt8](unsafeUninitializedCapacity: length) { output, count in
            isThere = input.readAgain(at: offset, into: UnsafeMutableRawBufferPointer(output))
            count = isThere ? length : 0
        }
        return isThere ? bytes : nil
    }

    /// Moves on to the next record; false at the end of the file.
    ///
    /// - Throws: BW101 when reading fails, BW107 when a quote is still open at the end of the file,
    ///   BW108 when a record is too long.
    mutating func next() throws(BellwetherError) -> Bool {
        while true {
            skipBlankLines()
            if let found = try recordEndInBuffer() {
                try checkLength(found - position)
                recordStart = position
                recordEnd = found
                recordLine = line
                consume(to: found)
                return true
            }
            guard !isAtEnd else { return false }
            try refill()
        }
    }

    // MARK: - Finding the end of a record

    /// The end of the record at `position`; nil when there is none or more must be read first.
    private mutating func recordEndInBuffer() throws(BellwetherError) -> Int? {
        guard position < end else { return nil }
        recordHasQuotes = false
        hidesLineEnds = false
        if nextLF < position { nextLF = index(of: newLine, from: position) }
        if nextCR < position { nextCR = index(of: carriageReturn, from: position) }
        let lineEnd = min(nextLF, nextCR)
        if let quote = format.quote {
            if nextQuote < position { nextQuote = index(of: quote, from: position) }
            if nextQuote < lineEnd {
                recordHasQuotes = true
                return try quotedRecordEnd(quote)
            }
        }
        return checkedEnd(lineEnd)
    }

    /// An end that does not change when more is read: a CR at the edge may be half of a CRLF.
    private func checkedEnd(_ found: Int) -> Int? {
        if isAtEnd { return found }
        if found == end || (buffer[found] == carriageReturn && found + 1 == end) { return nil }
        return found
    }

    /// The end of a record that has quotes. Only one at the start of a cell opens; what it closes may hide line ends.
    private mutating func quotedRecordEnd(_ quote: UInt8) throws(BellwetherError) -> Int? {
        while true {
            let lineEnd = min(nextLF, nextCR)
            guard nextQuote < lineEnd else { return checkedEnd(lineEnd) }
            var at = nextQuote
            if at == position || buffer[at - 1] == format.delimiter {
                guard let closed = closingQuote(quote, from: at + 1) else {
                    guard isAtEnd else { return nil }
                    throw unterminated(openedAt: at)
                }
                if lineEnd < closed { stepOverLineEnds(before: closed) }
                at = closed
            }
            nextQuote = index(of: quote, from: at + 1)
        }
    }

    private mutating func stepOverLineEnds(before closed: Int) {
        hidesLineEnds = true
        if nextLF < closed { nextLF = index(of: newLine, from: closed) }
        if nextCR < closed { nextCR = index(of: carriageReturn, from: closed) }
    }

    /// The quote that closes a cell; nil when it has not been read yet. A doubled one does not close.
    @inline(__always)
    private func closingQuote(_ quote: UInt8, from start: Int) -> Int? {
        let (buffer, end) = (buffer, end)
        var at = start
        while true {
            // Most cells are short: a few steps cost less than a call.
            let near = min(at + 24, end)
            while at < near, buffer[at] != quote { at += 1 }
            if at == near { at = index(of: quote, from: at) }
            if at == end { return nil }
            // At the edge it may be half of two; then the cell has no end yet either, and more is read.
            if at + 1 == end || buffer[at + 1] != quote { return at }
            at += 2
        }
    }

    private func index(of byte: UInt8, from start: Int) -> Int {
        guard start < end, let found = memchr(buffer + start, Int32(byte), end - start) else { return end }
        return UnsafeRawPointer(buffer).distance(to: UnsafeRawPointer(found))
    }

    // MARK: - Moving on

    private mutating func skipBlankLines() {
        while position < end, buffer[position] == newLine || buffer[position] == carriageReturn {
            if buffer[position] == carriageReturn {
                if position + 1 == end, !isAtEnd { return }
                if position + 1 < end, buffer[position + 1] == newLine { position += 1 }
            }
            position += 1
            line += 1
        }
    }

    /// Steps over the record that ends at `found` and over its line end.
    private mutating func consume(to found: Int) {
        if hidesLineEnds { line += lineEnds(from: position, to: found) }
        position = found
        guard position < end else { return }
        if buffer[position] == carriageReturn, position + 1 < end, buffer[position + 1] == newLine {
            position += 1
        }
        position += 1
        line += 1
    }

    private func lineEnds(from start: Int, to stop: Int) -> Int {
        var count = 0
        var at = start
        while at < stop {
            if buffer[at] == newLine {
                count += 1
            } else if buffer[at] == carriageReturn {
                count += 1
                if at + 1 < stop, buffer[at + 1] == newLine { at += 1 }
            }
            at += 1
        }
        return count
    }

    // MARK: - Reading on

    private mutating func refill() throws(BellwetherError) {
        let kept = end - position
        try checkLength(kept)
        if kept > 0, position > 0 { buffer.update(from: buffer + position, count: kept) }
        bufferStart += position
        position = 0
        end = kept
        nextLF = -1
        nextCR = -1
        nextQuote = -1
        if capacity - end < input.room { grow() }
        let count = try input.read(into: buffer + end)
        end += count
        isAtEnd = count == 0
    }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: 2 * capacity)
        larger.update(from: buffer, count: end)
        buffer.deallocate()
        buffer = larger
        capacity *= 2
    }

    private func checkLength(_ length: Int) throws(BellwetherError) {
        guard length > limit else { return }
        throw BellwetherError(
            .recordTooLong, "a row is longer than \(limit) bytes",
            hint: "look for a quote on this line that is never closed, or check the delimiter and line ends",
            place: Place(file: path, line: line))
    }

    private func unterminated(openedAt quote: Int) -> BellwetherError {
        BellwetherError(
            .quoteUnterminated, "a quote is opened and never closed",
            hint:
                "close it, or set `quote: none` in the mapping's format if quotes mean nothing in this file",
            place: Place(file: path, line: line + lineEnds(from: position, to: quote)))
    }
}

let newLine = UInt8(ascii: "\n")
let carriageReturn = UInt8(ascii: "\r")
