import Foundation
import Model

/// A file that is written from front to back through a buffer.
struct FileSink {
    let path: String
    private let handle: FileHandle
    private var buffer: [UInt8] = []
    private(set) var byteCount = 0
    private(set) var lineCount = 0

    /// Creates the file, or empties it.
    init(_ path: String, header: [String]) throws(BellwetherError) {
        self.path = path
        // FileManager.createFile would put a new file in the place of a device or a link.
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw FileSink.unwritable(path, String(cString: strerror(errno))) }
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var text = CSVText()
        text.line(header)
        buffer = text.bytes
    }

    /// Adds a record: a line with its line feed.
    mutating func write(_ record: [UInt8]) throws(BellwetherError) {
        buffer.append(contentsOf: record)
        lineCount += 1
        if buffer.count >= 1 << 16 { try flush() }
    }

    mutating func close() throws(BellwetherError) {
        try flush()
        do { try handle.close() } catch { throw FileSink.unwritable(path, "\(error)") }
    }

    private mutating func flush() throws(BellwetherError) {
        do { try handle.write(contentsOf: buffer) } catch { throw FileSink.unwritable(path, "\(error)") }
        byteCount += buffer.count
        buffer.removeAll(keepingCapacity: true)
    }

    /// `reason` is what the system said.
    static func unwritable(_ path: String, _ reason: String) -> BellwetherError {
        BellwetherError(
            .fileUnwritable, "\(path) cannot be written", detail: reason,
            hint: "Check the folder's permissions and the free space; nights that were begun are incomplete.",
            place: Place(file: path))
    }
}
