import Foundation

/// Where packages put PostgreSQL, one folder a version.
struct PackagePlaces: Sendable {
    /// Each place: a parent, the start of the version folder's name, and what follows it.
    let patterns: [(parent: String, prefix: String, suffix: String)]

    /// Debian and Ubuntu, Fedora's and PostgreSQL's RPMs, Homebrew on both processors, Postgres.app.
    static let usual = PackagePlaces(patterns: [
        ("/usr/lib/postgresql", "", "/bin"),
        ("/usr", "pgsql-", "/bin"),
        ("/opt/homebrew/opt", "postgresql@", "/bin"),
        ("/usr/local/opt", "postgresql@", "/bin"),
        ("/Applications/Postgres.app/Contents/Versions", "", "/bin"),
    ])

    /// The existing folders, the newest version of a place first; 9 comes after 15.
    func folders() -> [String] {
        patterns.flatMap { place in
            let names = (try? FileManager.default.contentsOfDirectory(atPath: place.parent)) ?? []
            return names.compactMap { name -> (version: Double, folder: String)? in
                guard name.hasPrefix(place.prefix), let version = Double(name.dropFirst(place.prefix.count))
                else { return nil }
                return (version, place.parent + "/" + name + place.suffix)
            }
            .sorted { $0.version > $1.version }.map(\.folder)
        }
    }
}
