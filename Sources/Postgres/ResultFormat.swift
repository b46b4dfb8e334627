/// The form in which the server sends the values of a result.
public enum ResultFormat: Int32, Sendable {
    /// As PostgreSQL writes them, such as `2026-01-31` and `12.50`.
    case text = 0
    /// As PostgreSQL's types send them, in network byte order.
    case binary = 1
}
