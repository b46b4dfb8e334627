/// Where the cells of one record lie in its bytes.
struct CellTable {
    /// One cell: its bytes in the record with quotes, and what is to be done to read it.
    struct Cell {
        var start: Int32
        var end: Int32
        var isQuoted = false
        /// It contains doubled quotes.
        var isEscaped = false
    }

    private(set) var cells: ContiguousArray<Cell> = []
    /// Whether something stands between a closing quote and the end of the cell.
    private(set) var hasTextBehindQuote = false

    var count: Int { cells.count }

    /// The bytes of a cell without the quotes around it; doubled quotes stay doubled.
    @inline(__always)
    func content(_ index: Int, of record: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        let cell = cells[index]
        let inset = cell.isQuoted ? 1 : 0
        return UnsafeBufferPointer(rebasing: record[Int(cell.start) + inset..<Int(cell.end) - inset])
    }

    /// Appends what a cell says: its content with doubled quotes made single.
    func appendText(
        _ index: Int, of record: UnsafeBufferPointer<UInt8>, quote: UInt8?, to output: inout [UInt8]
    ) {
        let content = content(index, of: record)
        guard cells[index].isEscaped else {
            output.append(contentsOf: content)
            return
        }
        var isSecond = false
        for byte in content {
            isSecond = byte == quote && !isSecond
            // Of two quotes the first is left out.
            if !isSecond { output.append(byte) }
        }
    }

    /// Finds the cells of a record. A record without quotes is cut faster.
    mutating func split(_ record: UnsafeBufferPointer<UInt8>, hasQuotes: Bool, format: FileFormat) {
        cells.removeAll(keepingCapacity: true)
        hasTextBehindQuote = false
        if hasQuotes, let quote = format.quote {
            splitQuoted(record, delimiter: format.delimiter, quote: quote)
        } else {
            splitPlain(record, delimiter: format.delimiter)
        }
    }

    /// Looks at eight bytes at once: a byte of `hits` is 0x80 where the word has the delimiter.
    private mutating func splitPlain(_ record: UnsafeBufferPointer<UInt8>, delimiter: UInt8) {
        let bytes = UnsafeRawBufferPointer(record)
        let pattern = UInt64(delimiter) &* 0x0101_0101_0101_0101
        let low7: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
        var start: Int32 = 0
        var at = 0
        while at + 8 <= bytes.count {
            let word =
                UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)) ^ pattern
            var hits = ~(((word & low7) &+ low7) | word | low7)
            while hits != 0 {
                let found = Int32(truncatingIfNeeded: at &+ hits.trailingZeroBitCount &>> 3)
                cells.append(Cell(start: start, end: found))
                start = found &+ 1
                hits &= hits &- 1
            }
            at &+= 8
        }
        while at < bytes.count {
            if bytes[at] == delimiter {
                cells.append(Cell(start: start, end: Int32(at)))
                start = Int32(at) + 1
            }
            at += 1
        }
        cells.append(Cell(start: start, end: Int32(bytes.count)))
    }

    private mutating func splitQuoted(_ record: UnsafeBufferPointer<UInt8>, delimiter: UInt8, quote: UInt8) {
        var at = 0
        while true {
            var cell = Cell(start: Int32(at), end: 0)
            if at < record.count, record[at] == quote {
                cell.isQuoted = true
                at += 1
                while at < record.count {
                    if record[at] == quote {
                        guard at + 1 < record.count, record[at + 1] == quote else { break }
                        cell.isEscaped = true
                        at += 1
                    }
                    at += 1
                }
                at += 1
                if at < record.count, record[at] != delimiter { hasTextBehindQuote = true }
            }
            while at < record.count, record[at] != delimiter { at += 1 }
            cell.end = Int32(at)
            cells.append(cell)
            if at >= record.count { return }
            at += 1
        }
    }
}
