import Foundation
import Model

/// The file to which PostgreSQL writes its messages.
struct ServerLog {
    let descriptor: Int32
    private let path: String
    private let sizeWhenOpened: Int

    /// The size from which the log is cut back to its end.
    static let largestSize = 4 * 1024 * 1024
    private static let keptSize = 64 * 1024

    /// Opens the log to append to it.
    static func open(_ path: String) throws(BellwetherError) -> ServerLog {
        trim(path)
        let opened = Foundation.open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard opened >= 0 else {
            throw BellwetherError(
                .serverDataUnusable, "\(path) cannot be written: \(systemText(errno))",
                hint: nextStep(for: systemText(errno)))
        }
        return ServerLog(descriptor: raised(opened), path: path, sizeWhenOpened: size(path))
    }

    /// What was written since the log was opened, at most its end.
    func linesSinceOpened() -> String { Self.tail(path, from: sizeWhenOpened) }

    /// The end of a log.
    static func tail(_ path: String, from start: Int = 0) -> String {
        let descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        lseek(descriptor, off_t(max(start, size(path) - keptSize)), SEEK_SET)
        return readAll(descriptor, keepingLast: keptSize)
    }

    /// Cuts a log that has grown large; its end goes to a file beside it. A running server, which
    /// appends, goes on at the new end.
    static func trim(_ path: String) {
        guard size(path) > largestSize else { return }
        let end = tail(path)
        try? Data(end.utf8).write(to: URL(fileURLWithPath: path + ".1"))
        truncate(path, 0)
    }

    private static func size(_ path: String) -> Int {
        var found = stat()
        return stat(path, &found) == 0 ? Int(found.st_size) : 0
    }
}
