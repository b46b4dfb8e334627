internal import CLibPQ

// One statement at a time goes through `begin` … `collect`: whatever happens between them, all results are
// read up to libpq's nil before the next statement, else libpq mixes the two.
extension Connection {
    /// Sends one statement.
    ///
    /// - Parameter cancellable: False for a rollback, which a late cancel must not stop.
    func begin(
        _ sql: String, _ parameters: [Parameter?] = [], format: ResultFormat = .text,
        cancellable: Bool = true
    ) throws(DatabaseError) -> OpaquePointer {
        let handle = try readyHandle(for: sql)
        let buffer = try ParameterBuffer(parameters, sql: sql)
        let sent = buffer.withArguments { count, types, values, lengths, formats in
            PQsendQueryParams(handle, sql, count, types, values, lengths, formats, format.rawValue)
        }
        try began(sql, sent, handle, cancellable: cancellable)
        return handle
    }

    /// Sends a script of statements.
    func begin(script: String) throws(DatabaseError) -> OpaquePointer {
        let handle = try readyHandle(for: script)
        try began(script, PQsendQuery(handle, script), handle, cancellable: true)
        return handle
    }

    private func readyHandle(for sql: String) throws(DatabaseError) -> OpaquePointer {
        let handle = try openHandle(for: sql)
        if inProgress != nil {
            throw DatabaseError(
                .misuse, "the connection is busy with another statement", sql: sql,
                hint: "use a second connection inside forEachRow, copyIn and copyOut")
        }
        guard !sql.utf8.contains(0) else {
            throw DatabaseError(.misuse, "the statement holds a NUL byte", sql: sql)
        }
        return handle
    }

    private func began(
        _ sql: String, _ sent: Int32, _ handle: OpaquePointer, cancellable: Bool
    ) throws(DatabaseError) {
        guard sent == 1 else {
            throw DatabaseError(result: nil, connection: handle, sql: sql)
        }
        inProgress = sql
        if cancellable { canceller.statementBegan() }
    }

    /// Reads every result up to the end of the statement.
    ///
    /// - Returns: The last good result, to be freed by the caller.
    /// - Throws: The first error, which is the cause of the others.
    func collect(_ handle: OpaquePointer) throws(DatabaseError) -> OpaquePointer? {
        var last: OpaquePointer?
        var failure: DatabaseError?
        while let result = PQgetResult(handle) {
            switch PQresultStatus(result) {
            case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
                PQclear(last)
                last = result
            default:
                let error = refuse(result, handle)
                if failure == nil { failure = error }
            }
        }
        if let failure = ended(with: failure, handle) {
            PQclear(last)
            throw failure
        }
        return last
    }

    /// The error for a result that is not a good end; leaves the COPY that nobody asked for, and frees the result.
    func refuse(_ result: OpaquePointer, _ handle: OpaquePointer) -> DatabaseError? {
        defer { PQclear(result) }
        let sql = inProgress ?? ""
        switch PQresultStatus(result) {
        case PGRES_SINGLE_TUPLE:
            return nil
        case PGRES_COPY_IN, PGRES_COPY_BOTH:
            // Until the COPY is ended libpq answers every call with the same result.
            PQputCopyEnd(handle, "COPY needs copyIn")
            return DatabaseError(.misuse, "COPY … FROM STDIN needs copyIn", sql: sql)
        case PGRES_COPY_OUT:
            skipCopyOut(handle)
            return DatabaseError(.misuse, "COPY … TO STDOUT needs copyOut", sql: sql)
        default:
            return DatabaseError(result: result, connection: handle, sql: sql)
        }
    }

    /// Reads the rest of a COPY TO and forgets it.
    func skipCopyOut(_ handle: OpaquePointer) {
        var row: UnsafeMutablePointer<CChar>?
        while PQgetCopyData(handle, &row, 0) > 0 { PQfreemem(row) }
    }

    /// Notes that no statement runs any more, and what its error is now that all is read.
    func ended(with failure: DatabaseError?, _ handle: OpaquePointer) -> DatabaseError? {
        inProgress = nil
        canceller.statementEnded()
        guard var failure else { return nil }
        // A server that ends a session says why first; only the end of the stream shows that it is gone.
        if PQstatus(handle) == CONNECTION_BAD { failure.kind = .connectionLost }
        if transactionState == .failed, transactionFailure == nil { transactionFailure = failure }
        return failure
    }

    /// Ends a statement whose remaining results nobody wants, for an error of the caller's own.
    ///
    /// - Parameter inTransaction: Then the rest is read and dropped, since a cancel would make the transaction
    ///   fail, and the caller may want to go on with it.
    func abandon(_ handle: OpaquePointer, inTransaction: Bool) {
        if !inTransaction { canceller.cancel() }
        var failure: DatabaseError?
        while let result = PQgetResult(handle) {
            let error = refuse(result, handle)
            if failure == nil { failure = error }
        }
        _ = ended(with: failure, handle)
    }
}

/// The number of rows that a result reports as changed, copied or selected.
func affectedRows(_ result: OpaquePointer?) -> Int {
    guard let result else { return 0 }
    return Int(String(cString: PQcmdTuples(result))) ?? 0
}
