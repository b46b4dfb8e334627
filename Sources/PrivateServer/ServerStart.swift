import Foundation
import Model

/// Starts a server that does not run, with the start lock held.
struct ServerStart {
    let folders: ServerFolders
    let binaries: ServerBinaries
    let account: ServerAccount
    let settings: ServerSettings

    /// How long a server may take until it accepts connections.
    static let patience = Duration.seconds(60)

    /// Starts the server and waits until it accepts connections.
    ///
    /// - Throws: BW210 with the last lines of the log; BW211 when a folder cannot be used.
    func run() throws(BellwetherError) -> ServerAddress {
        let deadline = Deadline(after: Self.patience)
        let sockets = SocketFolder.path(folders, owner: account.userID)
        try SocketFolder.prepare(sockets, for: account)
        try writeSettings()
        while true {
            guard let lock = try waitForPredecessor(until: deadline) else {
                // Whoever held the lock has become ready meanwhile.
                if let note = try ProcessNote.ofReadyServer(folders) { return note.address }
                throw notStarted(
                    "processes of an earlier server still run", since: nil,
                    hint: "Wait for them to end, or end those that `ps` shows as \"postgres: bellwether\".")
            }
            try clearTraces(ServerAddress(socketDirectory: sockets))
            let log = try ServerLog.open(folders.log)
            defer { close(log.descriptor) }
            let child = try launch(sockets, log: log.descriptor, lock: lock.descriptor)
            if let address = try waitUntilReady(child, until: deadline) { return address }
            let words = log.linesSinceOpened()
            // Sessions of a killed server may outlive it for a moment.
            if words.contains("pre-existing shared memory block"), !deadline.hasPassed {
                waitBriefly()
                continue
            }
            throw notStarted("the private PostgreSQL did not start", since: words, hint: nil)
        }
    }

    /// The lock that says that no process of an earlier server lives; nil when a server is ready
    /// or when they do not go away.
    private func waitForPredecessor(until deadline: Deadline) throws(BellwetherError) -> FileLock? {
        let moment = Deadline(after: .seconds(1))
        while true {
            if let lock = try FileLock.tryTake(folders.serverLock) { return lock }
            let note = try ProcessNote.read(folders)
            if try ProcessNote.ofReadyServer(folders) != nil || deadline.hasPassed { return nil }
            // Its socket was removed, or the home folder moved.
            if moment.hasPassed, let note, note.isReady, note.isOutOfReach(of: folders) {
                try ServerStop(folders: folders, binaries: binaries, account: account).run(.fast)
            }
            waitBriefly()
        }
    }

    /// Removes what a killed server left. PostgreSQL would judge by the process id alone and
    /// refuse when another process has it by now; our lock knows better.
    private func clearTraces(_ address: ServerAddress) throws(BellwetherError) {
        if let note = try ProcessNote.read(folders), note.dataFolder == folders.data {
            guard !note.isReachable else {
                throw BellwetherError(
                    .serverNotStarted,
                    "another PostgreSQL (process \(note.processID)) runs on \(folders.data)",
                    hint: "It was not started by bellwether. Stop it with: pg_ctl stop -D '\(folders.data)'")
            }
        }
        for path in [folders.processNote, address.socket, address.socketLock] { unlink(path) }
    }

    private func launch(_ sockets: String, log: Int32, lock: Int32) throws(BellwetherError) -> pid_t {
        let command = [
            binaries.postgres, "-D", folders.data, "-k", sockets,
            "-c", "config_file=\(folders.settings)/postgresql.conf",
            "-c", "hba_file=\(folders.settings)/pg_hba.conf",
            "-c", "ident_file=\(folders.settings)/pg_ident.conf",
        ]
        do throws(Subprocess.Failure) {
            return try Subprocess.launch(command, as: account, log: log, holding: lock)
        } catch {
            throw notStarted(error.text, since: nil, hint: nil)
        }
    }

    /// Nil when the server ended instead.
    private func waitUntilReady(_ child: pid_t, until deadline: Deadline) throws(BellwetherError)
        -> ServerAddress?
    {
        while true {
            let hasEnded = Subprocess.hasEnded(child)
            if let note = try ProcessNote.ofReadyServer(folders) { return note.address }
            if hasEnded { return nil }
            if deadline.hasPassed {
                throw notStarted(
                    "the private PostgreSQL is not ready after \(Self.patience)", since: nil,
                    hint: "It goes on starting, perhaps recovering from a crash. Try again in a minute.")
            }
            waitBriefly()
        }
    }

    private func writeSettings() throws(BellwetherError) {
        // Whoever may connect: ourselves, and the user who runs the server.
        let own = SystemUser(id: geteuid())?.name
        let users = Set([own, account.name].compactMap { $0 }).sorted()
        let files = [
            ("postgresql.conf", settings.configuration),
            ("pg_hba.conf", "local all all peer map=bellwether\n"),
            ("pg_ident.conf", users.map { "bellwether \"\($0)\" bellwether\n" }.joined()),
        ]
        guard mkdir(folders.settings, 0o755) == 0 || errno == EEXIST else {
            throw notWritten(folders.settings, systemText(errno))
        }
        // Readable for the server's user whatever our umask; the home folder keeps others out.
        chmod(folders.settings, 0o755)
        for (name, text) in files { try write(text, to: folders.settings + "/" + name) }
        let custom = folders.settings + "/custom.conf"
        if !FileManager.default.fileExists(atPath: custom) {
            try write(ServerSettings.customConfiguration, to: custom)
        }
    }

    private func write(_ text: String, to path: String) throws(BellwetherError) {
        do { try Data(text.utf8).write(to: URL(fileURLWithPath: path)) } catch {
            throw notWritten(path, error.localizedDescription)
        }
        chmod(path, 0o644)
    }

    private func notWritten(_ path: String, _ reason: String) -> BellwetherError {
        BellwetherError(
            .serverDataUnusable, "\(path) cannot be written", detail: reason,
            hint: nextStep(for: reason) ?? "Set BELLWETHER_HOME to a folder of your own.")
    }

    private func notStarted(_ message: String, since words: String?, hint: String?) -> BellwetherError {
        let detail = words ?? ServerLog.tail(folders.log)
        return BellwetherError(
            .serverNotStarted, message, detail: detail.isEmpty ? nil : lastLines(detail),
            hint: nextStep(for: detail) ?? hint ?? "The whole log is in \(folders.log)")
    }
}
