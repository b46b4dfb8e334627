import Model
import Warehouse

/// What is there to know of one load?
public struct LoadDetailQuestion: Sendable {
    private let number: Int

    /// The question of the load of that number.
    public init(load number: Int) {
        self.number = number
    }

    /// Asks the warehouse.
    ///
    /// - Throws: `BW509` when there is no such load, `BW2xx` from the database.
    public func answer(from warehouse: Warehouse) throws(BellwetherError) -> Answer {
        let detail = try warehouse.detail(ofLoad: number)
        var tables = [loadTable(detail.load), entityTable(detail)]
        if !detail.files.isEmpty { tables.append(fileTable(detail)) }
        if !detail.trips.isEmpty { tables.append(guardTable(detail.trips, title: "Accepted")) }
        if !detail.drift.isEmpty { tables.append(driftTable(detail)) }
        if let rejects = detail.rejects, !rejects.isEmpty { tables.append(rejectTable(rejects)) }
        if !detail.gaps.isEmpty { tables.append(gapTable(detail.gaps, title: "Missing around it")) }
        return Answer(
            question: "loads show", headline: headline(detail.load), tables: tables,
            warnings: warnings(detail),
            passport: recordPassport("loads show", load: detail.load.number, rows: detail.snapshots.count))
    }

    private func headline(_ load: LoadRecord) -> Phrase {
        "Load \(load.number) of \(load.day): \(what(load))"
    }

    private func warnings(_ detail: LoadDetail) -> [AnswerWarning] {
        guard detail.rejects == nil, detail.load.rejected > 0 else { return [] }
        return [AnswerWarning("rejects_hidden", "Rows that were set aside are shown to those who may load")]
    }

    // MARK: - Tables

    private func loadTable(_ load: LoadRecord) -> AnswerTable {
        let facts: [(String, String)] = [
            ("day", load.day.description), ("what", what(load)), ("mapping", load.mapping),
            ("published", "\(load.publishedAt) UTC"), ("seconds", seconds(load.seconds)),
            ("loaded by", load.loadedBy), ("program", load.programVersion),
        ]
        return AnswerTable(
            name: "load",
            columns: [
                AnswerColumn("fact", title: "Fact", kind: .text),
                AnswerColumn("value", title: "Value", kind: .text),
            ],
            rows: facts.map { AnswerTable.Row([.text($0.0), .text($0.1)]) },
            notes: ["Command: \(acceptCommand(load.command, []))"])
    }

    private func seconds(_ seconds: Double) -> String {
        let hundredths = Int((seconds * 100).rounded())
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    }

    private func entityTable(_ detail: LoadDetail) -> AnswerTable {
        func count(_ name: String, _ title: String) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .integer)
        }
        return AnswerTable(
            name: "entities",
            columns: [
                AnswerColumn("entity", title: "Entity", kind: .text),
                AnswerColumn("source", title: "Source", kind: .text, isDetail: true),
                AnswerColumn("kind", title: "Kind", kind: .text),
                AnswerColumn("builds_on", title: "Builds on", kind: .day, isDetail: true),
                count("read", "Read"), count("new", "New"), count("changed", "Changed"),
                count("unchanged", "Unchanged"), count("gone", "Gone"), count("rejected", "Set aside"),
                AnswerColumn("duplicates", title: "Duplicates", kind: .integer, isDetail: true),
                AnswerColumn("left_out", title: "Left out", kind: .integer, isDetail: true),
                AnswerColumn("state", title: "State", kind: .text),
            ],
            rows: detail.snapshots.map { snapshot in
                AnswerTable.Row([
                    .text(snapshot.entity), .text(snapshot.source), .text(snapshot.kind.rawValue),
                    snapshot.buildsOn.map { .day($0) } ?? .null, .integer(snapshot.read),
                    .integer(snapshot.new), .integer(snapshot.changed), .integer(snapshot.unchanged),
                    .integer(snapshot.gone), .integer(snapshot.rejected), .integer(snapshot.duplicates),
                    .integer(snapshot.leftOut), .text(state(snapshot)),
                ])
            })
    }

    private func state(_ snapshot: SnapshotRecord) -> String {
        if let load = snapshot.undoneIn { return "undone in \(load)" }
        return snapshot.replacedBy.map { "replaced by \($0)" } ?? "counts"
    }

    private func fileTable(_ detail: LoadDetail) -> AnswerTable {
        AnswerTable(
            name: "files", title: "Files",
            columns: [
                AnswerColumn("entity", title: "Entity", kind: .text),
                AnswerColumn("file", title: "File", kind: .text),
                AnswerColumn("bytes", title: "Bytes", kind: .integer),
                AnswerColumn("hash", title: "Hash", kind: .text),
            ],
            rows: detail.files.map {
                AnswerTable.Row([.text($0.entity), .text($0.name), .integer($0.bytes), .text($0.hash)])
            })
    }

    private func driftTable(_ detail: LoadDetail) -> AnswerTable {
        AnswerTable(
            name: "drift", title: "Columns that differ from the snapshot before",
            columns: [
                AnswerColumn("entity", title: "Entity", kind: .text),
                AnswerColumn("drift", title: "Difference", kind: .text),
            ],
            rows: detail.drift.map { AnswerTable.Row([.text($0.entity), .text($0.text)]) })
    }

    private func rejectTable(_ rejects: [RejectCount]) -> AnswerTable {
        AnswerTable(
            name: "rejects", title: "Set aside",
            columns: [
                AnswerColumn("entity", title: "Entity", kind: .text),
                AnswerColumn("code", title: "Code", kind: .text),
                AnswerColumn("column", title: "Column", kind: .text),
                AnswerColumn("rows", title: "Rows", kind: .integer),
                AnswerColumn("reason", title: "Reason", kind: .text),
            ],
            rows: rejects.map { reject in
                AnswerTable.Row([
                    .text(reject.entity), .text(reject.code), reject.column.map { .text($0) } ?? .null,
                    .integer(reject.count), .text(reject.reason),
                ])
            })
    }
}
