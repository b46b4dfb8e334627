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
final class Interruption: Sendable {
    static let shared = Interruption()

    private struct State {
        var canceller: Canceller?
        var isListening = false
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
            guard sigwait(&awaited, &number) == 0 else { return }
            _ = state.withLock { $0.canceller }?.cancel()
            // The transaction of a half-done load ends with the connection.
            exit(128 + number)
        }
    }
}
