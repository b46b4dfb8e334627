import Foundation
import Model

/// Creates the data folder: beside its place first, then moved there in one step, so that it is
/// either complete or absent.
struct DataFolder {
    let folders: ServerFolders
    let binaries: ServerBinaries
    let account: ServerAccount
    let settings: ServerSettings

    /// Creates the folder with its database. The commands hold the lock, so that nobody clears
    /// the place while one of them still writes, even after we are killed.
    ///
    /// - Throws: BW211 with PostgreSQL's own words.
    func create(holding lock: Int32) throws(BellwetherError) {
        let unfinished = folders.home + "/" + ServerFolders.unfinishedPrefix + String(getpid())
        guard mkdir(unfinished, 0o700) == 0 else {
            throw failed("the folder \(unfinished) cannot be created", systemText(errno))
        }
        defer { try? FileManager.default.removeItem(atPath: unfinished) }
        guard account.isSelf || chown(unfinished, account.userID, account.groupID) == 0 else {
            throw failed("\(unfinished) cannot be given to \(account.name)", systemText(errno))
        }
        try run(initialisation(unfinished), lock: lock)
        try run(databaseCreation(unfinished), input: "create database bellwether\n", lock: lock)
        guard rename(unfinished, folders.data) == 0 else {
            throw failed("\(unfinished) cannot be moved to \(folders.data)", systemText(errno))
        }
        synchronise(folders.home)
    }

    private func initialisation(_ folder: String) -> [String] {
        // Sorting by bytes is the same everywhere; letters' case is Unicode's.
        let letters = ["C.UTF-8", "UTF-8", "en_US.UTF-8"].first(where: Self.isLocale) ?? "C"
        return [
            binaries.initdb, "--pgdata=" + folder, "--username=bellwether", "--encoding=UTF8",
            "--locale=C", "--lc-ctype=" + letters, "--data-checksums",
            "--auth-local=peer", "--auth-host=reject", "--no-instructions",
        ] + (settings.isDurable ? [] : ["--no-sync"])
    }

    private static func isLocale(_ name: String) -> Bool {
        guard let locale = newlocale(Int32(LC_CTYPE_MASK), name, nil) else { return false }
        freelocale(locale)
        return true
    }

    private func databaseCreation(_ folder: String) -> [String] {
        [binaries.postgres, "--single", "-D", folder, "-c", "exit_on_error=on"]
            + (settings.isDurable ? [] : ["-c", "fsync=off"]) + ["template1"]
    }

    private func run(_ command: [String], input: String = "", lock: Int32) throws(BellwetherError) {
        let outcome: Subprocess.Outcome
        do throws(Subprocess.Failure) {
            outcome = try Subprocess.run(command, as: account, input: input, holding: lock)
        } catch {
            throw failed("the data folder cannot be created", error.text)
        }
        guard outcome.isSuccess else {
            throw failed("the data folder cannot be created", lastLines(outcome.output))
        }
    }

    private func failed(_ message: String, _ detail: String) -> BellwetherError {
        BellwetherError(
            .serverDataUnusable, message, detail: detail,
            hint: nextStep(for: detail) ?? "Set BELLWETHER_HOME to a folder that can be written.")
    }

    private func synchronise(_ folder: String) {
        let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}

/// The last lines of a text, few enough for an error.
func lastLines(_ text: String) -> String {
    text.split(separator: "\n").suffix(10).joined(separator: "\n")
}
