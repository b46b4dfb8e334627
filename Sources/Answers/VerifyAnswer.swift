import Model
import Warehouse

/// A proof of the store as an answer: what was looked at, and each rule that does not hold.
public func verifyAnswer(_ report: VerifyReport) -> Answer {
    let rows = report.parts.reduce(0) { $0 + $1.rows }
    let headline: Phrase =
        report.isSound
        ? "Every rule holds: \(rows) rows looked at"
        : "\(report.broken.count) \(report.broken.count == 1 ? "rule does" : "rules do") not hold"
    return Answer(
        question: "verify", headline: headline,
        tables: (report.isSound ? [] : [brokenTable(report.broken)]) + [partTable(report)],
        passport: Passport(
            question: "verify", metrics: [], asOf: nil, snapshotDay: nil, load: report.load, filters: [],
            rowCount: rows, programVersion: programVersion))
}

private func brokenTable(_ broken: [BrokenRule]) -> AnswerTable {
    AnswerTable(
        name: "broken", title: "Rules that do not hold",
        columns: [
            AnswerColumn("rule", title: "Rule", kind: .text),
            AnswerColumn("entity", title: "Entity", kind: .text),
            AnswerColumn("count", title: "Count", kind: .integer),
            AnswerColumn("examples", title: "Such as", kind: .text),
        ],
        rows: broken.map { rule in
            AnswerTable.Row([
                .text(rule.rule), rule.entity.map { .text($0) } ?? .null, .integer(rule.count),
                .text(rule.examples),
            ])
        })
}

/// Entities without a version are passed over: there will be many.
private func partTable(_ report: VerifyReport) -> AnswerTable {
    AnswerTable(
        name: "verify", title: report.isSound ? nil : "Looked at",
        columns: [
            AnswerColumn("entity", title: "Entity", kind: .text),
            AnswerColumn("rows", title: "Rows", kind: .integer),
            AnswerColumn("seconds", title: "Seconds", kind: .rate, unit: "s", isDetail: true),
        ],
        rows: report.parts.filter { $0.rows > 0 || $0.entity == nil }.map { part in
            AnswerTable.Row([
                .text(part.entity ?? "loads"), .integer(part.rows), .rate(part.seconds),
            ])
        })
}

/// What ends the command when a rule does not hold; nil when all do.
public func verifyFailure(_ report: VerifyReport) -> BellwetherError? {
    guard !report.isSound else { return nil }
    return BellwetherError(
        .rulesBroken, "the store breaks \(report.broken.count) of its rules",
        hint: "Load nothing more; docs/operations.md says how to go on from there.")
}

/// The proof of the store and the comparison with a history built anew, as one answer.
public func verifyAnswer(_ report: VerifyReport, _ rebuilt: RebuildReport) -> Answer {
    var answer = verifyAnswer(report)
    let compared = rebuilt.parts.filter { $0.intervals != nil }.count
    let same: Phrase =
        rebuilt.differences.isEmpty
        ? "the history built anew is the same for \(compared) of \(rebuilt.parts.count) entities"
        : "the history built anew differs"
    answer.headline = "\(answer.headline); \(same)"
    if !rebuilt.differences.isEmpty {
        var table = brokenTable(rebuilt.differences)
        table.name = "differences"
        table.title = "Where the history differs from the exports"
        answer.tables.append(table)
    }
    answer.tables.append(rebuiltTable(rebuilt))
    if !rebuilt.missing.isEmpty {
        answer.tables.append(missingTable(rebuilt.missing))
        answer.warnings.append(
            AnswerWarning(
                "exports_missing",
                "\(rebuilt.missing.count) \(rebuilt.missing.count == 1 ? "snapshot" : "snapshots") cannot be read again: their entities are not compared"
            ))
    }
    return answer
}

private func rebuiltTable(_ rebuilt: RebuildReport) -> AnswerTable {
    AnswerTable(
        name: "rebuilt", title: "Built anew",
        columns: [
            AnswerColumn("source", title: "Source", kind: .text),
            AnswerColumn("entity", title: "Entity", kind: .text),
            AnswerColumn("snapshots", title: "Snapshots", kind: .integer),
            AnswerColumn("spans", title: "Spans of days", kind: .integer),
        ],
        rows: rebuilt.parts.map { part in
            AnswerTable.Row([
                .text(part.source), .text(part.entity), .integer(part.snapshots),
                part.intervals.map { .integer($0) } ?? .null,
            ])
        })
}

private func missingTable(_ missing: [RebuildReport.Missing]) -> AnswerTable {
    AnswerTable(
        name: "missing", title: "Not there as they were loaded",
        columns: [
            AnswerColumn("load", title: "Load", kind: .integer),
            AnswerColumn("day", title: "Day", kind: .day),
            AnswerColumn("source", title: "Source", kind: .text),
            AnswerColumn("entity", title: "Entity", kind: .text),
            AnswerColumn("reason", title: "Why", kind: .text),
        ],
        rows: missing.prefix(50).map { missing in
            AnswerTable.Row([
                .integer(missing.load), .day(missing.day), .text(missing.source), .text(missing.entity),
                .text(missing.reason),
            ])
        },
        totalRows: missing.count > 50 ? missing.count : nil)
}

/// What ends the command when the history differs, or cannot be built anew in full; nil when it is the same.
public func rebuildFailure(_ rebuilt: RebuildReport) -> BellwetherError? {
    if !rebuilt.differences.isEmpty {
        return BellwetherError(
            .rebuildDiffers, "the stored history is not what the exports give",
            hint: "The table names where; docs/operations.md says how to go on from there.")
    }
    if !rebuilt.missing.isEmpty {
        return BellwetherError(
            .exportsMissing,
            "the proof is not complete: the exports of \(Set(rebuilt.missing.map(\.load)).count) loads are not there as they were",
            hint: "Put them back below the folder, one folder a day; the table names them.")
    }
    return nil
}
