/// What went wrong, where, and what to do next.
///
/// Facts only: one place in `Render` turns them into prose. Values of cells and passwords stay
/// out of `message`, `detail` and `hint`.
public struct BellwetherError: Error, Sendable, Equatable {
    /// The stable code.
    public let code: ErrorCode
    /// One sentence that says what went wrong, without a full stop.
    public let message: String
    /// Further facts, such as the server's own words.
    public let detail: String?
    /// The next step for the person who reads this.
    public let hint: String?
    /// The place in an export, a mapping or an SQL file.
    public let place: Place?
    /// What the guards found that hold a load; empty for every other error.
    public var trips: [GuardTrip] = []

    /// The error of that code.
    public init(
        _ code: ErrorCode, _ message: String, detail: String? = nil, hint: String? = nil,
        place: Place? = nil
    ) {
        self.code = code
        self.message = message
        self.detail = detail
        self.hint = hint
        self.place = place
    }
}

/// A place in a file that a person can open.
public struct Place: Sendable, Hashable {
    /// The file's name or path as the person gave it.
    public let file: String
    /// The line, from 1; for a record of several lines its first.
    public let line: Int?
    /// The column's name in an export, or the character from 1 in a mapping.
    public let column: String?

    /// A place; line and column where they are known.
    public init(file: String, line: Int? = nil, column: String? = nil) {
        self.file = file
        self.line = line
        self.column = column
    }
}
