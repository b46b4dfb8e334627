import Model
import Warehouse

/// A load's report as an answer: what each entity brought, and what needs a look.
public func loadAnswer(_ report: LoadReport) -> Answer {
    Answer(
        question: "load",
        headline: loadHeadline(report),
        tables: [entityTable(report)] + findingTables(report) + guardTables(report),
        warnings: loadWarnings(report),
        passport: Passport(
            question: "load", metrics: [], asOf: report.day, snapshotDay: report.day,
            load: publishedLoad(report),
            filters: [.init("mapping", report.mapping)],
            rowCount: report.entities.reduce(0) { $0 + $1.read }, programVersion: programVersion))
}

private func guardTables(_ report: LoadReport) -> [AnswerTable] {
    guard !report.trips.isEmpty else { return [] }
    return [guardTable(report.trips, title: report.held == nil ? "Accepted" : "Would hold the load")]
}

private func findingTables(_ report: LoadReport) -> [AnswerTable] {
    guard let findings = report.findings, !findings.isEmpty else { return [] }
    return [findingTable(findings)]
}

/// The number under which a load was published; nil when it was not.
func publishedLoad(_ report: LoadReport) -> Int? {
    if case .published(let load) = report.outcome { load } else { nil }
}

private func loadHeadline(_ report: LoadReport) -> Phrase {
    let changes = report.entities.reduce(0) { $0 + $1.new + $1.changed + $1.gone }
    switch report.outcome {
    case .published(let load):
        return "Load \(load) of \(report.day) published: \(changes) \(changes == 1 ? "change" : "changes")"
    case .alreadyLoaded:
        return "\(report.day) is loaded already with this very content: nothing was done"
    case .dryRun:
        return
            "Dry run of \(report.day): \(changes) \(changes == 1 ? "change" : "changes") would be published"
    }
}

private func entityTable(_ report: LoadReport) -> AnswerTable {
    func count(_ name: String, _ title: String) -> AnswerColumn {
        AnswerColumn(name, title: title, kind: .integer, unit: nil)
    }
    return AnswerTable(
        name: "load",
        columns: [
            AnswerColumn("entity", title: "Entity", kind: .text),
            AnswerColumn("kind", title: "Kind", kind: .text, isDetail: true),
            count("read", "Read"), count("new", "New"), count("changed", "Changed"),
            count("unchanged", "Unchanged"), count("gone", "Gone"), count("rejected", "Set aside"),
            count("duplicates", "Duplicates"), count("left_out", "Left out"),
        ],
        rows: report.entities.map { entity in
            AnswerTable.Row([
                .text(entity.entity), .text(entity.kind.rawValue), .integer(entity.read),
                .integer(entity.new),
                .integer(entity.changed), .integer(entity.unchanged), .integer(entity.gone),
                .integer(entity.rejected), .integer(entity.duplicates), .integer(entity.skipped),
            ])
        })
}

private func loadWarnings(_ report: LoadReport) -> [AnswerWarning] {
    var warnings: [AnswerWarning] = []
    let rejected = report.rejected
    if rejected > 0 {
        warnings.append(
            AnswerWarning(
                "rejects",
                "\(rejected) \(rejected == 1 ? "row was" : "rows were") set aside; see them with `\(rejectsCommand(report))`"
            ))
    }
    for entity in report.entities where entity.hasUnreadableKey {
        warnings.append(
            AnswerWarning(
                "absence_unproven",
                "\(entity.entity) has a row without a readable key: no record counts as gone for being absent"
            ))
    }
    warnings += pastLines(report.pasts)
    for entity in report.entities {
        for line in entity.drift { warnings.append(AnswerWarning("drift", "\(entity.entity): \(line)")) }
    }
    if report.findings == nil {
        warnings.append(
            AnswerWarning(
                "findings_not_counted",
                "So much changed that findings were not counted; see `bellwether findings`"))
    }
    if !report.absentEntities.isEmpty {
        warnings.append(
            AnswerWarning(
                "absent_files",
                "No file for \(report.absentEntities.joined(separator: ", ")): a gap, their records stay as they were"
            ))
    }
    if !report.unmappedFiles.isEmpty {
        warnings.append(AnswerWarning("unmapped_files", "Not mapped: \(shortList(report.unmappedFiles))"))
    }
    let told = Set(report.entities.flatMap(\.drift))
    for (file, all) in report.unmappedColumns {
        // What is new tonight is told above, with its entity.
        let columns = all.filter { !told.contains("\($0) is new in \(file) (not mapped)") }
        guard !columns.isEmpty else { continue }
        warnings.append(AnswerWarning("unmapped_columns", "Not mapped in \(file): \(shortList(columns))"))
    }
    return warnings
}

/// What lists the rows that were set aside: by attempt where nothing was published.
private func rejectsCommand(_ report: LoadReport) -> String {
    if case .dryRun = report.outcome, let attempt = report.attempt {
        return "bellwether rejects --attempt \(attempt)"
    }
    return "bellwether rejects"
}

/// The first names, long ones cut, and how many more there are: bellwether_store.snapshot keeps them all.
private func shortList(_ names: [String]) -> String {
    let shown = names.prefix(8).map { $0.unicodeScalars.count > 60 ? $0.prefix(59) + "…" : $0 }.joined(
        separator: ", ")
    return names.count > 8 ? "\(shown) and \(names.count - 8) more" : shown
}
