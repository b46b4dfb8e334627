import Foundation
import Model
import Postgres
import PrivateServer
import Synchronization
import Warehouse

/// A command's connection to the warehouse: the server that is configured, else the private one, started on first
/// need. Ctrl-C cancels the statement that runs and ends the process with status 130.
struct Session {
    private let parameters: ConnectionParameters

    /// Finds the server: `--db`, `BELLWETHER_DB`, libpq's own variables, `bellwether.yml`, else the private server.
    ///
    /// - Throws: `BW209`–`BW211` when the private server cannot be run.
    init(_ options: DatabaseOptions) throws(BellwetherError) {
        let environment = ProcessInfo.processInfo.environment
        let configuration = try Configuration.load(environment: environment)
        if let url = options.db ?? environment["BELLWETHER_DB"], !url.isEmpty {
            parameters = ConnectionParameters(url)
        } else if Self.serverVariables.contains(where: { !(environment[$0] ?? "").isEmpty }) {
            parameters = ConnectionParameters()
        } else if let url = configuration.db, !url.isEmpty {
            parameters = ConnectionParameters(url)
        } else {
            let address = try DatabaseCommand.start(try DatabaseCommand.server())
            parameters = ConnectionParameters(keywords: address.keywords)
        }
    }

    /// The variables by which libpq knows a server.
    private static let serverVariables = ["PGHOST", "PGHOSTADDR", "PGPORT", "PGSERVICE", "PGDATABASE"]

    /// Connects.
    ///
    /// - Throws: `BW201` when there is no server to be reached.
    func warehouse() throws(BellwetherError) -> Warehouse {
        let warehouse = try Warehouse(parameters)
        Interruption.shared.cancels(warehouse.canceller)
        return warehouse
    }
}

/// Turns Ctrl-C and a polite kill into a cancelled statement and an honest exit status.
///
/// Once a load is about to be seen nothing is cancelled any more: the run ends as it would have, and says that the load
/// is published. A second signal ends the process whatever it does.
final class Interruption: Sendable {
    static let shared = Interruption()

    private struct State {
        var canceller: Canceller?
        var isListening = false
        var isCommitting = false
        var isAsked = false
        var isStopping = false
        var onEnd: (@Sendable (Int32) -> Void)?
    }

    private let state = Mutex(State())

    /// Cancels through this canceller from now on.
    func cancels(_ canceller: Canceller) {
        let wasListening = state.withLock { state in
            state.canceller = canceller
            defer { state.isListening = true }
            return state.isListening
        }
        if !wasListening { listen() }
    }

    /// Whether what runs is about to be seen, or just was, and must come to its own end.
    var isCommitting: Bool {
        get { state.withLock { $0.isCommitting } }
        set { state.withLock { $0.isCommitting = newValue } }
    }

    /// Whether somebody asked to stop while nothing could be stopped.
    var isAsked: Bool { state.withLock { $0.isAsked } }

    /// Waits for the end of the process when a signal is ending it: the cancelled statement's error is not what the
    /// person is to be told.
    func awaitEnd() {
        while state.withLock({ $0.isStopping }) { sleep(1) }
    }

    /// What to do with the signal's number before the process ends by it.
    func onEnd(_ body: (@Sendable (Int32) -> Void)?) {
        state.withLock { $0.onEnd = body }
    }

    /// The signals are blocked for every thread and taken by one of their own, which may wait and lock as a signal
    /// handler may not.
    private func listen() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGINT)
        sigaddset(&signals, SIGTERM)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        Thread.detachNewThread { [self, signals] in
            var awaited = signals
            var number: Int32 = 0
            while sigwait(&awaited, &number) == 0 {
                let (mustWait, canceller, onEnd) = state.withLock { state in
                    let mustWait = state.isCommitting && !state.isAsked
                    state.isAsked = true
                    state.isStopping = !mustWait
                    return (mustWait, state.canceller, state.onEnd)
                }
                if mustWait { continue }
                _ = canceller?.cancel()
                // The transaction of a half-done load ends with the connection.
                onEnd?(number)
                exit(128 + number)
            }
        }
    }
}
