import Model
import Warehouse

/// What a prune deleted, or would, and which answers are lost by it.
public func pruneAnswer(_ report: PruneReport) -> Answer {
    let columns = [
        AnswerColumn("entity", title: "Entity", kind: .text),
        AnswerColumn("versions", title: "Versions", kind: .integer),
        AnswerColumn("pruned", title: report.isDone ? "Deleted" : "To delete", kind: .integer),
        AnswerColumn("left", title: "Left", kind: .integer),
    ]
    let rows = report.entities.map { entity in
        AnswerTable.Row([
            .text(entity.entity), .integer(entity.versions), .integer(entity.pruned),
            .integer(entity.versions - entity.pruned),
        ])
    }
    return Answer(
        question: "prune", headline: headline(report),
        tables: [AnswerTable(name: "prune", columns: columns, rows: rows)],
        warnings: warnings(report),
        passport: Passport(
            question: "prune", metrics: [], asOf: nil, snapshotDay: nil,
            load: report.horizon > 0 ? report.horizon : nil, filters: [], rowCount: report.entities.count,
            programVersion: programVersion))
}

private func headline(_ report: PruneReport) -> Phrase {
    if report.horizon == report.horizonBefore {
        return report.horizon == 0
            ? "There is nothing to prune: nothing was published that long ago"
            : "There is nothing to prune: answers go back to load \(report.horizon) already"
    }
    let versions: Phrase =
        "\(report.pruned) superseded \(report.pruned == 1 ? "version" : "versions")"
    return report.isDone
        ? "\(versions) deleted; answers as known go back to load \(report.horizon)"
        : "\(versions) would be deleted; answers as known would go back to load \(report.horizon)"
}

private func warnings(_ report: PruneReport) -> [AnswerWarning] {
    guard report.horizon > report.horizonBefore else { return [] }
    var warnings: [AnswerWarning] = []
    let last = report.horizon - 1
    let first = max(1, report.horizonBefore)
    if last >= first {
        let loads: Phrase = first == last ? "load \(first)" : "loads \(first) to \(last)"
        warnings.append(
            AnswerWarning(
                "knowledge_lost",
                "\(report.isDone ? "Lost" : "Would be lost"), for good: answers as known at \(loads), and undoing a load where one of them would count again. What was true on any day, as known later, stays"
            ))
    }
    if !report.isDone {
        warnings.append(AnswerWarning("not_done", "Nothing was deleted: run it again with --yes to do it"))
    }
    if !report.notVacuumed.isEmpty {
        warnings.append(
            AnswerWarning(
                "not_vacuumed",
                "The space is free for new versions once the owner, or the server by itself, vacuums \(report.notVacuumed.joined(separator: ", "))"
            ))
    }
    return warnings
}
