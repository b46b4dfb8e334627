import Model
import Warehouse

/// An undo's report as an answer: what counts for the day now, entity by entity.
public func undoAnswer(_ report: UndoReport) -> Answer {
    let columns = [
        AnswerColumn("entity", title: "Entity", kind: .text),
        AnswerColumn("source", title: "Source", kind: .text, isDetail: true),
        AnswerColumn("live_load", title: "Counts now", kind: .integer, unit: "load"),
        AnswerColumn("new", title: "New", kind: .integer),
        AnswerColumn("changed", title: "Changed", kind: .integer),
        AnswerColumn("gone", title: "Gone", kind: .integer),
    ]
    let rows = report.entities.map { entity in
        AnswerTable.Row([
            .text(entity.entity), .text(entity.source), entity.liveLoad.map { .integer($0) } ?? .null,
            .integer(entity.new), .integer(entity.changed), .integer(entity.gone),
        ])
    }
    return Answer(
        question: "undo",
        headline: "Load \(report.load) took load \(report.undone) of \(report.day) back",
        tables: [AnswerTable(name: "undo", columns: columns, rows: rows)],
        warnings: pastLines(report.pasts) + comesBack(report),
        passport: Passport(
            question: "undo", metrics: [], asOf: report.day, snapshotDay: nil, load: report.load,
            filters: [.init("undoes", String(report.undone))], rowCount: report.entities.count,
            programVersion: programVersion))
}

/// A day of which nothing counts is missing again, and the nightly job would bring back what was just taken.
private func comesBack(_ report: UndoReport) -> [AnswerWarning] {
    guard report.entities.contains(where: { $0.liveLoad == nil }) else { return [] }
    return [
        AnswerWarning(
            "day_missing",
            "\(report.day) is missing now: `load --all-missing` loads it again where its folder is still there"
        )
    ]
}
