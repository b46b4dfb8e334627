import Foundation
import Model

/// A PostgreSQL of our own, run from the machine's installed binaries and reached through a Unix
/// socket only.
///
/// It is started on first need and goes on running after the command that started it. Whatever
/// was killed, and whenever, the next `start()` puts right.
///
///     let address = try PrivateServer(environment: ProcessInfo.processInfo.environment).start()
///     print(address.url)
public struct PrivateServer: Sendable {
    /// The folder that holds data, settings, log and socket.
    public let home: String
    private let environment: [String: String]
    private let settings: ServerSettings

    /// The server of the person who runs us: in `BELLWETHER_HOME`, else in the platform's folder
    /// for a user's data, or in `/var/lib/bellwether` for root.
    ///
    /// - Throws: BW211 when the environment does not say where home is.
    public init(environment: [String: String]) throws(BellwetherError) {
        let user = SystemUser(id: geteuid())
        guard
            let home = HomeFolder.path(
                environment: environment, isRoot: geteuid() == 0, userHome: user?.home)
        else {
            throw BellwetherError(
                .serverDataUnusable, "there is no folder for the private PostgreSQL: HOME is not set",
                hint: "Set BELLWETHER_HOME to a folder of your own.")
        }
        try self.init(home: home, environment: environment)
    }

    /// A server in a given folder, for tests a throwaway one.
    ///
    /// - Parameters:
    ///   - home: the folder; created at the first start.
    ///   - environment: where PostgreSQL is looked for (`BELLWETHER_PG_BIN`, `PATH`).
    ///   - settings: PostgreSQL's settings.
    /// - Throws: BW211 when PostgreSQL cannot live in a folder of that name.
    public init(
        home: String, environment: [String: String], settings: ServerSettings = .standard
    ) throws(BellwetherError) {
        // PostgreSQL's note of its process is one fact a line.
        guard !home.contains(where: \.isNewline), !home.utf8.contains(0) else {
            throw BellwetherError(
                .serverDataUnusable, "the name of the home folder holds a line break",
                hint: "Set BELLWETHER_HOME to a folder without one.")
        }
        self.home = HomeFolder.absolute(home)
        self.environment = environment
        self.settings = settings
    }

    /// Starts the server unless it runs, creating its data folder the first time.
    ///
    /// Safe to call from several processes at once. Where the server runs this takes one look at
    /// a file and one connection.
    ///
    /// - Parameter progress: is told what takes a moment.
    /// - Throws: BW209 without PostgreSQL, BW210 when it does not start, BW211 when the folder
    ///   cannot be used.
    public func start(progress: (String) -> Void = { _ in }) throws(BellwetherError) -> ServerAddress {
        if let folders = try ServerFolders.existing(home: home),
            let note = try ProcessNote.ofReadyServer(folders)
        {
            ServerLog.trim(folders.log)
            return note.address
        }
        let account = try ServerAccount.choose(dataFolder: home + "/postgres")
        let binaries = try binaries(for: ServerFolders.existing(home: home))
        let folders = try HomeFolder.prepare(home, for: account)
        let lock = try takeStartLock(folders)
        if let note = try ProcessNote.ofReadyServer(folders) { return note.address }
        for leftover in folders.unfinished() { try? FileManager.default.removeItem(atPath: leftover) }
        if try folders.dataVersion() == nil {
            progress("Creating a private PostgreSQL \(binaries.version) in \(home)")
            try DataFolder(folders: folders, binaries: binaries, account: account, settings: settings)
                .create(holding: lock.descriptor)
        }
        return try ServerStart(folders: folders, binaries: binaries, account: account, settings: settings)
            .run()
    }

    /// Stops the server, ending open sessions; does nothing when it does not run.
    ///
    /// - Throws: BW220 when it does not stop, BW209 or BW211 as `start`.
    public func stop() throws(BellwetherError) { try stop(.fast) }

    private func stop(_ mode: ServerStop.Mode) throws(BellwetherError) {
        guard let folders = try ServerFolders.existing(home: home), try folders.dataVersion() != nil else {
            return
        }
        let lock = try takeStartLock(folders)
        if try FileLock.tryTake(folders.serverLock) == nil {
            let account = try ServerAccount.choose(dataFolder: folders.data)
            try ServerStop(folders: folders, binaries: binaries(for: folders), account: account).run(mode)
        }
        _ = lock
    }

    /// Whether the server runs, and since when.
    ///
    /// - Throws: BW211 when the folder cannot be read.
    public func status() throws(BellwetherError) -> ServerStatus {
        guard let folders = try ServerFolders.existing(home: home),
            let note = try ProcessNote.ofReadyServer(folders), let version = try folders.dataVersion()
        else { return .stopped }
        return .running(
            RunningServer(
                processID: note.processID,
                startedAt: Date(timeIntervalSince1970: TimeInterval(note.startedAt)),
                version: version, dataBytes: diskUsage(folders.data), address: note.address))
    }

    /// Stops the server and deletes its data, settings and log. There is no way back.
    ///
    /// - Throws: BW211 when something cannot be deleted.
    public func destroy() throws(BellwetherError) {
        guard let folders = try ServerFolders.existing(home: home) else { return }
        let owner = try ServerAccount.choose(dataFolder: folders.data).userID
        try stop(.immediate)
        let made =
            [
                folders.data, folders.settings, folders.sockets, folders.log, folders.log + ".1",
                folders.serverLock, folders.startLock, SocketFolder.path(folders, owner: owner),
            ] + folders.unfinished()
        for path in made where FileManager.default.fileExists(atPath: path) {
            do { try FileManager.default.removeItem(atPath: path) } catch {
                throw BellwetherError(
                    .serverDataUnusable, "\(path) cannot be deleted", detail: error.localizedDescription)
            }
        }
        // Only where nothing of somebody else's is left in it.
        rmdir(folders.home)
    }

    /// The path of `psql`: that of the server's installation, otherwise that in the `PATH`.
    ///
    /// - Throws: BW209 when there is none.
    public func client() throws(BellwetherError) -> String {
        let beside = try binaries(for: ServerFolders.existing(home: home)).folder + "/psql"
        if isExecutable(beside) { return beside }
        if let found = executable("psql", in: environment["PATH"] ?? "") { return found }
        throw BellwetherError(
            .serverBinariesMissing, "psql is not installed",
            hint: "Install it: apt install postgresql-client (Debian, Ubuntu), brew install libpq (macOS).")
    }

    private func binaries(for folders: ServerFolders?) throws(BellwetherError) -> ServerBinaries {
        try ServerBinaries.find(for: folders?.dataVersion(), environment: environment)
    }

    private func takeStartLock(_ folders: ServerFolders) throws(BellwetherError) -> FileLock {
        // Longer than a start may take, so that the second of two waits for the first.
        guard let lock = try FileLock.take(folders.startLock, until: Deadline(after: .seconds(120))) else {
            throw BellwetherError(
                .serverNotStarted, "another command has been starting the private PostgreSQL for two minutes",
                hint: "Try again when it has ended; it holds \(folders.startLock)")
        }
        return lock
    }

    private func diskUsage(_ folder: String) -> Int {
        guard let files = FileManager.default.enumerator(atPath: folder) else { return 0 }
        var blocks = 0
        while let name = files.nextObject() as? String {
            var found = stat()
            if lstat(folder + "/" + name, &found) == 0 { blocks += Int(found.st_blocks) }
        }
        return blocks * 512
    }
}
