import Foundation

/// Whether a private server runs.
public enum ServerStatus: Sendable, Hashable {
    /// No server accepts connections.
    case stopped
    /// The server accepts connections.
    case running(RunningServer)
}

/// A private server that accepts connections.
public struct RunningServer: Sendable, Hashable {
    /// The process id of PostgreSQL's first process.
    public let processID: Int32
    /// When it started.
    public let startedAt: Date
    /// PostgreSQL's major version, such as `15`.
    public let version: String
    /// The space that the data folder takes on disk, in bytes.
    public let dataBytes: Int
    /// Where it is reached.
    public let address: ServerAddress
}
