/// How far a transaction is kept apart from the others that run at the same time.
public enum IsolationLevel: String, Sendable {
    /// Each statement sees what was committed before it began.
    case readCommitted = "read committed"
    /// All statements see what was committed before the first of them.
    case repeatableRead = "repeatable read"
    /// As if the transactions had run one after the other; may fail with SQLSTATE 40001, to be tried again.
    case serializable = "serializable"
}
