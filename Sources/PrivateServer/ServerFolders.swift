import Foundation
import Model

/// Where things lie below a server's home folder.
struct ServerFolders: Sendable, Equatable {
    /// The home folder without symbolic links, so that PostgreSQL and we spell it alike.
    let home: String

    /// PostgreSQL's data folder.
    var data: String { home + "/postgres" }
    /// The settings that we write at each start, and the person's own `custom.conf`.
    var settings: String { home + "/settings" }
    /// The socket's folder, unless its path is too long for a socket.
    var sockets: String { home + "/run" }
    /// What PostgreSQL says.
    var log: String { home + "/server.log" }
    /// Held by whoever creates, starts or stops the server.
    var startLock: String { home + "/start.lock" }
    /// Held by the server's processes as long as one of them lives.
    var serverLock: String { home + "/server.lock" }
    /// PostgreSQL's own note of its process.
    var processNote: String { data + "/postmaster.pid" }

    /// The start of the names of data folders under construction.
    static let unfinishedPrefix = "postgres.new-"

    /// The folders of an existing home; nil where there is none.
    ///
    /// - Throws: BW211 when a folder on the way cannot be entered.
    static func existing(home: String) throws(BellwetherError) -> ServerFolders? {
        if let resolved = realpath(home, nil) {
            defer { free(resolved) }
            return ServerFolders(home: String(cString: resolved))
        }
        let reason = errno
        if reason == ENOENT { return nil }
        throw BellwetherError(
            .serverDataUnusable, "the folder \(home) cannot be opened: \(systemText(reason))",
            hint: "Set BELLWETHER_HOME to a folder of your own.")
    }

    /// The PostgreSQL version that made the data folder, such as `15`; nil before the first start.
    ///
    /// - Throws: BW211 when the folder holds something else than PostgreSQL's data.
    func dataVersion() throws(BellwetherError) -> String? {
        if let text = try readSmallFile(data + "/PG_VERSION") {
            return text.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        let content = (try? FileManager.default.contentsOfDirectory(atPath: data)) ?? []
        if content.isEmpty { return nil }
        throw BellwetherError(
            .serverDataUnusable, "\(data) holds files but is not a PostgreSQL data folder",
            hint: "Move it away, or set BELLWETHER_HOME to another folder.")
    }

    /// The names of data folders whose creation was interrupted.
    func unfinished() -> [String] {
        let content = (try? FileManager.default.contentsOfDirectory(atPath: home)) ?? []
        return content.filter { $0.hasPrefix(Self.unfinishedPrefix) }.map { home + "/" + $0 }
    }
}

/// The system's words for an error number.
func systemText(_ number: Int32) -> String { String(cString: strerror(number)) }

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
