import Intake

/// What is counted of an entity's records as of a day, so that the next snapshot can be compared with it.
struct SnapshotMeasures {
    /// How many records have a value in each column.
    var filled: [String: Int]
    /// A JSON array of exact sums by currency and part; nil for an entity without amounts.
    var amounts: String?

    /// The counts as `bellwether_store.snapshot.filled` keeps them.
    var filledJSON: String {
        // The names are the project's own columns.
        let members = filled.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }
        return "{" + members.joined(separator: ", ") + "}"
    }
}

extension ReadReport {
    /// The headers as `bellwether_store.snapshot.headers` keeps them.
    var headersJSON: String {
        let entries = headers.map { header in
            let columns = header.columns.map(jsonText).joined(separator: ", ")
            return "{\"pattern\": \(jsonText(header.pattern)), \"columns\": [\(columns)]}"
        }
        return "[" + entries.joined(separator: ", ") + "]"
    }
}
