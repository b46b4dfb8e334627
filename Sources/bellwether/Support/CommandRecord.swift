import Postgres

/// A command line as it is kept on record, where readers of the warehouse see it.
enum CommandRecord {
    /// The arguments with blanks between them; of `--db` only what holds no password.
    static func text(_ arguments: [String]) -> String {
        var shown: [String] = []
        var isConnection = false
        for argument in arguments {
            if isConnection {
                shown.append(withoutPassword(argument))
            } else if argument.hasPrefix("--db=") {
                shown.append("--db=" + withoutPassword(String(argument.dropFirst("--db=".count))))
            } else {
                shown.append(argument)
            }
            isConnection = argument == "--db"
        }
        return shown.joined(separator: " ")
    }

    private static func withoutPassword(_ url: String) -> String {
        "'\(ConnectionParameters(url).description)'"
    }
}
