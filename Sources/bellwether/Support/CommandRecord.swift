import Postgres

/// A command line as it is kept on record, where readers of the warehouse see it.
enum CommandRecord {
    /// The arguments with blanks between them; of `--db` only what holds no password, and nothing of hooks, which may
    /// hold keys.
    static func text(_ arguments: [String]) -> String {
        var shown: [String] = []
        var option = ""
        for argument in arguments {
            if let value = hiding(argument, of: option) {
                shown.append(value)
            } else if let equals = argument.firstIndex(of: "="),
                let value = hiding(
                    String(argument[argument.index(after: equals)...]), of: String(argument[..<equals]))
            {
                shown.append(argument[...equals] + value)
            } else {
                shown.append(argument)
            }
            option = argument
        }
        return shown.joined(separator: " ")
    }

    /// What may be shown of an option's value; nil for an option that hides nothing.
    private static func hiding(_ value: String, of option: String) -> String? {
        switch option {
        case "--db": "'\(ConnectionParameters(value).description)'"
        case "--on-failure", "--on-success", "--webhook": "…"
        default: nil
        }
    }
}
