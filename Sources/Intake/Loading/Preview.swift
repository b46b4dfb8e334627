import Model

/// The first records of an entity as they would be loaded, and the rows that would be set aside.
public struct Preview: Sendable, Hashable {
    /// One record.
    public struct Row: Sendable, Hashable {
        /// The file's name.
        public let file: String
        /// The line on which the row starts, from 1.
        public let line: Int
        /// The key.
        public let id: String
        /// One a column of the schema; nil for no value.
        public let values: [String?]
        /// The kept columns as a JSON object.
        public let extra: String?
    }

    /// The entity's columns, in the order of the values.
    public let schema: EntitySchema
    /// The first records.
    public let rows: [Row]
    /// The first rejects.
    public let rejects: [Reject]
    /// The whole report; its counts end where the preview did when `isCut`.
    public let report: ReadReport?
    /// Whether there was more than was asked for.
    public var isCut: Bool { report == nil }
}

extension EntityReader {
    /// Reads until there are `limit` records or as many rejects.
    ///
    /// - Throws: `BellwetherError` BW101 to BW108 for a file that is refused.
    public func preview(limit: Int) throws(BellwetherError) -> Preview {
        var sink = PreviewSink(limit: limit)
        do {
            let report = try read(into: &sink)
            return Preview(schema: schema, rows: sink.rows, rejects: sink.rejects, report: report)
        } catch let error as BellwetherError {
            throw error
        } catch {
            return Preview(schema: schema, rows: sink.rows, rejects: sink.rejects, report: nil)
        }
    }
}

private struct PreviewSink: RecordSink {
    /// Thrown when there is enough.
    struct Enough: Error {}

    let limit: Int
    var rows: [Preview.Row] = []
    var rejects: [Reject] = []

    init(limit: Int) {
        self.limit = limit
    }

    func isKnown(_ rowHash: Hash128) -> Bool { false }

    mutating func accept(_ record: borrowing CheckedRecord) throws {
        guard rows.count < limit else { throw Enough() }
        var values: [String?] = []
        for column in 0..<record.columnCount { values.append(record.value(at: column)) }
        rows.append(
            Preview.Row(
                file: record.file, line: record.line, id: record.id, values: values, extra: record.extra))
    }

    mutating func reject(_ reject: Reject) throws {
        guard rejects.count < limit else { throw Enough() }
        rejects.append(reject)
    }

    mutating func delete(id: String, file: String, line: Int) throws {}
}
