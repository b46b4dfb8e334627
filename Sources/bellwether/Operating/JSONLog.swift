import Foundation
import Logging
import Model

/// Writes one JSON object a line: time, level, event, and what the event is about, never a cell's value.
///
/// A line is one write to a file that is only ever appended to, so that several processes may share it.
struct JSONLogHandler: LogHandler {
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]
    private let descriptor: Int32

    /// Appends to a file, made where it is not; `-` is standard error.
    ///
    /// - Throws: `BW110` when it cannot be written.
    init(path: String) throws(BellwetherError) {
        if path == "-" {
            descriptor = STDERR_FILENO
            return
        }
        descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else {
            throw BellwetherError(
                .fileUnwritable, "the log cannot be written", detail: String(cString: strerror(errno)),
                place: Place(file: path))
        }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let time = Date().formatted(
            Date.ISO8601FormatStyle(includingFractionalSeconds: true, timeZone: .gmt))
        var pairs = [
            ("time", JSONValue.text(time)), ("level", .text(event.level.rawValue)),
            ("event", .text(event.message.description)),
        ]
        let fields = metadata.merging(event.metadata ?? [:]) { $1 }
        for (key, value) in fields.sorted(by: { $0.key < $1.key }) { pairs.append((key, JSONValue(value))) }
        let text = JSONValue.object(pairs).text + "\n"
        _ = Array(text.utf8).withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    }
}

/// A value of a log's line or of a hook's summary.
enum JSONValue {
    case null
    case text(String)
    case number(Int)
    case decimal(Double)
    case boolean(Bool)
    case list([JSONValue])
    case object([(String, JSONValue)])

    /// On one line, in the order given.
    var text: String {
        switch self {
        case .null: "null"
        case .text(let text): Self.quoted(text)
        case .number(let number): String(number)
        case .decimal(let decimal): decimal.isFinite ? String((decimal * 1000).rounded() / 1000) : "null"
        case .boolean(let boolean): boolean ? "true" : "false"
        case .list(let values): "[" + values.map(\.text).joined(separator: ", ") + "]"
        case .object(let pairs):
            "{" + pairs.map { Self.quoted($0.0) + ": " + $0.1.text }.joined(separator: ", ") + "}"
        }
    }

    /// By scalars, as a line break or quote may hide within a `Character`.
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}

extension JSONValue {
    /// A value of swift-log, numbers and truth values as such.
    init(_ value: Logger.Metadata.Value) {
        switch value {
        case .string(let text): self = .text(text)
        case .stringConvertible(let number as Int): self = .number(number)
        case .stringConvertible(let decimal as Double): self = .decimal(decimal)
        case .stringConvertible(let boolean as Bool): self = .boolean(boolean)
        case .stringConvertible(let other): self = .text(other.description)
        case .array(let values): self = .list(values.map { JSONValue($0) })
        case .dictionary(let fields):
            self = .object(fields.sorted { $0.key < $1.key }.map { ($0.key, JSONValue($0.value)) })
        }
    }
}
