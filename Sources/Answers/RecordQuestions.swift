import Model
import Warehouse

/// What was loaded?
public struct LoadsQuestion: Sendable {
    private let limit: Int

    /// The newest loads, so many at most.
    public init(limit: Int) {
        self.limit = limit
    }

    /// Asks the warehouse.
    ///
    /// - Throws: `BW2xx` from the database.
    public func answer(from warehouse: Warehouse) throws(BellwetherError) -> Answer {
        let loads = try warehouse.loads(limit: limit)
        let total = try warehouse.loadCount()
        func count(_ name: String, _ title: String) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .integer)
        }
        return Answer(
            question: "loads",
            headline: loads.first.map {
                "\(total) \(total == 1 ? "load" : "loads"); the newest is \($0.number), of \($0.day)"
            }
                ?? "Nothing is loaded yet",
            tables: [
                AnswerTable(
                    name: "loads",
                    columns: [
                        count("load", "Load"), AnswerColumn("day", title: "Day", kind: .day),
                        AnswerColumn("what", title: "What", kind: .text),
                        AnswerColumn("mapping", title: "Mapping", kind: .text),
                        AnswerColumn("entities", title: "Entities", kind: .integer, isDetail: true),
                        count("read", "Read"), count("new", "New"), count("changed", "Changed"),
                        AnswerColumn("unchanged", title: "Unchanged", kind: .integer, isDetail: true),
                        count("gone", "Gone"), count("rejected", "Set aside"),
                        AnswerColumn("duplicates", title: "Duplicates", kind: .integer, isDetail: true),
                        AnswerColumn("left_out", title: "Left out", kind: .integer, isDetail: true),
                        AnswerColumn("seconds", title: "Seconds", kind: .rate, unit: "s"),
                        AnswerColumn("published_at", title: "Published, UTC", kind: .text),
                        AnswerColumn("loaded_by", title: "By", kind: .text, isDetail: true),
                        AnswerColumn("command", title: "Command", kind: .text, isDetail: true),
                        AnswerColumn("program_version", title: "Program", kind: .text, isDetail: true),
                        AnswerColumn("files", title: "Files", kind: .text, isDetail: true),
                    ],
                    rows: loads.map { load in
                        AnswerTable.Row([
                            .integer(load.number), .day(load.day), .text(what(load)), .text(load.mapping),
                            .integer(load.entities),
                            .integer(load.read), .integer(load.new), .integer(load.changed),
                            .integer(load.unchanged), .integer(load.gone),
                            .integer(load.rejected), .integer(load.duplicates), .integer(load.leftOut),
                            .rate(load.seconds), .text(load.publishedAt),
                            .text(load.loadedBy), .text(load.command), .text(load.programVersion),
                            .text(load.files),
                        ])
                    },
                    notes: loads.isEmpty
                        ? ["Load a folder with: bellwether load MAPPING FOLDER --date DAY"] : [],
                    totalRows: loads.count < total ? total : nil)
            ],
            passport: recordPassport("loads", load: loads.first?.number, rows: loads.count))
    }
}

/// `load`, `undo of 3`, and whether it was taken back.
func what(_ load: LoadRecord) -> String {
    let action = load.undoes.map { "undo of \($0)" } ?? "load"
    return load.undoneIn.map { "\(action), undone in \($0)" } ?? action
}

/// Which rows were set aside, and why?
public struct RejectsQuestion: Sendable {
    private let load: Int?
    private let attempt: Int?
    private let limit: Int

    /// The rejects of a load or attempt; of the newest attempt that had any when neither is given.
    public init(load: Int?, attempt: Int?, limit: Int) {
        self.load = load
        self.attempt = attempt
        self.limit = limit
    }

    /// Asks the warehouse.
    ///
    /// - Throws: `BW509` when there is no such load or attempt, `BW2xx` from the database.
    public func answer(from warehouse: Warehouse) throws(BellwetherError) -> Answer {
        let rejects = try warehouse.rejects(attempt: attempt, load: load, limit: limit)
        let total =
            try rejects.first.map { reject throws(BellwetherError) in
                try warehouse.rejectTotal(attempt: reject.attempt)
            } ?? 0
        return Answer(
            question: "rejects",
            headline: rejects.first.map { headline(total, $0) } ?? "No row was set aside",
            tables: [
                AnswerTable(
                    name: "rejects",
                    columns: [
                        AnswerColumn("entity", title: "Entity", kind: .text),
                        AnswerColumn("file", title: "File", kind: .text),
                        AnswerColumn("line", title: "Line", kind: .integer),
                        AnswerColumn("column", title: "Column", kind: .text),
                        AnswerColumn("value", title: "Value", kind: .text),
                        AnswerColumn("code", title: "Code", kind: .text),
                        AnswerColumn("reason", title: "Reason", kind: .text),
                    ],
                    rows: rejects.map { reject in
                        AnswerTable.Row([
                            .text(reject.entity), .text(reject.file), .integer(reject.line),
                            reject.column.map { .text($0) } ?? .null, reject.value.map { .text($0) } ?? .null,
                            .text(reject.code), .text(reject.reason),
                        ])
                    },
                    totalRows: rejects.count < total ? total : nil)
            ],
            passport: recordPassport("rejects", load: rejects.first?.load, rows: rejects.count))
    }

    private func headline(_ total: Int, _ first: RejectRecord) -> Phrase {
        let rows: Phrase = "\(total) \(total == 1 ? "row" : "rows") set aside by attempt \(first.attempt)"
        guard let load = first.load else { return "\(rows), which published nothing" }
        return "\(rows), load \(load)"
    }
}

/// What is loaded as it stands but needs a look?
public struct FindingsQuestion: Sendable {
    private let asOf: Day?
    private let asKnown: String?

    /// The findings of a day.
    public init(asOf: Day?, asKnown: String?) {
        self.asOf = asOf
        self.asKnown = asKnown
    }

    /// Asks the warehouse.
    ///
    /// - Throws: `BW2xx` from the database, `BW505` before anything is loaded.
    public func answer(from warehouse: Warehouse) throws(BellwetherError) -> Answer {
        let point = try warehouse.readPoint(asOf: asOf, asKnown: asKnown)
        let findings = try warehouse.findingCounts()
        let total = findings.reduce(0) { $0 + $1.count }
        return Answer(
            question: "findings",
            headline: total == 0
                ? "Nothing needs a look"
                : "\(total) \(total == 1 ? "finding needs" : "findings need") a look",
            tables: [findingTable(findings)],
            passport: Passport(
                question: "findings", metrics: [], asOf: point.asOf, snapshotDay: point.snapshotDay,
                load: point.load, filters: [], rowCount: findings.count,
                sql: ["select source, entity, id, code, value from bellwether.finding"],
                programVersion: programVersion))
    }
}

/// The findings by entity and code, with an example each.
func findingTable(_ findings: [FindingCount]) -> AnswerTable {
    AnswerTable(
        name: "findings", title: findings.isEmpty ? nil : "Loaded as it stands, but needs a look",
        columns: [
            AnswerColumn("entity", title: "Entity", kind: .text),
            AnswerColumn("finding", title: "Finding", kind: .text),
            AnswerColumn("records", title: "Records", kind: .integer),
            AnswerColumn("example", title: "Example", kind: .text),
        ],
        rows: findings.map { finding in
            AnswerTable.Row([
                .text(finding.entity), .text(finding.code), .integer(finding.count),
                finding.example.map { .text($0) } ?? .null,
            ])
        })
}

func recordPassport(_ question: String, load: Int?, rows: Int) -> Passport {
    Passport(
        question: question, metrics: [], asOf: nil, snapshotDay: nil, load: load, filters: [], rowCount: rows,
        programVersion: programVersion)
}
