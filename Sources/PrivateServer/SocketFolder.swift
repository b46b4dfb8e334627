import Foundation
import Model

/// The folder of the Unix socket.
enum SocketFolder {
    /// The longest path of a socket in bytes: the size of `sockaddr_un.sun_path` less its NUL.
    static let longestSocketPath = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1

    /// The folder that a server on these folders uses: its own `run`, or a short one where the
    /// path is too long for a socket or holds a comma, which libpq takes for a list of hosts.
    static func path(_ folders: ServerFolders, owner: UInt32) -> String {
        let own = folders.sockets
        let isShort = ServerAddress(socketDirectory: own).socket.utf8.count <= longestSocketPath
        if isShort && !own.contains(",") { return own }
        return "/tmp/bellwether-\(owner)-\(fingerprint(folders.home))"
    }

    /// Creates the folder, closed to everyone but its owner.
    ///
    /// - Throws: BW211 when somebody else has put something there.
    static func prepare(_ path: String, for account: ServerAccount) throws(BellwetherError) {
        if mkdir(path, 0o700) == 0 {
            guard account.isSelf || chown(path, account.userID, account.groupID) == 0 else {
                throw refused(path, systemText(errno))
            }
            return
        }
        guard errno == EEXIST else { throw refused(path, systemText(errno)) }
        var found = stat()
        // lstat: in a folder that everyone may write to, a link may lead anywhere.
        guard lstat(path, &found) == 0 else { throw refused(path, systemText(errno)) }
        guard found.st_mode & S_IFMT == S_IFDIR else { throw refused(path, "it is not a folder") }
        guard found.st_uid == account.userID else {
            throw refused(path, "it belongs to user id \(found.st_uid)")
        }
        guard found.st_mode & 0o077 == 0 else { throw refused(path, "others may enter it") }
    }

    private static func refused(_ path: String, _ reason: String) -> BellwetherError {
        BellwetherError(
            .serverDataUnusable, "the folder \(path) cannot be used for the server's socket: \(reason)",
            hint: nextStep(for: reason)
                ?? "Remove it, or set BELLWETHER_HOME to another folder with a short path.")
    }

    /// FNV-1a, 64 bits: the same in every process, unlike Swift's own hashes.
    private static func fingerprint(_ text: String) -> String {
        let hash = text.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return String(hash, radix: 16)
    }
}
