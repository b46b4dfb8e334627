/// A way to write down an answer.
public enum Format: String, Sendable, Hashable, CaseIterable {
    /// For a person at a terminal: fits the width, short money, colour where told.
    case terminal
    /// For spreadsheets: the main table alone, exact.
    case csv
    /// For programs: everything, exact, by the schema `bellwether.answer/1`.
    case json
    /// For mails, tickets and pages: GitHub's Markdown.
    case md
    /// For browsers and print: one page that needs nothing beside it.
    case html

    /// The format that a person calls by that name; `table` is another word for `terminal`.
    public init?(named name: String) {
        switch name.lowercased() {
        case "table": self = .terminal
        case let name: self.init(rawValue: name)
        }
    }
}
