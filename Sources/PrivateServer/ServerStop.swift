import Foundation
import Model

/// Stops a server, with the start lock held.
struct ServerStop {
    let folders: ServerFolders
    let binaries: ServerBinaries
    let account: ServerAccount

    /// How PostgreSQL stops; both end open sessions.
    enum Mode: String {
        /// Writes everything out first.
        case fast
        /// Leaves that to the recovery at the next start.
        case immediate
    }

    /// Stops the server and waits until its last process has ended.
    ///
    /// `pg_ctl` runs as the server's user, so that no note in the data folder can make root
    /// signal a process of somebody else.
    ///
    /// - Throws: BW220 with PostgreSQL's own words.
    func run(_ mode: Mode) throws(BellwetherError) {
        var words = ""
        // For a dead server pg_ctl might wait for a process that nobody reaps.
        if let note = try ProcessNote.read(folders), note.isReachable || note.isOutOfReach(of: folders) {
            words = try control(mode)
        }
        // pg_ctl's word does not count: a session may outlive the first process for a moment.
        let ended = try FileLock.take(folders.serverLock, until: Deadline(after: .seconds(10)))
        if ended == nil { throw failed(lastLines(words)) }
    }

    private func control(_ mode: Mode) throws(BellwetherError) -> String {
        let command = [
            binaries.control, "stop", "-D", folders.data, "-m", mode.rawValue, "-w", "-t", "60", "-s",
        ]
        do throws(Subprocess.Failure) {
            return try Subprocess.run(command, as: account).output
        } catch {
            throw failed(error.text)
        }
    }

    private func failed(_ detail: String) -> BellwetherError {
        BellwetherError(
            .serverNotStopped, "the private PostgreSQL did not stop",
            detail: detail.isEmpty ? nil : detail, hint: "The log is in \(folders.log)")
    }
}
