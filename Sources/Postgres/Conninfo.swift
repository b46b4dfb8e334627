internal import CLibPQ

/// Connection strings, read by libpq itself.
enum Conninfo {
    struct Option {
        let keyword: String
        let value: String

        /// Whether the value must not be shown. By name and not by libpq's own mark, so that it also
        /// holds for keywords that this libpq does not know.
        var isSecret: Bool { keyword.contains("password") || keyword.contains("secret") }
    }

    /// Whether libpq reads the text as a URL or keywords, and not as the name of a database.
    static func isConnectionString(_ text: String) -> Bool { isURL(text) || text.contains("=") }

    private static func isURL(_ text: String) -> Bool {
        text.hasPrefix("postgresql://") || text.hasPrefix("postgres://")
    }

    static func parse(_ text: String) throws(DatabaseError) -> [Option] {
        guard !text.utf8.contains(0) else {
            throw DatabaseError(.connectionFailed, "the connection parameters hold a NUL byte")
        }
        var reason: UnsafeMutablePointer<CChar>?
        guard let list = PQconninfoParse(text, &reason) else {
            defer { PQfreemem(reason) }
            throw unreadable(text, DatabaseError.oneLine(reason))
        }
        defer { PQconninfoFree(list) }
        let options = given(list)
        // The user's part of a URL ends at the first @: the rest of a password with an @ becomes a host,
        // and would be shown as one.
        if isURL(text),
            options.contains(where: { $0.keyword == "host" && $0.value.dropFirst().contains("@") })
        {
            throw DatabaseError(
                .connectionFailed, "the connection URL has more than one @",
                hint: "write an @ in a user name or password as %40")
        }
        return options
    }

    /// The value that libpq takes from the environment or its service file.
    static func environment(_ keyword: String) -> String? {
        guard let list = PQconndefaults() else { return nil }
        defer { PQconninfoFree(list) }
        return given(list).first { $0.keyword == keyword }?.value
    }

    private static func given(_ list: UnsafeMutablePointer<PQconninfoOption>) -> [Option] {
        var options: [Option] = []
        var next = list
        while let keyword = next.pointee.keyword {
            if let value = next.pointee.val {
                options.append(Option(keyword: String(cString: keyword), value: String(cString: value)))
            }
            next += 1
        }
        return options
    }

    // libpq quotes the part that it cannot read, which can be a piece of a password.
    private static func unreadable(_ text: String, _ reason: String) -> DatabaseError {
        var reason = reason
        let mayHoldSecret = text.contains("@") || text.lowercased().contains("pass")
        if mayHoldSecret, let first = reason.firstIndex(of: "\""), let last = reason.lastIndex(of: "\"") {
            reason.replaceSubrange(first...last, with: "“…”")
        }
        return DatabaseError(.connectionFailed, "the connection parameters cannot be read: \(reason)")
    }
}
