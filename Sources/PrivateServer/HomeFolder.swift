import Foundation
import Model

/// The folder in which a private server lives.
enum HomeFolder {
    /// Where the environment says that it is: `BELLWETHER_HOME`, else `/var/lib/bellwether` for
    /// root, else the data folder of the platform.
    ///
    /// Source: XDG Base Directory Specification, which tells us to ignore relative paths.
    static func path(environment: [String: String], isRoot: Bool, userHome: String?) -> String? {
        if let named = environment["BELLWETHER_HOME"], !named.isEmpty { return absolute(named) }
        if isRoot { return "/var/lib/bellwether" }
        #if !os(macOS)
            if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") { return data + "/bellwether" }
        #endif
        let known = [environment["HOME"], userHome].compactMap { $0 }.first { $0.hasPrefix("/") }
        #if os(macOS)
            return known.map { $0 + "/Library/Application Support/bellwether" }
        #else
            return known.map { $0 + "/.local/share/bellwether" }
        #endif
    }

    /// A path from the root of the file system.
    static func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    }

    /// Creates the folder where it is missing, and checks that it is ours and that the server's
    /// user gets there.
    ///
    /// - Throws: BW211 naming the folder in the way.
    static func prepare(_ home: String, for account: ServerAccount) throws(BellwetherError) -> ServerFolders {
        if try ServerFolders.existing(home: home) == nil {
            try checkEntry(nearestExisting(home), account)
            try create(home, for: account)
        }
        guard let folders = try ServerFolders.existing(home: home) else {
            throw unusable("\(home) has just vanished", hint: nil)
        }
        try checkOwner(folders.home)
        try checkEntry(folders.home, account)
        return folders
    }

    private static func create(_ home: String, for account: ServerAccount) throws(BellwetherError) {
        let parent = (home as NSString).deletingLastPathComponent
        try createParents(parent, mode: account.isSelf ? 0o700 : 0o755)
        // Made ready beside its place: somebody else may start the server at this moment.
        let prepared = "\(home).new-\(getpid())"
        guard mkdir(prepared, 0o700) == 0 || errno == EEXIST else { throw notCreated(home) }
        // Root's files stay root's; the server's user only passes through to its own folders.
        let isOpen =
            account.isSelf || (chown(prepared, 0, account.groupID) == 0 && chmod(prepared, 0o710) == 0)
        guard isOpen, rename(prepared, home) == 0 else {
            let reason = errno
            rmdir(prepared)
            if reason == ENOTEMPTY || reason == EEXIST { return }
            errno = reason
            throw notCreated(home)
        }
    }

    private static func createParents(_ folder: String, mode: mode_t) throws(BellwetherError) {
        if FileManager.default.fileExists(atPath: folder) { return }
        try createParents((folder as NSString).deletingLastPathComponent, mode: mode)
        guard mkdir(folder, mode) == 0 || errno == EEXIST else { throw notCreated(folder) }
    }

    private static func notCreated(_ folder: String) -> BellwetherError {
        unusable("the folder \(folder) cannot be created: \(systemText(errno))")
    }

    private static func checkOwner(_ home: String) throws(BellwetherError) {
        var found = stat()
        guard stat(home, &found) == 0 else { throw unusable("\(home): \(systemText(errno))") }
        guard found.st_uid == geteuid() else {
            let owner = SystemUser(id: found.st_uid)?.name ?? "user id \(found.st_uid)"
            throw unusable(
                "the folder \(home) belongs to \(owner)",
                hint: "Run bellwether as \(owner), or set BELLWETHER_HOME to a folder of your own.")
        }
        guard found.st_mode & S_IWOTH == 0 else {
            throw unusable(
                "everyone may write to the folder \(home)",
                hint: "Set BELLWETHER_HOME to a folder of its own, such as \(home)/bellwether.")
        }
    }

    private static func checkEntry(_ folder: String, _ account: ServerAccount) throws(BellwetherError) {
        guard let closed = account.firstClosedFolder(towards: folder) else { return }
        throw unusable(
            "PostgreSQL runs as \(account.name), who cannot enter \(closed)",
            detail: "PostgreSQL refuses to run as root, so its data must lie where \(account.name) gets to.",
            hint: "Set BELLWETHER_HOME=/var/lib/bellwether, or run bellwether as an ordinary user.")
    }

    private static func nearestExisting(_ path: String) -> String {
        var folder = path
        while folder != "/", !FileManager.default.fileExists(atPath: folder) {
            folder = (folder as NSString).deletingLastPathComponent
        }
        return (try? ServerFolders.existing(home: folder)?.home) ?? folder
    }

    private static func unusable(
        _ message: String, detail: String? = nil,
        hint: String? = "Set BELLWETHER_HOME to a folder of your own."
    ) -> BellwetherError {
        BellwetherError(
            .serverDataUnusable, message, detail: detail,
            hint: nextStep(for: message + (detail ?? "")) ?? hint)
    }
}
