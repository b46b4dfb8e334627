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
            var found = stat()
            guard stat(resolved, &found) == 0, found.st_mode & S_IFMT == S_IFDIR else {
                throw unusable("\(home) is not a folder")
            }
            return ServerFolders(home: String(cString: resolved))
        }
        let reason = errno
        if reason == ENOENT { return nil }
        throw unusable("the folder \(home) cannot be opened: \(systemText(reason))")
    }

    private static func unusable(_ message: String) -> BellwetherError {
        BellwetherError(.serverDataUnusable, message, hint: "Set BELLWETHER_HOME to a folder of your own.")
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
