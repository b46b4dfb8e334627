import Foundation
import Model

/// The user of the operating system who runs PostgreSQL: ourselves, or for root somebody less mighty.
struct ServerAccount: Sendable, Equatable {
    let name: String
    let userID: UInt32
    let groupID: UInt32

    /// Whether this is the user who runs us.
    var isSelf: Bool { userID == geteuid() }

    /// The account for a home folder.
    ///
    /// - Throws: BW211 when there is none, with the one to create.
    static func choose(dataFolder: String) throws(BellwetherError) -> ServerAccount {
        let own = geteuid()
        guard own == 0 else {
            guard let user = SystemUser(id: own) else {
                throw BellwetherError(
                    .serverDataUnusable, "your user id \(own) has no name, and PostgreSQL needs one",
                    hint: "Add the user to /etc/passwd, or name a server of your own with --db.")
            }
            return ServerAccount(name: user.name, userID: own, groupID: user.groupID)
        }
        let user = try userForRoot(dataFolder: dataFolder)
        return ServerAccount(name: user.name, userID: user.id, groupID: user.groupID)
    }

    /// PostgreSQL refuses to run as root; data that exists stay with their owner.
    private static func userForRoot(dataFolder: String) throws(BellwetherError) -> SystemUser {
        #if os(macOS)
            throw BellwetherError(
                .serverDataUnusable, "PostgreSQL refuses to run as root",
                hint: "Run bellwether as an ordinary user.")
        #else
            var found = stat()
            if stat(dataFolder, &found) == 0 {
                if found.st_uid != 0, let owner = SystemUser(id: found.st_uid) { return owner }
                throw BellwetherError(
                    .serverDataUnusable,
                    "\(dataFolder) belongs to user id \(found.st_uid), which cannot run PostgreSQL here",
                    hint: "Give it to the user who shall: chown -R postgres '\(dataFolder)'")
            }
            if let user = SystemUser(name: "postgres"), user.id != 0 { return user }
            throw BellwetherError(
                .serverDataUnusable, "PostgreSQL refuses to run as root, and there is no user postgres",
                hint: "Create one: useradd --system --user-group postgres; or run as an ordinary user.")
        #endif
    }

    /// The first folder on the way to a path, that one included, which this user cannot enter.
    func firstClosedFolder(towards path: String) -> String? {
        if isSelf || canEnter(path) { return nil }
        var folder = ""
        for component in path.split(separator: "/") {
            folder += "/" + component
            if !canEnter(folder) { return folder }
        }
        return nil
    }

    // Asked of the system, not of the mode bits: there are access lists too.
    private func canEnter(_ folder: String) -> Bool {
        let look = ["/bin/sh", "-c", #"cd -- "$1""#, "sh", folder]
        return (try? Subprocess.run(look, as: self))?.isSuccess ?? false
    }
}
