import Model

/// What was read of one entity.
public struct ReadReport: Sendable, Hashable {
    /// One file that was read.
    public struct File: Sendable, Hashable {
        /// The file's name without the folder.
        public let name: String
        /// Its length in bytes.
        public let bytes: Int
        /// The hash of its bytes.
        public let hash: Hash128
    }

    /// The files in the order in which they were read; a file that two inputs read stands once.
    public var files: [File] = []
    /// Rows in the files, and rows written in the mapping.
    public var rowsRead = 0
    /// Of these: known by their hash.
    public var rowsKnown = 0
    /// Of these: checked and handed on.
    public var rowsAccepted = 0
    /// Of these: set aside.
    public var rowsRejected = 0
    /// Of these: left out by `where`.
    public var rowsFiltered = 0
    /// Of these: they say that their record is deleted.
    public var rowsDeleted = 0
    /// Of these: the same record again, where the mapping expects that (`distinct`).
    public var rowsRepeated = 0
    /// Of these: without a single value, as spreadsheets leave them behind the last row.
    public var rowsBlank = 0
    /// The columns of the files, by the pattern that found them.
    public var headers: [FileHeader] = []
    /// Columns of the files that this entity does not use, in the order of the first file.
    public var unmappedColumns: [String] = []
    /// Optional and kept columns that a file does not have.
    public var absentColumns: [String] = []
    /// Names of unused columns that stand in a header more than once.
    public var duplicateColumns: [String] = []

    /// Nothing read yet.
    public init() {}
}
