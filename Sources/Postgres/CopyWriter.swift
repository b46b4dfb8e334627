internal import CLibPQ

/// Where the data of a `COPY … FROM STDIN` is written.
///
/// Either bytes that already are in the COPY's format, such as a CSV file, with `write`; or fields in the text
/// format, with `field`, `null` and `endRow`, which escape what needs it.
public struct CopyWriter: ~Copyable {
    // libpq copies each piece into a buffer of its own and sends that in steps of 8 KiB. Pieces of this size
    // make a call cheap; larger ones only make libpq's buffer grow.
    private static let capacity = 64 * 1024

    private let connection: Connection
    private let handle: OpaquePointer
    private let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: Self.capacity)
    private var used = 0
    private var isRowStart = true
    private var failure: DatabaseError?

    init(_ connection: Connection, _ handle: OpaquePointer) {
        self.connection = connection
        self.handle = handle
    }

    deinit { buffer.deallocate() }

    /// Whether the connection failed, and the COPY is over.
    var isBroken: Bool { failure != nil }

    /// Sends what is left, and tells of a failure that the closure kept to itself.
    mutating func finish() throws(DatabaseError) {
        try flush()
        if let failure { throw failure }
    }

    // MARK: - Data that is in the COPY's format

    /// Writes bytes as they are.
    public mutating func write(_ bytes: UnsafeRawBufferPointer) throws(DatabaseError) {
        guard let start = bytes.baseAddress, !bytes.isEmpty else { return }
        try append(start.assumingMemoryBound(to: UInt8.self), bytes.count)
    }

    /// Writes bytes as they are.
    public mutating func write(bytes: [UInt8]) throws(DatabaseError) {
        var failure: DatabaseError?
        bytes.withUnsafeBytes { bytes in
            do throws(DatabaseError) {
                try write(bytes)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
    }

    /// Writes a text as it is.
    public mutating func write(_ text: String) throws(DatabaseError) {
        try withUTF8(of: text) { (writer, bytes) throws(DatabaseError) in try writer.write(bytes) }
    }

    // MARK: - Fields of the text format

    /// Writes a field, given as UTF-8.
    public mutating func field(utf8 bytes: UnsafeRawBufferPointer) throws(DatabaseError) {
        try beginField()
        guard let base = bytes.baseAddress else { return }
        let start = base.assumingMemoryBound(to: UInt8.self)
        var clean = 0
        while clean < bytes.count {
            let special = CopyText.firstSpecial(start, from: clean, to: bytes.count)
            try append(start + clean, special - clean)
            guard special < bytes.count else { return }
            try append(UInt8(ascii: "\\"))
            try append(CopyText.escape(start[special]))
            clean = special + 1
        }
    }

    /// Writes a field.
    public mutating func field(_ text: String) throws(DatabaseError) {
        try withUTF8(of: text) { (writer, bytes) throws(DatabaseError) in try writer.field(utf8: bytes) }
    }

    /// Writes a field: NULL for nil, which differs from an empty text.
    public mutating func field(_ text: String?) throws(DatabaseError) {
        if let text { try field(text) } else { try null() }
    }

    /// Writes a whole number as a field.
    public mutating func field(_ number: Int) throws(DatabaseError) {
        try beginField()
        try append(decimal: number)
    }

    /// Writes a NULL.
    public mutating func null() throws(DatabaseError) {
        try beginField()
        try append(UInt8(ascii: "\\"))
        try append(UInt8(ascii: "N"))
    }

    /// Ends the row.
    public mutating func endRow() throws(DatabaseError) {
        try append(UInt8(ascii: "\n"))
        isRowStart = true
    }

    private mutating func beginField() throws(DatabaseError) {
        if isRowStart { isRowStart = false } else { try append(UInt8(ascii: "\t")) }
    }

    // MARK: - The buffer

    /// Appends a number, the highest byte first.
    mutating func append(bigEndian number: some FixedWidthInteger) throws(DatabaseError) {
        let size = number.bitWidth / 8
        if Self.capacity - used < size { try flush() }
        UnsafeMutableRawPointer(buffer + used).storeBytes(of: number.bigEndian, as: type(of: number).self)
        used += size
    }

    mutating func append(_ byte: UInt8) throws(DatabaseError) {
        if used == Self.capacity { try flush() }
        buffer[used] = byte
        used += 1
    }

    mutating func append(_ bytes: UnsafePointer<UInt8>, _ count: Int) throws(DatabaseError) {
        var done = 0
        while done < count {
            if used == Self.capacity { try flush() }
            let piece = min(count - done, Self.capacity - used)
            (buffer + used).update(from: bytes + done, count: piece)
            used += piece
            done += piece
        }
    }

    private mutating func append(decimal number: Int) throws(DatabaseError) {
        if Self.capacity - used < 20 { try flush() }
        var rest = number.magnitude
        var end = used + 20
        let last = end
        repeat {
            end -= 1
            buffer[end] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0
        if number < 0 {
            end -= 1
            buffer[end] = UInt8(ascii: "-")
        }
        (buffer + used).update(from: buffer + end, count: last - end)
        used += last - end
    }

    private mutating func flush() throws(DatabaseError) {
        if let failure { throw failure }
        guard used > 0 else { return }
        let sent = buffer.withMemoryRebound(to: CChar.self, capacity: used) { bytes in
            PQputCopyData(handle, bytes, Int32(used))
        }
        used = 0
        guard sent == 1 else {
            let failure = connection.copyFailure(handle)
            self.failure = failure
            throw failure
        }
    }

    // MARK: - Lending a value's bytes without a copy

    private mutating func withUTF8(
        of text: String, _ body: (inout CopyWriter, UnsafeRawBufferPointer) throws(DatabaseError) -> Void
    ) throws(DatabaseError) {
        var text = text
        // The standard library's closures do not carry a typed error through.
        var failure: DatabaseError?
        text.withUTF8 { bytes in
            do throws(DatabaseError) {
                try body(&self, UnsafeRawBufferPointer(bytes))
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
    }
}
