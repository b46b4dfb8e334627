import Model
import Postgres

/// The warehouse: the only door to its database, for one thread.
public final class Warehouse {
    let connection: Connection

    /// The warehouse behind a connection. The schema is checked by whatever needs it.
    public init(_ connection: Connection) {
        self.connection = connection
    }

    /// Connects.
    ///
    /// - Throws: `BW201` when there is no server to be reached.
    public convenience init(_ parameters: ConnectionParameters) throws(BellwetherError) {
        do throws(DatabaseError) {
            self.init(try Connection(parameters))
        } catch {
            throw BellwetherError(error)
        }
    }

    /// Stops a running statement from another thread.
    public var canceller: Canceller { connection.canceller }

    func execute(_ sql: String, _ parameters: [Parameter?] = []) throws(BellwetherError) {
        do throws(DatabaseError) {
            try connection.execute(sql, parameters)
        } catch {
            throw BellwetherError(error)
        }
    }

    /// The rows of a query, each read by `body`.
    func rows<Value>(
        _ sql: String, _ parameters: [Parameter?] = [], _ body: (Row) throws(DatabaseError) -> Value
    ) throws(BellwetherError) -> [Value] {
        do throws(DatabaseError) {
            let found = try connection.query(sql, parameters)
            var values: [Value] = []
            values.reserveCapacity(found.count)
            for row in found { values.append(try body(row)) }
            return values
        } catch {
            throw BellwetherError(error)
        }
    }

    /// Runs a transaction whose errors are all the product's own.
    func transaction<Result>(
        isolation: IsolationLevel? = nil, readOnly: Bool? = nil, _ body: () throws -> Result
    ) throws(BellwetherError) -> Result {
        do {
            return try connection.transaction(isolation: isolation, readOnly: readOnly) { _ in try body() }
        } catch let error as BellwetherError {
            throw error
        } catch let error as DatabaseError {
            throw BellwetherError(error)
        } catch {
            throw BellwetherError(.bug, "an error without a home", detail: "\(error)")
        }
    }
}

extension BellwetherError {
    /// A database's error in the product's words: the SQLSTATE and the statement stay, values do not.
    init(_ error: DatabaseError) {
        switch error.kind {
        case .connectionFailed:
            self.init(
                .noDatabase, "the database cannot be reached", detail: error.description,
                hint:
                    "Check --db, BELLWETHER_DB and libpq's PG* variables; `bellwether db status` tells of the private server."
            )
        case .connectionLost:
            self.init(
                .connectionLost, "the connection to the database was lost", detail: error.description,
                hint: "Nothing that was not published has changed. Run the command again.")
        case .cancelled:
            self.init(
                .statementCancelled, "a statement was cancelled; nothing was changed", detail: error.message,
                hint: "If nobody stopped it, a statement_timeout did: raise it for the user who connects.")
        case .server where error.sqlState == "BW507":
            self.init(
                .futureAsKnown, error.message,
                hint:
                    "`bellwether loads` lists the published loads. A day is meant at its end: today is not over."
            )
        case .server where error.sqlState == "BW510":
            self.init(
                .knowledgePruned, error.message,
                hint: "Ask as known later; `bellwether prune` has deleted what was superseded before.")
        case .server where error.sqlState == "BW506":
            self.init(.badOption, error.message, hint: error.hint)
        case .server where error.sqlState == "42501":
            self.init(
                .statementFailed, "the database does not permit it", detail: error.description,
                hint:
                    "Connect as a member of the role that this needs: owner to migrate, loader to load, reader to ask."
            )
        case .server where error.sqlState == "55P03":
            self.init(
                .locked, "a lock was not to be had within the session's lock_timeout",
                detail: error.description, hint: "Run the command again when whatever holds it has ended.")
        case .server where error.sqlState == "25006":
            self.init(
                .statementFailed, "the database can only be read", detail: error.description,
                hint: "Connect to the primary server, as a user whose transactions may write.")
        case .server where error.sqlState == "58P01":
            // A library of another minor version than the server that runs: it was upgraded under it.
            self.init(
                .statementFailed, "the server lacks one of its own files", detail: error.description,
                hint:
                    "If PostgreSQL was upgraded meanwhile, restart the server; the private one with: bellwether db stop"
            )
        case .server where error.sqlState == "53100":
            self.init(
                .statementFailed, "the database's disk is full", detail: error.description,
                hint: "Make room and run the command again; nothing was changed.")
        default:
            self.init(.statementFailed, "a statement failed", detail: error.description)
        }
    }
}
