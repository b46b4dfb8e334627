internal import CLibPQ
import Logging

extension Connection {
    /// Runs the closure in a transaction: commits when it returns, rolls back when it throws.
    ///
    /// Within a transaction it is a savepoint: an error undoes what the closure did, and only that.
    /// The first error is thrown. A rollback that fails too is attached to it as `rollbackFailure`, or logged
    /// where the error is not this layer's.
    ///
    /// - Parameters:
    ///   - isolation: The isolation level; nil for the session's. Not possible for a savepoint.
    ///   - readOnly: Whether statements that write are refused; nil for the session's. Not for a savepoint.
    /// - Throws: What the closure throws; `rolledBack` when it hid an error that made the transaction fail;
    ///   `connectionLost` with a hint when it is not known whether the commit took place.
    @discardableResult
    public func transaction<Result>(
        isolation: IsolationLevel? = nil, readOnly: Bool? = nil, _ body: (Connection) throws -> Result
    ) throws -> Result {
        switch transactionState {
        case .none:
            return try outermost(isolation, readOnly, body)
        case .open:
            guard isolation == nil, readOnly == nil else {
                throw DatabaseError(.misuse, "a transaction within another cannot have a mode of its own")
            }
            return try nested(body)
        case .failed:
            throw DatabaseError(.misuse, "the transaction around this one has failed and must be rolled back")
        case .statementRunning:
            throw DatabaseError(.misuse, "a transaction cannot begin while a statement runs")
        case .unknown:
            _ = try openHandle()
            throw DatabaseError(.connectionLost, "the connection was lost")
        }
    }

    private func outermost<Result>(
        _ isolation: IsolationLevel?, _ readOnly: Bool?, _ body: (Connection) throws -> Result
    ) throws -> Result {
        let level = isolation.map { " isolation level \($0.rawValue)" } ?? ""
        let access = readOnly.map { $0 ? " read only" : " read write" } ?? ""
        transactionFailure = nil
        savepoints = 0
        try execute("begin" + level + access)
        let value: Result
        do {
            value = try body(self)
        } catch {
            throw rollBack(after: error, ["rollback"])
        }
        try commit()
        return value
    }

    private func nested<Result>(_ body: (Connection) throws -> Result) throws -> Result {
        savepoints += 1
        defer { savepoints -= 1 }
        let name = "nested_\(savepoints)"
        try execute("savepoint \(name)")
        let undo = ["rollback to savepoint \(name)", "release savepoint \(name)"]
        do {
            let value = try body(self)
            if transactionState == .failed { throw hiddenFailure() }
            try execute("release savepoint \(name)")
            return value
        } catch {
            throw rollBack(after: error, undo)
        }
    }

    private func commit() throws {
        guard transactionState != .none else {
            throw DatabaseError(.misuse, "the transaction was ended by a statement within it")
        }
        do {
            let result = try collect(begin("commit"))
            defer { PQclear(result) }
            // The server answers ROLLBACK, and no error, when a statement in it had failed.
            if String(cString: PQcmdStatus(result)) != "COMMIT" { throw hiddenFailure() }
        } catch {
            if var lost = error as? DatabaseError, lost.kind == .connectionLost {
                lost.hint = "it is not known whether the transaction was committed"
                throw lost
            }
            throw rollBack(after: error, ["rollback"])
        }
    }

    private func hiddenFailure() -> DatabaseError {
        var error = DatabaseError(
            .rolledBack, "the transaction was rolled back, since a statement in it had failed",
            sql: transactionFailure?.sql)
        error.sqlState = transactionFailure?.sqlState
        error.detail = transactionFailure?.message
        return error
    }

    /// Undoes what can be undone; the error to throw, with the rollback's own failure attached.
    private func rollBack(after error: any Error, _ statements: [String]) -> any Error {
        // Lost with the connection, or ended by the closure: nothing is left to undo.
        guard transactionState == .open || transactionState == .failed else { return error }
        do {
            for statement in statements { PQclear(try collect(begin(statement, cancellable: false))) }
            if transactionState != .failed { transactionFailure = nil }
            return error
        } catch let rollback {
            guard var first = error as? DatabaseError else {
                logger.error("the rollback failed too", metadata: ["reason": "\(rollback)"])
                return error
            }
            first.rollbackFailure = rollback.description
            return first
        }
    }
}
