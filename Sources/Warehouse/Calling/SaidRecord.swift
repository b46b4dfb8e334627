import Intake
import Model

/// A call that somebody says by command: a record of the entity `call` or `deal_call`.
public struct SaidRecord: Sendable {
    /// The entity.
    public let entity: String
    /// The key, within the warehouse's own source.
    public let id: String
    /// The values by column; columns that are not there have none.
    public let values: [String: String]

    /// A record of those values.
    public init(entity: String, id: String, values: [String: String]) {
        self.entity = entity
        self.id = id
        self.values = values
    }
}

/// The moment of a call.
public struct CallInstant: Sendable, Hashable {
    /// In UTC, to the microsecond, as ISO 8601.
    public let text: String
    /// In the company's time zone, to the minute, for people.
    public let time: String
    /// The calendar day in the company's time zone.
    public let day: Day
    /// Whether it lies after both the time now and the newest day that is loaded.
    public let isFuture: Bool
}

/// Who says it, how, for the record of the load.
public struct CallRecorder: Sendable {
    /// The command line.
    public let command: String
    /// The operating system's user.
    public let loadedBy: String
    /// The program's version.
    public let programVersion: String
    /// Whether to wait while another load is under way.
    public let waits: Bool

    /// A recorder of those facts.
    public init(command: String, loadedBy: String, programVersion: String, waits: Bool) {
        self.command = command
        self.loadedBy = loadedBy
        self.programVersion = programVersion
        self.waits = waits
    }
}

/// The records of a day as the mapping that holds them all itself: so a load of calls has no file to lose, and
/// `verify --rebuild` reads them from the load's own text.
struct SaidMapping {
    let source: String
    let entity: String
    let records: [SaidRecord]

    func mapping(among schemas: [EntitySchema]) throws(BellwetherError) -> Mapping {
        try Mapping.parse(text: text, file: source, schemas: schemas)
    }

    private var text: String {
        let head = """
            mapping: \(source)
            source: \(source)
            expected: irregular
            # Calls are said when they are said, and may be entered late.
            guards: {newer: off, older: off}
            entities:
              \(entity):
                kind: delta
                rows:

            """
        return records.reduce(into: head) { text, record in
            let cells = [("id", record.id)] + record.values.sorted { $0.key < $1.key }
            text += "      - {" + cells.map { "\($0): \(quoted($1))" }.joined(separator: ", ") + "}\n"
        }
    }

    /// A text in double quotes, with everything escaped that YAML would fold, break or refuse.
    private func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case "\u{20}"..."\u{7E}", "\u{A0}"..."\u{2027}", "\u{202A}"..."\u{D7FF}", "\u{E000}"..."\u{FEFE}",
                "\u{FF00}"..."\u{FFFD}", "\u{10000}"...:
                quoted.unicodeScalars.append(scalar)
            default:
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return quoted + "\""
    }
}
