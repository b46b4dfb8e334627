/// What went wrong at the database: the server's own words and the place, without the values.
///
/// `message`, `detail` and `context` are the server's and may repeat values of rows;
/// `description` is made to be shown and logged, and leaves values and passwords out.
public struct DatabaseError: Error, Sendable, Equatable {
    /// The family of an error, by which a caller decides what to do.
    public enum Kind: String, Sendable {
        /// No connection could be made.
        case connectionFailed
        /// The connection ended while it was in use; it cannot be used again.
        case connectionLost
        /// The server refused the statement; `sqlState` says why.
        case server
        /// The statement was cancelled (SQLSTATE 57014), by a canceller or by a timeout of the server.
        case cancelled
        /// A transaction that was to be committed was rolled back, since a statement in it had failed.
        case rolledBack
        /// A value that was read is not of the type asked for, or a column is absent.
        case decoding
        /// The caller broke a rule of this layer, such as a NUL byte in a text.
        case misuse
    }

    /// The family of the error.
    public internal(set) var kind: Kind
    /// The five characters of the server's SQLSTATE, verbatim; nil where the server said none.
    public internal(set) var sqlState: String?
    /// What went wrong. In the server's own words, which may repeat a value.
    public let message: String
    /// The server's further words. Repeats values of rows, hence not in `description`.
    public internal(set) var detail: String?
    /// What to do about it.
    public internal(set) var hint: String?
    /// The place in `sql` of which the server complains, in characters (Unicode scalars) from 1.
    public internal(set) var position: Int?
    /// Where the server was: a line of COPY, a line of a function. May repeat values.
    public internal(set) var context: String?
    /// The text of the statement or script, without its parameters; nil where there was none.
    public internal(set) var sql: String?
    /// The line in the script that failed, or in the data of a COPY, from 1.
    public internal(set) var line: Int?
    /// The result's column that could not be decoded, or the table's column at fault.
    public internal(set) var column: String?
    /// The result's row that could not be decoded, from 1.
    public internal(set) var row: Int?
    /// The schema of the table at fault.
    public internal(set) var schema: String?
    /// The table at fault.
    public internal(set) var table: String?
    /// The constraint that was broken.
    public internal(set) var constraint: String?
    /// Why the rollback that followed this error failed too; nil where it succeeded.
    public internal(set) var rollbackFailure: String?

    init(_ kind: Kind, _ message: String, sql: String? = nil, hint: String? = nil) {
        self.kind = kind
        self.message = message
        self.sql = sql
        self.hint = hint
    }
}
