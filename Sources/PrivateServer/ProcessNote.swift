import Foundation
import Model

/// What `postmaster.pid` says; PostgreSQL writes it at start and removes it at a clean stop.
///
/// Source of the format: PostgreSQL's `src/include/utils/pidfile.h`.
struct ProcessNote: Sendable, Equatable {
    /// The process id; negative for a single-user session.
    let processID: Int32
    /// The data folder as PostgreSQL was given it.
    let dataFolder: String
    /// Seconds since 1970.
    let startedAt: Int
    /// The port, in the socket's name too.
    let port: Int
    /// The first socket folder; empty without one.
    let socketDirectory: String
    /// Whether PostgreSQL said that it accepts connections.
    let isReady: Bool

    /// The note in a file's text; nil while it is incomplete.
    init?(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard lines.count >= 5, let processID = Int32(lines[0].trimmingCharacters(in: .whitespaces)),
            let startedAt = Int(lines[2]), let port = Int(lines[3])
        else { return nil }
        self.processID = processID
        dataFolder = lines[1]
        self.startedAt = startedAt
        self.port = port
        socketDirectory = lines[4]
        isReady = lines.count >= 8 && lines[7].trimmingCharacters(in: .whitespaces) == "ready"
    }

    /// The note of a data folder, if there is one.
    static func read(_ folders: ServerFolders) throws(BellwetherError) -> ProcessNote? {
        try readSmallFile(folders.processNote).flatMap { ProcessNote($0) }
    }

    /// Where the server of this note is reached.
    var address: ServerAddress { ServerAddress(socketDirectory: socketDirectory, port: port) }

    /// Whether something accepts connections where the note says.
    ///
    /// A connection closed without a word leaves no line in PostgreSQL's log.
    var isReachable: Bool { !socketDirectory.isEmpty && accepts(address.socket) }

    /// Whether the server, if it lives, listens where nobody looks for it: its socket was removed,
    /// or the home folder moved.
    ///
    /// A socket that is there but refuses is a dead server's, whose sessions will end by themselves.
    func isOutOfReach(of folders: ServerFolders) -> Bool {
        dataFolder != folders.data || !FileManager.default.fileExists(atPath: address.socket)
    }

    /// The note of a server on these folders that we started and that accepts connections.
    static func ofReadyServer(_ folders: ServerFolders) throws(BellwetherError) -> ProcessNote? {
        // A copied folder carries the note of the server it was copied from, hence the comparison.
        guard let note = try read(folders), note.isReady, note.dataFolder == folders.data,
            FileLock.isHeld(folders.serverLock), note.isReachable
        else { return nil }
        return note
    }
}

/// Whether something listens on a Unix socket.
private func accepts(_ path: String) -> Bool {
    guard path.utf8.count <= SocketFolder.longestSocketPath else { return false }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    #if canImport(Darwin)
        let kind = SOCK_STREAM
    #else
        let kind = Int32(SOCK_STREAM.rawValue)
    #endif
    let descriptor = socket(AF_UNIX, kind, 0)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    let result = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
    }
    // EAGAIN: it listens, its queue is full.
    return result == 0 || errno == EAGAIN
}
