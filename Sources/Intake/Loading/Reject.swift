import Model

/// A row that was set aside, and why.
public struct Reject: Sendable, Hashable {
    /// One thing that is wrong with the row.
    public struct Fault: Sendable, Hashable {
        /// The column of the export; nil when the whole row is at fault.
        public let column: String?
        /// The value as it stands in the file, cut at 200 characters.
        public let value: String?
        /// BW150 to BW169.
        public let code: ErrorCode
        /// What is wrong, without the value: `close_date is no day of the calendar …`.
        public let reason: String
    }

    /// The entity.
    public let entity: String
    /// The file's name.
    public let file: String
    /// The line on which the row starts, from 1.
    public let line: Int
    /// The row's key; nil when it could not be read. A rejected row is not an absent row.
    public let id: String?
    /// What is wrong, at least one thing.
    public let faults: [Fault]

    /// The first fault's column.
    public var column: String? { faults.first?.column }
    /// The first fault's value.
    public var value: String? { faults.first?.value }
    /// The first fault's code.
    public var code: ErrorCode { faults.first?.code ?? .bug }
    /// All faults' reasons in one line.
    public var reason: String { faults.map(\.reason).joined(separator: "; ") }
}
