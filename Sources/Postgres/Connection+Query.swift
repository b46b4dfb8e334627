internal import CLibPQ

extension Connection {
    /// Runs one statement.
    ///
    /// - Returns: How many rows it inserted, updated, deleted or selected; 0 for other statements.
    @discardableResult
    public func execute(_ sql: String, _ parameters: [Parameter?] = []) throws(DatabaseError) -> Int {
        let result = try collect(begin(sql, parameters))
        defer { PQclear(result) }
        return affectedRows(result)
    }

    /// Runs one statement and gives all its rows at once. For many rows see `forEachRow` and `copyOut`.
    public func query(
        _ sql: String, _ parameters: [Parameter?] = [], format: ResultFormat = .text
    ) throws(DatabaseError) -> Rows {
        guard let result = try collect(begin(sql, parameters, format: format)) else { return Rows.none }
        let shape = ResultShape(result, sql: sql, notices: notices)
        return Rows(result: StoredResult(result), shape: shape)
    }

    /// Runs one statement that gives at most one row; nil without one.
    ///
    /// - Throws: `misuse` when there are more rows than one.
    public func queryOne(
        _ sql: String, _ parameters: [Parameter?] = [], format: ResultFormat = .text
    ) throws(DatabaseError) -> Row? {
        let rows = try query(sql, parameters, format: format)
        guard rows.count <= 1 else {
            throw DatabaseError(.misuse, "\(rows.count) rows where at most one was expected", sql: sql)
        }
        return rows.first
    }

    /// Runs one statement and calls with each of its rows as it arrives, in bounded memory.
    ///
    /// When the closure throws, its error is thrown, the rest of the rows is dropped, and the connection is
    /// usable again. Outside a transaction the statement is cancelled; in one its rest is read and forgotten,
    /// as a cancel would make the transaction fail. The closure cannot use this connection.
    ///
    /// - Returns: How many rows there were.
    @discardableResult
    public func forEachRow(
        _ sql: String, _ parameters: [Parameter?] = [], format: ResultFormat = .text,
        _ body: (Row) throws -> Void
    ) throws -> Int {
        let inTransaction = transactionState != .none
        let handle = try begin(sql, parameters, format: format)
        PQsetSingleRowMode(handle)
        var shape: ResultShape?
        var count = 0
        var failure: DatabaseError?
        while let result = PQgetResult(handle) {
            switch PQresultStatus(result) {
            case PGRES_SINGLE_TUPLE where failure == nil:
                let known = shape ?? ResultShape(result, sql: sql, notices: notices)
                shape = known
                count += 1
                do {
                    try body(Row(result: StoredResult(result), shape: known, index: 0, number: count))
                } catch {
                    abandon(handle, inTransaction: inTransaction)
                    throw error
                }
            case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
                PQclear(result)
            default:
                let error = refuse(result, handle)
                if failure == nil { failure = error }
            }
        }
        if let failure = ended(with: failure, handle) { throw failure }
        return count
    }
}
