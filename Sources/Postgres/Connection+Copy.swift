internal import CLibPQ

extension Connection {
    /// Runs a `COPY … FROM STDIN` with the data that the closure writes, in bounded memory.
    ///
    /// When the closure throws, nothing is copied, its error is thrown, and outside a transaction the connection
    /// is as before. The server reads ahead of its checks: a bad value shows at the end, with the line of the data.
    /// The closure cannot use this connection.
    ///
    /// - Returns: How many rows were copied.
    @discardableResult
    public func copyIn(_ sql: String, _ body: (inout CopyWriter) throws -> Void) throws -> Int {
        let handle = try beginCopy(sql, PGRES_COPY_IN, "COPY … FROM STDIN")
        var writer = CopyWriter(self, handle)
        do {
            try body(&writer)
            try writer.finish()
        } catch {
            if !writer.isBroken {
                // The server answers with an error that repeats this reason; the caller's own is the better one.
                PQputCopyEnd(handle, "the client gave up")
                abandon(handle, inTransaction: true)
                settle(handle)
            }
            throw error
        }
        // A failure to send shows in the results, with the server's reason.
        PQputCopyEnd(handle, nil)
        do {
            let result = try collect(handle)
            defer { PQclear(result) }
            return affectedRows(result)
        } catch {
            settle(handle)
            throw error
        }
    }

    /// Makes sure that the next statement gets its own answer: a server that is cancelled just as a COPY begins says
    /// twice that it is ready, and the second time would end the statement after it without a result.
    private func settle(_ handle: OpaquePointer) {
        for _ in 0..<3 where PQstatus(handle) == CONNECTION_OK {
            let result = PQexec(handle, "")
            defer { PQclear(result) }
            if result != nil, PQresultStatus(result) == PGRES_EMPTY_QUERY { return }
        }
    }

    /// Runs a `COPY … TO STDOUT` and calls with the data as it arrives, in bounded memory.
    ///
    /// A chunk is valid during the call only. When the closure throws, its error is thrown and the connection is
    /// usable again: outside a transaction the COPY is cancelled, in one its rest is read and dropped.
    ///
    /// - Returns: How many rows were copied.
    @discardableResult
    public func copyOut(_ sql: String, _ body: (UnsafeRawBufferPointer) throws -> Void) throws -> Int {
        let inTransaction = transactionState != .none
        let handle = try beginCopy(sql, PGRES_COPY_OUT, "COPY … TO STDOUT")
        var chunk: UnsafeMutablePointer<CChar>?
        while true {
            let count = PQgetCopyData(handle, &chunk, 0)
            // -1 is the end and -2 an error; either way the results say more.
            guard count > 0 else { break }
            defer { PQfreemem(chunk) }
            do {
                try body(UnsafeRawBufferPointer(start: chunk, count: Int(count)))
            } catch {
                abandon(handle, inTransaction: inTransaction)
                throw error
            }
        }
        let result = try collect(handle)
        defer { PQclear(result) }
        return affectedRows(result)
    }

    /// Runs a `COPY … TO STDOUT (FORMAT binary)` of that many columns and calls with each tuple.
    ///
    /// - Returns: How many tuples there were.
    @discardableResult
    public func copyOutBinary(
        _ sql: String, columns: Int, _ body: ([BinaryField]) throws -> Void
    ) throws -> Int {
        var reader = BinaryCopyReader(columns: columns, sql: sql)
        let count = try copyOut(sql) { try reader.read($0, body) }
        try reader.finish()
        return count
    }

    private func beginCopy(
        _ sql: String, _ expected: ExecStatusType, _ form: String
    ) throws(DatabaseError) -> OpaquePointer {
        let handle = try begin(sql)
        let first = PQgetResult(handle)
        if PQresultStatus(first) == expected {
            PQclear(first)
            return handle
        }
        var failure = DatabaseError(.misuse, "the statement is no \(form)", sql: sql)
        if let first, PQresultStatus(first) == PGRES_FATAL_ERROR, let error = refuse(first, handle) {
            failure = error
        } else if let first {
            _ = refuse(first, handle)
        }
        while let result = PQgetResult(handle) { _ = refuse(result, handle) }
        throw ended(with: failure, handle) ?? failure
    }

    /// The reason why data could not be sent, once the statement is over.
    func copyFailure(_ handle: OpaquePointer) -> DatabaseError {
        let sending = DatabaseError(result: nil, connection: handle, sql: inProgress ?? "")
        // Only after the end of the COPY does libpq read what the server had said before it went.
        PQputCopyEnd(handle, "the data could not be sent")
        do {
            PQclear(try collect(handle))
            return sending
        } catch {
            return error
        }
    }
}
