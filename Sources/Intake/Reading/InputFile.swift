import Foundation
import Model

/// An export opened for reading: its bytes as UTF-8, block by block, and the hash of the file.
struct InputFile: ~Copyable {
    let path: String
    /// The encoding that the byte order mark or the mapping gives.
    let encoding: TextEncoding
    /// Bytes read from the file so far.
    private(set) var bytesRead = 0
    private let descriptor: Int32
    private let blockSize: Int
    private let sizeAtStart: Int
    private var hasher = StreamHasher()
    private var transcoder: Transcoder
    /// The first bytes of the text, read to look for a mark and not given out yet.
    private var start: [UInt8] = []
    /// Where the text begins in the file: behind the byte order mark.
    let textStart: Int
    private var isAtEnd = false

    /// Opens a file and looks at its first bytes.
    ///
    /// - Throws: BW101 when it cannot be read or is no plain file, BW103 when it is a workbook or an archive.
    init(path: String, declared: TextEncoding, blockSize: Int) throws(BellwetherError) {
        self.path = path
        self.blockSize = max(blockSize, 1)
        // A pipe without a writer would keep us waiting for ever.
        let opened = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard opened >= 0 else { throw InputFile.unreadable(path) }
        var first: [UInt8] = []
        var size = 0
        do {
            try InputFile.refuseStreams(opened, path: path)
            first = try InputFile.firstBytes(of: opened, path: path)
            try InputFile.refuseContainers(first, path: path)
            size = try InputFile.size(of: opened, path: path)
        } catch {
            close(opened)
            throw error
        }
        let mark = TextEncoding.byteOrderMark(first)
        let encoding = mark?.encoding ?? declared
        descriptor = opened
        textStart = mark?.length ?? 0
        sizeAtStart = size
        self.encoding = encoding
        transcoder = Transcoder(encoding)
        bytesRead = first.count
        first.withUnsafeBytes { hasher.update($0) }
        start = Array(first.dropFirst(mark?.length ?? 0))
    }

    deinit { close(descriptor) }

    /// The hash of the bytes read so far: once everything is read, that of the file.
    var hash: Hash128 { hasher.finished() }

    /// The room that `read(into:)` needs.
    var room: Int { (max(blockSize, 8) + 4) * encoding.expansion }

    /// Writes the next piece of text at `output`, which has `room` bytes, and gives its length;
    /// 0 at the end.
    mutating func read(into output: UnsafeMutablePointer<UInt8>) throws(BellwetherError) -> Int {
        while !isAtEnd {
            if encoding == .utf8 {
                let count = try readRaw(into: UnsafeMutableRawPointer(output))
                if count > 0 { return count }
            } else {
                let written = try readTranscoded(into: output)
                if written > 0 { return written }
            }
        }
        return 0
    }

    /// Reads bytes of the file once more, wherever reading stands; false when it no longer has them.
    func readAgain(at offset: Int, into output: UnsafeMutableRawBufferPointer) -> Bool {
        var done = 0
        while done < output.count {
            let got = pread(
                descriptor, output.baseAddress.map { $0 + done }, output.count - done, off_t(offset + done))
            if got < 0, errno == EINTR { continue }
            if got <= 0 { return false }
            done += got
        }
        return true
    }

    private mutating func readTranscoded(into output: UnsafeMutablePointer<UInt8>) throws(BellwetherError)
        -> Int
    {
        let block = UnsafeMutableRawPointer.allocate(byteCount: blockSize + 4, alignment: 1)
        defer { block.deallocate() }
        let count = try readRaw(into: block)
        return transcoder.transcode(
            UnsafeRawBufferPointer(start: block, count: count), isLast: isAtEnd, to: output)
    }

    /// Reads up to a block of the file's own bytes; 0 marks the end.
    private mutating func readRaw(into base: UnsafeMutableRawPointer) throws(BellwetherError) -> Int {
        if !start.isEmpty {
            let count = start.count
            base.copyMemory(from: start, byteCount: count)
            start = []
            return count
        }
        let count = try InputFile.readOnce(descriptor, base, blockSize, path: path)
        if count == 0 {
            isAtEnd = true
            try checkUnchanged()
        }
        bytesRead += count
        hasher.update(UnsafeRawBufferPointer(start: base, count: count))
        return count
    }

    /// A file that is still being written is half of a snapshot: what it lacks would count as gone.
    private func checkUnchanged() throws(BellwetherError) {
        let size = try InputFile.size(of: descriptor, path: path)
        guard size != bytesRead || size != sizeAtStart else { return }
        throw BellwetherError(
            .fileChanged, "the file was written to while it was read",
            hint: "run the command again when the export is complete", place: Place(file: path))
    }

    private static func size(of descriptor: Int32, path: String) throws(BellwetherError) -> Int {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw unreadable(path) }
        return Int(status.st_size)
    }

    private static func firstBytes(of descriptor: Int32, path: String) throws(BellwetherError) -> [UInt8] {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while bytes.count < 4 {
            guard try readOnce(descriptor, &byte, 1, path: path) == 1 else { break }
            bytes.append(byte)
        }
        return bytes
    }

    private static func readOnce(
        _ descriptor: Int32, _ base: UnsafeMutableRawPointer, _ count: Int, path: String
    ) throws(BellwetherError) -> Int {
        while true {
            let got = Foundation.read(descriptor, base, count)
            if got >= 0 { return got }
            if errno != EINTR { throw unreadable(path) }
        }
    }

    private static func unreadable(_ path: String) -> BellwetherError {
        BellwetherError(
            .fileUnreadable, "cannot read the file", detail: String(cString: strerror(errno)),
            hint: "check that the file exists and that you may read it", place: Place(file: path))
    }

    /// A file is read twice when it has changed, which only a regular one allows.
    private static func refuseStreams(_ descriptor: Int32, path: String) throws(BellwetherError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw unreadable(path) }
        guard status.st_mode & S_IFMT != S_IFREG else { return }
        throw BellwetherError(
            .fileUnreadable, "cannot read the file", detail: "it is a folder, a pipe or a device",
            hint: "write the export into a plain file first", place: Place(file: path))
    }

    private static func refuseContainers(_ start: [UInt8], path: String) throws(BellwetherError) {
        let kind: String
        switch start {
        case _ where start.starts(with: [0x50, 0x4B, 0x03, 0x04]): kind = "an Excel workbook or a ZIP archive"
        case _ where start.starts(with: [0xD0, 0xCF, 0x11, 0xE0]): kind = "an old Excel workbook"
        case _ where start.starts(with: [0x1F, 0x8B]): kind = "compressed with gzip"
        default: return
        }
        throw BellwetherError(
            .fileNotText, "the file is \(kind), not text",
            hint: start[0] == 0x1F ? "unpack it first" : "export it as CSV, or unpack it first",
            place: Place(file: path))
    }
}
