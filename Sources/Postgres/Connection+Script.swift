internal import CLibPQ

extension Connection {
    /// Runs a script of several statements without parameters, such as an SQL file; rows are dropped.
    ///
    /// Without BEGIN in it, and outside a transaction, the whole script is one transaction.
    ///
    /// - Throws: The first error; its `line` is the line of the script at fault, or that on which the
    ///   statement at fault begins where the server does not say.
    public func run(script: String) throws(DatabaseError) {
        let handle = try begin(script: script)
        var finished = 0
        var failure: DatabaseError?
        while let result = PQgetResult(handle) {
            switch PQresultStatus(result) {
            case PGRES_TUPLES_OK, PGRES_COMMAND_OK:
                if failure == nil { finished += 1 }
                PQclear(result)
            case PGRES_EMPTY_QUERY:
                PQclear(result)
            default:
                let error = refuse(result, handle)
                if failure == nil { failure = error }
            }
        }
        guard var failure = ended(with: failure, handle) else { return }
        if let position = failure.position {
            failure.line = DatabaseError.line(ofCharacter: position, in: script)
        } else {
            let lines = StatementLines(script).lines
            if finished < lines.count { failure.line = lines[finished] }
        }
        throw failure
    }
}
