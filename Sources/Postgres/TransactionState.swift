/// Where a connection stands in a transaction.
public enum TransactionState: Sendable {
    /// No transaction: each statement is one of its own.
    case none
    /// A statement runs.
    case statementRunning
    /// In a transaction.
    case open
    /// In a transaction in which a statement failed; only a rollback is possible.
    case failed
    /// The connection is closed or lost.
    case unknown
}
