internal import CLibPQ
import Logging

/// Takes the server's notices, which libpq would write to standard error, to a logger.
final class NoticeLog {
    private let logger: Logger

    init(_ logger: Logger) { self.logger = logger }

    /// Directs the notices of a connection here. libpq keeps the pointer in the connection and in each of
    /// its results: whoever owns one of those keeps the log.
    func receive(from connection: OpaquePointer) {
        PQsetNoticeReceiver(
            connection,
            { context, result in
                guard let context, let result else { return }
                Unmanaged<NoticeLog>.fromOpaque(context).takeUnretainedValue().log(result)
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    // Without the detail, which repeats values.
    private func log(_ notice: OpaquePointer) {
        func field(_ code: Int32) -> String? {
            PQresultErrorField(notice, code).map { String(cString: $0) }
        }
        var metadata: Logger.Metadata = [:]
        metadata["sqlState"] = field(DIAG_SQLSTATE).map { .string($0) }
        metadata["hint"] = field(DIAG_HINT).map { .string($0) }
        let message = field(DIAG_MESSAGE) ?? DatabaseError.oneLine(PQresultErrorMessage(notice))
        let level: Logger.Level = field(DIAG_SEVERITY) == "WARNING" ? .warning : .debug
        logger.log(level: level, "\(message)", metadata: metadata)
    }
}
