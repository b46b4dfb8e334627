import Postgres
import Testing

@Suite("Transactions") struct TransactionTests {
    let connection: Connection
    let lines: CollectingLog.Lines

    init() throws {
        let (logger, lines) = CollectingLog.logger()
        self.lines = lines
        connection = try connect(logger: logger)
        try connection.execute("create temp table t (n int constraint positive check (n > 0))")
    }

    func numbers() throws -> [Int] {
        try connection.query("select n from t order by n").map { try $0.decode("n", as: Int.self) }
    }

    func insert(_ number: Int) throws { try connection.execute("insert into t values ($1)", [.int(number)]) }

    @Test func `what returns is committed and its value given back`() throws {
        let value = try connection.transaction { connection in
            try insert(1)
            #expect(connection.transactionState == .open)
            return "value"
        }
        #expect(value == "value")
        #expect(connection.transactionState == .none)
        #expect(try numbers() == [1])
    }

    @Test func `what throws is rolled back and its error thrown`() throws {
        let own = try callersError {
            try connection.transaction { _ in
                try insert(1)
                throw CallersOwn()
            }
        }
        #expect(own == CallersOwn())
        let error = try databaseError { try connection.transaction { _ in try insert(-1) } }
        #expect(error.constraint == "positive")
        #expect(error.rollbackFailure == nil)
        #expect(connection.transactionState == .none)
        #expect(try numbers().isEmpty)
    }

    @Test func `isolation and mode are the server's`() throws {
        for (level, name) in [
            (IsolationLevel.readCommitted, "read committed"), (.repeatableRead, "repeatable read"),
            (.serializable, "serializable"),
        ] {
            try connection.transaction(isolation: level, readOnly: true) { connection in
                let row = try connection.queryOne(
                    "select current_setting('transaction_isolation') as i, current_setting('transaction_read_only') as r"
                )
                #expect(try row?.decode("i", as: String.self) == name)
                #expect(try row?.decode("r", as: String.self) == "on")
            }
        }
        let error = try databaseError {
            try connection.transaction(readOnly: true) { try $0.execute("create table x (a int)") }
        }
        #expect(error.sqlState == "25006")
    }

    @Test func `a nested transaction undoes only itself`() throws {
        try connection.transaction { connection in
            try insert(1)
            let own = try callersError {
                try connection.transaction { connection in
                    try insert(2)
                    try connection.transaction { _ in try insert(3) }
                    throw CallersOwn()
                }
            }
            #expect(own == CallersOwn())
            let error = try databaseError { try connection.transaction { _ in try insert(-1) } }
            #expect(error.sqlState == "23514")
            #expect(connection.transactionState == .open)
            try connection.transaction { _ in try insert(4) }
        }
        #expect(try numbers() == [1, 4])
    }

    @Test func `an outer error undoes what was nested`() throws {
        let own = try callersError {
            try connection.transaction { connection in
                try connection.transaction { _ in try insert(1) }
                throw CallersOwn()
            }
        }
        #expect(own == CallersOwn())
        #expect(try numbers().isEmpty)
    }

    @Test func `a hidden error makes the commit an error that names it`() throws {
        let error = try databaseError {
            try connection.transaction { _ in
                try insert(1)
                _ = try databaseError { try insert(-1) }
                // Also in a failed transaction; the first error stays the cause.
                _ = try databaseError { try insert(2) }
            }
        }
        #expect(error.kind == .rolledBack)
        #expect(error.sqlState == "23514")
        #expect(error.sql == "insert into t values ($1)")
        #expect(error.detail?.contains("positive") == true)
        #expect(connection.transactionState == .none)
        #expect(try numbers().isEmpty)
    }

    @Test func `an error hidden in a nested transaction undoes that one and is thrown`() throws {
        try connection.transaction { connection in
            try insert(1)
            let error = try databaseError {
                try connection.transaction { _ in
                    try insert(2)
                    _ = try databaseError { try insert(-1) }
                }
            }
            #expect(error.kind == .rolledBack)
            #expect(error.sqlState == "23514")
            try insert(3)
        }
        #expect(try numbers() == [1, 3])
    }

    @Test func `a constraint that is checked at the commit is its error`() throws {
        try connection.run(script: "create temp table u (n int unique deferrable initially deferred)")
        let error = try databaseError {
            try connection.transaction { try $0.execute("insert into u values (1), (1)") }
        }
        #expect(error.sqlState == "23505")
        #expect(connection.transactionState == .none)
        try expectUsable(connection)
    }

    @Test func `a failing rollback is attached to the first error and does not replace it`() throws {
        let error = try databaseError {
            try connection.transaction { connection in
                try connection.transaction { connection in
                    try connection.execute("release savepoint nested_1")
                    try insert(-1)
                }
            }
        }
        #expect(error.constraint == "positive")
        #expect(error.rollbackFailure?.contains("savepoint \"nested_1\" does not exist") == true)
        #expect(error.description.contains("the rollback failed too: savepoint"))
        try expectUsable(connection)
        let own = try callersError {
            try connection.transaction { connection in
                try connection.transaction { connection in
                    try connection.execute("release savepoint nested_1")
                    throw CallersOwn()
                }
            }
        }
        #expect(own == CallersOwn())
        #expect(lines.all.contains { $0.hasPrefix("error: the rollback failed too reason=savepoint") })
        #expect(connection.transactionState == .none)
    }

    @Test func `a lost connection is the error of a transaction, with no word of the rollback`() throws {
        let error = try databaseError {
            try connection.transaction { connection in
                try insert(1)
                try terminate(connection.backendPID)
                try insert(2)
            }
        }
        #expect(error.kind == .connectionLost)
        #expect(error.sqlState == "57P01")
        #expect(error.rollbackFailure == nil)
        #expect(try databaseError { try connection.transaction { _ in } }.kind == .connectionLost)
    }

    @Test func `a connection lost at the commit leaves the outcome open, and says so`() throws {
        let error = try databaseError {
            try connection.transaction { try terminate($0.backendPID) }
        }
        #expect(error.kind == .connectionLost)
        #expect(error.hint == "it is not known whether the transaction was committed")
    }

    @Test func `wrong uses are refused`() throws {
        let ended = try databaseError { try connection.transaction { try $0.execute("commit") } }
        #expect(ended.message == "the transaction was ended by a statement within it")
        try connection.transaction { connection in
            let mode = try databaseError { try connection.transaction(readOnly: true) { _ in } }
            #expect(mode.kind == .misuse)
        }
        let failed = try databaseError {
            try connection.transaction { connection in
                _ = try databaseError { try insert(-1) }
                #expect(try databaseError { try connection.transaction { _ in } }.kind == .misuse)
            }
        }
        #expect(failed.kind == .rolledBack)
        try connection.forEachRow("select 1") { _ in
            let busy = try databaseError { try connection.transaction { _ in } }
            #expect(busy.kind == .misuse)
        }
        try expectUsable(connection)
    }
}
