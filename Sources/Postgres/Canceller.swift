internal import CLibPQ
import Synchronization

/// Stops the statement that a connection runs, from another thread.
///
/// Cancelled, the statement throws `DatabaseError` of kind `cancelled` and SQLSTATE 57014, and the connection
/// stays usable. Take it from `Connection.canceller` before the statement starts. Not for a signal handler
/// itself, since it takes a lock: call it from a `DispatchSource` of the signal.
public final class Canceller: Sendable {
    /// Tells one statement of a connection from the others.
    public struct StatementNumber: Sendable, Hashable {
        let rawValue: UInt64
    }

    private struct State {
        var request: CancelRequest?
        var generation: UInt64 = 0
        var isRunning = false
    }

    // PQcancel returns once the server has signalled the backend. As it is called under the lock that
    // `statementEnded` needs, no signal is on its way when the next statement starts.
    private let state: Mutex<State>

    init(_ request: CancelRequest?) {
        state = Mutex(State(request: request))
    }

    /// The statement that runs now; nil between statements.
    public var running: StatementNumber? {
        state.withLock { $0.isRunning ? StatementNumber(rawValue: $0.generation) : nil }
    }

    /// Asks the server to stop the statement that runs, or that one only.
    ///
    /// The server drops a request that reaches it before it has begun the statement: whoever must be sure
    /// asks again while `running` stays the same. Blocks until the server has taken the request.
    ///
    /// - Returns: Whether a request was sent: false when nothing runs, another statement runs than the
    ///   one named, or the server cannot be reached.
    @discardableResult
    public func cancel(_ statement: StatementNumber? = nil) -> Bool {
        state.withLock { state in
            guard state.isRunning, statement == nil || statement?.rawValue == state.generation,
                let request = state.request
            else { return false }
            return request.send()
        }
    }

    func statementBegan() {
        state.withLock { state in
            state.generation += 1
            state.isRunning = true
        }
    }

    func statementEnded() {
        state.withLock { $0.isRunning = false }
    }

    func close() {
        state.withLock { state in
            state.isRunning = false
            state.request = nil
        }
    }
}

/// libpq's cancel request, freed with its last owner.
///
/// `@unchecked Sendable` holds since a request shares nothing with its connection (libpq copies the
/// address and the key), and since only `Canceller` has it, behind its lock.
final class CancelRequest: @unchecked Sendable {
    private let pointer: UnsafeMutableRawPointer

    init?(_ connection: OpaquePointer) {
        guard let pointer = cancel_request_create(connection) else { return nil }
        self.pointer = pointer
    }

    func send() -> Bool { cancel_request_send(pointer) == 1 }

    deinit { cancel_request_free(pointer) }
}
