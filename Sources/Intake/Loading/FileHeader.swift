/// The columns of the files that one pattern found.
public struct FileHeader: Sendable, Hashable {
    /// The pattern as the mapping has it; alternatives divided by `or`.
    public let pattern: String
    /// The names in their order; of several files those of the first, then what the others have beside them.
    public var columns: [String]

    /// A header of those columns.
    public init(pattern: String, columns: [String]) {
        self.pattern = pattern
        self.columns = columns
    }
}
