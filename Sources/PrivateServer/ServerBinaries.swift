import Foundation
import Model

/// An installation of PostgreSQL's server.
struct ServerBinaries: Sendable, Equatable {
    /// The folder that holds `initdb`, `pg_ctl` and `postgres`.
    let folder: String
    /// The version, such as `15.18`.
    let version: String

    /// The major version, such as `15`.
    var major: String { String(version.prefix { $0.isNumber }) }
    var initdb: String { folder + "/initdb" }
    var postgres: String { folder + "/postgres" }
    var control: String { folder + "/pg_ctl" }

    /// The oldest major version that Bellwether's SQL runs on.
    static let oldestMajor = 15

    /// The installation to use: the one that fits existing data, otherwise the first in order.
    ///
    /// - Parameters:
    ///   - dataVersion: what made the data folder, or nil before the first start.
    ///   - places: where packages put PostgreSQL.
    /// - Throws: BW209 when none is installed, BW211 when none fits the data.
    static func find(
        for dataVersion: String?, environment: [String: String], places: PackagePlaces = .usual
    ) throws(BellwetherError) -> ServerBinaries {
        var found: [ServerBinaries] = []
        for folder in try candidates(environment: environment, places: places) {
            guard let binaries = ServerBinaries(folder: folder) else { continue }
            let fits =
                if let dataVersion { binaries.major == dataVersion } else {
                    Int(binaries.major).map { $0 >= oldestMajor } ?? false
                }
            if fits { return binaries }
            found.append(binaries)
        }
        if let dataVersion, !found.isEmpty { throw otherVersion(dataVersion, found) }
        throw missing(found)
    }

    /// The installation in a folder; nil when it is incomplete or does not say its version.
    init?(folder: String) {
        guard Self.isComplete(folder),
            let outcome = try? Subprocess.run([folder + "/postgres", "--version"]),
            outcome.isSuccess,
            // "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"
            let version = outcome.output.split(separator: " ").first(where: { $0.first?.isNumber == true })
        else { return nil }
        self.folder = folder
        self.version = version.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private static func isComplete(_ folder: String) -> Bool {
        ["initdb", "pg_ctl", "postgres"].allSatisfy { isExecutable(folder + "/" + $0) }
    }

    private static func candidates(
        environment: [String: String], places: PackagePlaces
    ) throws(BellwetherError) -> [String] {
        if let named = environment["BELLWETHER_PG_BIN"], !named.isEmpty {
            guard isComplete(named) else {
                throw BellwetherError(
                    .serverBinariesMissing,
                    "BELLWETHER_PG_BIN is \(named), where initdb, pg_ctl and postgres are not all found",
                    hint: "Set it to a folder such as /usr/lib/postgresql/15/bin, or unset it.")
            }
            return [named]
        }
        let path = environment["PATH"] ?? ""
        var folders = path.split(separator: ":").map(String.init).filter { $0.hasPrefix("/") }
        // Debian has psql and pg_config in the PATH, but not the server; pg_config knows where it is.
        if let tool = executable("pg_config", in: path),
            let outcome = try? Subprocess.run([tool, "--bindir"]), outcome.isSuccess
        {
            folders.append(outcome.output.trimmingCharacters(in: .whitespacesAndNewlines))
        }
        return (folders + places.folders()).filter(isComplete)
    }

    private static func otherVersion(_ wanted: String, _ found: [ServerBinaries]) -> BellwetherError {
        let list = found.map(\.version).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        #if os(macOS)
            let install = "brew install postgresql@\(wanted)"
        #else
            let install = "apt install postgresql-\(wanted)"
        #endif
        return BellwetherError(
            .serverDataUnusable,
            "the data was made by PostgreSQL \(wanted), but the version installed is "
                + list.joined(separator: ", "),
            detail: found.map { "PostgreSQL \($0.version) is in \($0.folder)" }.joined(separator: "\n"),
            hint: "Install the version of the data (\(install)), or start afresh in another BELLWETHER_HOME "
                + "and load again; nothing was changed.")
    }

    private static func missing(_ tooOld: [ServerBinaries]) -> BellwetherError {
        #if os(macOS)
            let install = "brew install postgresql@17"
        #else
            let install = "apt install postgresql (Debian, Ubuntu), dnf install postgresql-server (Fedora)"
        #endif
        let detail = tooOld.map {
            "PostgreSQL \($0.version) in \($0.folder) is too old: \(oldestMajor) or later is needed"
        }
        return BellwetherError(
            .serverBinariesMissing, "no PostgreSQL server is installed on this machine",
            detail: detail.isEmpty ? nil : detail.joined(separator: "\n"),
            hint: "Install one: \(install); or set BELLWETHER_PG_BIN to the folder that holds initdb; "
                + "or name a server of your own with --db.")
    }
}
