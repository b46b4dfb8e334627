internal import CLibPQ
import Logging

/// A connection to PostgreSQL, used by one thread.
///
/// Every call blocks until the server has answered, and libpq has no lock: hence the class is not
/// `Sendable`. Do not call it from an `async` function or an actor with the default executor: a blocking call
/// there holds a thread of the cooperative pool, of which there are as many as cores, and a few slow
/// statements stop every task of the process. A command uses it on its main thread; a server puts it into an
/// actor whose executor is a queue of its own and lets it never leave.
///
/// The session is set so that values read the same everywhere: UTF-8, ISO dates, UTC, hexadecimal `bytea`.
/// ```swift
/// let connection = try Connection(ConnectionParameters("postgresql://localhost/sales"))
/// for row in try connection.query("select id, name from team where region = $1", ["West"]) {
///     print(try row.decode("id", as: Int.self), try row.decode("name", as: String.self))
/// }
/// ```
public final class Connection {
    /// Stops a running statement from another thread.
    public let canceller: Canceller

    let logger: Logger
    let notices: NoticeLog
    /// The text of the statement in progress; nil between statements.
    var inProgress: String?
    /// How many savepoints `transaction` has open.
    var savepoints = 0
    /// The first error since the transaction began that made the server give it up.
    var transactionFailure: DatabaseError?
    private var handle: OpaquePointer?

    /// Connects.
    ///
    /// - Throws: `connectionFailed` with where it tried and libpq's reason, without a password.
    public init(
        _ parameters: ConnectionParameters = ConnectionParameters(),
        logger: Logger = Logger(label: "postgres")
    ) throws(DatabaseError) {
        let notices = NoticeLog(logger)
        let handle = try Self.open(parameters, notices)
        self.handle = handle
        self.notices = notices
        self.logger = logger
        canceller = Canceller(CancelRequest(handle))
        do {
            try run(script: Self.session)
        } catch {
            close()
            throw error
        }
    }

    // After the connection and in one round trip: `options` belongs to the user, and poolers refuse it.
    private static let session = """
        set client_encoding to 'UTF8';
        set datestyle to 'ISO, YMD';
        set intervalstyle to 'iso_8601';
        set timezone to 'UTC';
        set extra_float_digits to 1;
        set bytea_output to 'hex';
        set standard_conforming_strings to on;
        """

    private static func open(
        _ parameters: ConnectionParameters, _ notices: NoticeLog
    ) throws(DatabaseError) -> OpaquePointer {
        let options = try parameters.options()
        let list = parameters.keywordsAndValues
        guard !list.contains(where: { $0.keyword.utf8.contains(0) || $0.value.utf8.contains(0) }) else {
            throw DatabaseError(.connectionFailed, "the connection parameters hold a NUL byte")
        }
        let handle = withCStrings(list.map(\.keyword)) { keywords in
            withCStrings(list.map(\.value)) { values in
                // Expands the text only: keywords are taken literally.
                PQconnectdbParams(keywords, values, parameters.text == nil ? 0 : 1)
            }
        }
        guard let handle else { throw DatabaseError(.connectionFailed, "out of memory") }
        guard PQstatus(handle) == CONNECTION_OK else {
            // A connection that failed holds memory and perhaps a socket as well.
            defer { PQfinish(handle) }
            throw failure(to: parameters, options, DatabaseError.oneLine(PQerrorMessage(handle)))
        }
        notices.receive(from: handle)
        return handle
    }

    // libpq does not repeat a password; the belt is for what a server says. A very short one would cut the
    // message to pieces and so tell what it is.
    private static func failure(
        to parameters: ConnectionParameters, _ options: [Conninfo.Option], _ reason: String
    ) -> DatabaseError {
        var reason = reason
        for option in options where option.isSecret && option.value.count >= 4 {
            reason = reason.replacing(option.value, with: "…")
        }
        return DatabaseError(.connectionFailed, "cannot connect (\(parameters)): \(reason)")
    }

    deinit { close() }

    /// Ends the connection. What is called afterwards throws `misuse`; closing again does nothing.
    public func close() {
        canceller.close()
        if let handle { PQfinish(handle) }
        handle = nil
    }

    /// libpq's connection.
    func openHandle(for sql: String? = nil) throws(DatabaseError) -> OpaquePointer {
        guard let handle else { throw DatabaseError(.misuse, "the connection is closed", sql: sql) }
        return handle
    }
}

// MARK: - Facts

extension Connection {
    /// Whether the connection can be used, as far as is known without asking the server.
    public var isUsable: Bool {
        guard let handle = try? openHandle() else { return false }
        return PQstatus(handle) == CONNECTION_OK
    }

    /// The server's version: 150018 is 15.18.
    public var serverVersion: Int { (try? openHandle()).map { Int(PQserverVersion($0)) } ?? 0 }

    /// The process of the server that serves this connection.
    public var backendPID: Int32 { (try? openHandle()).map { PQbackendPID($0) } ?? 0 }

    /// The database's name.
    public var database: String { (try? openHandle()).map { String(cString: PQdb($0)) } ?? "" }

    /// The state of the transaction, as the server last said.
    public var transactionState: TransactionState {
        guard let handle = try? openHandle() else { return .unknown }
        return switch PQtransactionStatus(handle) {
        case PQTRANS_IDLE: .none
        case PQTRANS_ACTIVE: .statementRunning
        case PQTRANS_INTRANS: .open
        case PQTRANS_INERROR: .failed
        default: .unknown
        }
    }
}

/// Calls with the texts as C strings and a nil at their end.
private func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result
) -> Result {
    var bytes: [CChar] = []
    var offsets: [Int] = []
    for string in strings {
        offsets.append(bytes.count)
        bytes.append(contentsOf: string.utf8CString)
    }
    return bytes.withUnsafeBufferPointer { block in
        var pointers = offsets.map { offset in block.baseAddress?.advanced(by: offset) }
        pointers.append(nil)
        return body(pointers)
    }
}
