import Model
import Warehouse

/// The reports of several nights as one answer, a row a night.
///
/// - Parameters:
///   - found: How many nights there were to choose from.
///   - planned: How many of them were to be loaded; more than there are reports when one was refused.
public func nightsAnswer(_ reports: [LoadReport], found: Int, planned: Int, mapping: String) -> Answer {
    func count(_ name: String, _ title: String) -> AnswerColumn {
        AnswerColumn(name, title: title, kind: .integer)
    }
    let columns = [
        AnswerColumn("day", title: "Day", kind: .day), count("load", "Load"),
        AnswerColumn("outcome", title: "Outcome", kind: .text), count("read", "Read"), count("new", "New"),
        count("changed", "Changed"), count("gone", "Gone"), count("rejected", "Set aside"),
    ]
    let rows = reports.map { report in
        let sum = { (part: (EntityReport) -> Int) in
            AnswerValue.integer(report.entities.reduce(0) { $0 + part($1) })
        }
        return AnswerTable.Row([
            .day(report.day), publishedLoad(report).map { .integer($0) } ?? .null, .text(outcome(report)),
            sum(\.read), sum(\.new), sum(\.changed), sum(\.gone), sum(\.rejected),
        ])
    }
    return Answer(
        question: "load",
        headline: headline(reports, found: found, planned: planned),
        tables: [AnswerTable(name: "nights", columns: columns, rows: rows)],
        warnings: rejectWarnings(reports),
        passport: Passport(
            question: "load", metrics: [], asOf: reports.last?.day, snapshotDay: reports.last?.day,
            load: reports.last.flatMap(publishedLoad), filters: [.init("mapping", mapping)],
            rowCount: reports.reduce(0) { $0 + $1.entities.reduce(0) { $0 + $1.read } },
            programVersion: programVersion))
}

private func headline(_ reports: [LoadReport], found: Int, planned: Int) -> Phrase {
    guard let first = reports.first, let last = reports.last else {
        return found == 1
            ? "The one day there is loaded already: nothing was done"
            : "All \(found) days are loaded already: nothing was done"
    }
    let span: Phrase = first.day == last.day ? "\(first.day)" : "\(first.day) to \(last.day)"
    let left = planned - reports.count
    let rest: Phrase = left > 0 ? "; \(left) \(left == 1 ? "is" : "are") left" : ""
    let published = reports.filter { publishedLoad($0) != nil }.count
    if published > 0 { return "\(published) \(published == 1 ? "day" : "days") published, \(span)\(rest)" }
    let isRehearsed = reports.contains { if case .dryRun = $0.outcome { true } else { false } }
    return isRehearsed
        ? "Dry run, nothing was published: \(span)\(rest)"
        : "Loaded already, nothing was done: \(span)\(rest)"
}

private func outcome(_ report: LoadReport) -> String {
    switch report.outcome {
    case .published: "published"
    case .alreadyLoaded: "loaded already"
    case .dryRun: "dry run"
    }
}

private func rejectWarnings(_ reports: [LoadReport]) -> [AnswerWarning] {
    let rejected = reports.reduce(0) { $0 + $1.entities.reduce(0) { $0 + $1.rejected } }
    guard rejected > 0 else { return [] }
    // What a rehearsal set aside stands under its attempt, for it has no load.
    let number =
        reports.contains { publishedLoad($0) != nil }
        ? "--load N for one night's" : "--attempt N for one night's"
    return [
        AnswerWarning(
            "rejects", "\(rejected) rows were set aside; see them with `bellwether rejects`, \(number)")
    ]
}
