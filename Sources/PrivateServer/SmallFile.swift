import Foundation
import Model

/// The text of a file; nil when there is none.
///
/// - Throws: BW211 when it exists but cannot be read.
func readSmallFile(_ path: String) throws(BellwetherError) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
        let reason = errno
        if reason == ENOENT { return nil }
        throw BellwetherError(
            .serverDataUnusable, "\(path) cannot be read: \(systemText(reason))",
            hint: "Run as the user who owns the folder, or set BELLWETHER_HOME to a folder of your own.")
    }
    defer { close(descriptor) }
    return readAll(descriptor, keepingLast: 64 * 1024)
}

/// What a descriptor still gives, at most its last bytes.
func readAll(_ descriptor: Int32, keepingLast limit: Int) -> String {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 8192)
    while true {
        let count = read(descriptor, &chunk, chunk.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { break }
        bytes.append(contentsOf: chunk[..<count])
        if bytes.count > 2 * limit { bytes.removeFirst(bytes.count - limit) }
    }
    return String(decoding: bytes.suffix(limit), as: UTF8.self)
}
