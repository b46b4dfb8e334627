/// The name of a table, column, schema or role as SQL takes it literally: in double quotes, doubled within.
///
/// A parameter cannot stand for a name; take names from a list of your own and quote them here. The server
/// cuts a name after 63 bytes.
///
/// - Throws: `misuse` for an empty name and for one with a NUL byte.
public func quoteIdentifier(_ name: String) throws(DatabaseError) -> String {
    guard !name.isEmpty else { throw DatabaseError(.misuse, "an SQL name cannot be empty") }
    guard !name.utf8.contains(0) else { throw DatabaseError(.misuse, "an SQL name cannot hold a NUL byte") }
    var quoted = "\""
    for scalar in name.unicodeScalars {
        if scalar == "\"" { quoted += "\"" }
        quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
}
