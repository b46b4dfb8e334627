/// What a terminal can show.
public struct TerminalTraits: Sendable, Hashable {
    /// Cells in a line; fewer than 20 count as 20.
    public var width: Int
    /// Whether to use colour, bold and dim text.
    public var color: Bool
    /// Whether to use signs beyond ASCII for rules, bars and absent values; text stays as it is.
    public var unicode: Bool

    /// A terminal of that width.
    public init(width: Int = 80, color: Bool = false, unicode: Bool = true) {
        self.width = width
        self.color = color
        self.unicode = unicode
    }

    /// The cells that a line may take.
    var usableWidth: Int { max(width, 20) }
}

/// The signs that differ between a full and an ASCII terminal.
struct Symbols: Sendable {
    let absent: String
    let ellipsis: String
    let times: String
    let dot: String
    let rule: Character
    let full: Character
    let empty: Character
    /// The parts of a stacked bar, the surest first.
    let parts: [Character]
    /// What a bar is to reach.
    let mark: Character
    /// A bar that goes on.
    let more: Character
    let unprintable: Unicode.Scalar
    /// The steps of a small curve, the lowest first.
    let steps: [Character]
    /// A place of the curve of which nothing is known.
    let unknown: Character

    static let unicode = Symbols(
        absent: "–", ellipsis: "…", times: "×", dot: "·", rule: "─", full: "█", empty: "░",
        parts: ["█", "▓", "░"], mark: "│", more: "›", unprintable: "\u{FFFD}",
        steps: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"], unknown: "·")
    static let ascii = Symbols(
        absent: "-", ellipsis: "~", times: "x", dot: "|", rule: "-", full: "#", empty: ".",
        parts: ["#", "=", "-"], mark: "|", more: ">", unprintable: "?", steps: ["_", ".", "-", "=", "#"],
        unknown: "?")

    /// The sign of a bar's part; parts beyond the signs there are look like the last.
    func part(_ number: Int) -> Character {
        parts[min(number, parts.count - 1)]
    }
}

extension TerminalTraits {
    var symbols: Symbols { unicode ? .unicode : .ascii }
}

/// Escape sequences around a text, where colour is wanted; each closes only what it opened, so
/// that they nest.
struct Paint: Sendable {
    let on: Bool

    func bold(_ text: String) -> String { wrapped(text, 1, 22) }
    func dim(_ text: String) -> String { wrapped(text, 2, 22) }
    func red(_ text: String) -> String { wrapped(text, 31, 39) }
    func yellow(_ text: String) -> String { wrapped(text, 33, 39) }

    private func wrapped(_ text: String, _ open: Int, _ close: Int) -> String {
        on && !text.isEmpty ? "\u{1B}[\(open)m\(text)\u{1B}[\(close)m" : text
    }
}
