import Model

/// What the reader of an entity hands its records to.
public protocol RecordSink {
    /// Whether a row of that hash is what the warehouse has already. Asked first for every row: with a
    /// known one nothing else happens, it is neither converted nor checked.
    mutating func isKnown(_ rowHash: Hash128) -> Bool

    /// Takes a record that is not known. `record` is valid during the call only.
    mutating func accept(_ record: borrowing CheckedRecord) throws

    /// Takes a row that was set aside.
    mutating func reject(_ reject: Reject) throws

    /// Takes the key of a row by which a delta says that its record is deleted. A full snapshot never
    /// calls this: its deleted rows are left out, and so absent.
    mutating func delete(id: String, file: String, line: Int) throws
}
