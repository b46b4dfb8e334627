import Model
import Warehouse

/// Which past was made from the CRMs' own histories?
public struct HistoryQuestion: Sendable {
    private let asKnown: String?

    /// As known at a load, a time or a day; nil for the newest load.
    public init(asKnown: String?) {
        self.asKnown = asKnown
    }

    /// Asks the warehouse.
    ///
    /// - Throws: `BW2xx` from the database, `BW507` for a load or time that is not there yet.
    public func answer(from warehouse: Warehouse) throws(BellwetherError) -> Answer {
        let load = try warehouse.knownPoint(asKnown: asKnown)
        let pasts = try warehouse.pasts()
        return Answer(
            question: "history", headline: pastHeadline(pasts), tables: [pastTable(pasts)],
            warnings: pasts.flatMap(pastWarnings),
            passport: historyPassport("history", load: load, rows: pasts.count, sql: "bellwether.crm_history")
        )
    }
}

/// Where do the CRMs' own histories disagree with themselves or with the snapshots?
public struct HistoryDifferencesQuestion: Sendable {
    private let limit: Int
    private let asKnown: String?

    /// The first disagreements, so many at most.
    public init(limit: Int, asKnown: String?) {
        self.limit = limit
        self.asKnown = asKnown
    }

    /// Asks the warehouse.
    ///
    /// - Throws: `BW2xx` from the database, `BW507` for a load or time that is not there yet.
    public func answer(from warehouse: Warehouse) throws(BellwetherError) -> Answer {
        let load = try warehouse.knownPoint(asKnown: asKnown)
        let differences = try warehouse.historyDifferences(limit: limit)
        let total = try warehouse.pasts().reduce(0) { $0 + $1.differences }
        return Answer(
            question: "history differences",
            headline: total == 0
                ? "No disagreement between a CRM's history and the snapshots"
                : "\(total) \(total == 1 ? "disagreement" : "disagreements") between a CRM's history and the snapshots",
            tables: [differenceTable(differences, total: total)],
            passport: historyPassport(
                "history differences", load: load, rows: differences.count,
                sql: "bellwether.crm_history_difference"))
    }
}

private func pastHeadline(_ pasts: [PastReport]) -> Phrase {
    let versions = pasts.reduce(0) { $0 + $1.versions }
    guard !pasts.isEmpty else { return "No history export is loaded" }
    guard let first = pasts.compactMap(\.firstDay).min(), versions > 0 else {
        return "A history export is loaded, but there is no past to be made from it yet"
    }
    return "The past from \(first) on comes from the CRM's own history: \(versions) versions"
}

private func pastTable(_ pasts: [PastReport]) -> AnswerTable {
    func count(_ name: String, _ title: String, isDetail: Bool = false) -> AnswerColumn {
        AnswerColumn(name, title: title, kind: .integer, isDetail: isDetail)
    }
    func day(_ name: String, _ title: String, isDetail: Bool = false) -> AnswerColumn {
        AnswerColumn(name, title: title, kind: .day, isDetail: isDetail)
    }
    func value(_ day: Day?) -> AnswerValue { day.map { .day($0) } ?? .null }
    return AnswerTable(
        name: "history",
        columns: [
            AnswerColumn("source", title: "Source", kind: .text), day("first_day", "From"),
            day("until_day", "Before"), count("records", "Records"), count("versions", "Versions"),
            count("changes_used", "Changes"), count("changes_other", "Left out"),
            count("differences", "Disagreements"), day("compared_day", "Compared", isDetail: true),
            day("trusted_from", "Trusted from", isDetail: true),
            AnswerColumn("time_zone", title: "Time zone", kind: .text),
            AnswerColumn("assumed_fields", title: "Assumed", kind: .text, isDetail: true),
        ],
        rows: pasts.map { past in
            AnswerTable.Row([
                .text(past.source), value(past.firstDay), value(past.untilDay), .integer(past.records),
                .integer(past.versions), .integer(past.changesUsed), .integer(past.changesOther),
                .integer(past.differences), value(past.comparedDay), value(past.trustedFrom),
                .text(past.timeZone), .text(past.assumedFields.joined(separator: " ")),
            ])
        })
}

private func differenceTable(_ differences: [HistoryDifference], total: Int) -> AnswerTable {
    AnswerTable(
        name: "differences",
        columns: [
            AnswerColumn("source", title: "Source", kind: .text, isDetail: true),
            AnswerColumn("id", title: "Record", kind: .text),
            AnswerColumn("code", title: "What", kind: .text),
            AnswerColumn("field", title: "Field", kind: .text), AnswerColumn("day", title: "Day", kind: .day),
            AnswerColumn("history_value", title: "History says", kind: .text),
            AnswerColumn("other_value", title: "Against it", kind: .text),
        ],
        rows: differences.map { difference in
            func text(_ value: String?) -> AnswerValue { value.map { .text($0) } ?? .null }
            return AnswerTable.Row([
                .text(difference.source), .text(difference.id), .text(difference.code),
                text(difference.field), .day(difference.day), text(difference.historyValue),
                text(difference.otherValue),
            ])
        },
        totalRows: differences.count < total ? total : nil)
}

/// What to know of a past that was made from a CRM's own history.
func pastWarnings(_ past: PastReport) -> [AnswerWarning] {
    var warnings: [AnswerWarning] = []
    if past.isTimeZoneAssumed {
        warnings.append(
            AnswerWarning(
                "time_zone_assumed",
                "\(past.source): the company states no time zone that there is, the days of its history are those of UTC"
            ))
    }
    if !past.assumedFields.isEmpty, past.versions > 0 {
        warnings.append(
            AnswerWarning(
                "crm_history",
                "\(past.source): the history does not tell \(past.assumedFields.joined(separator: ", ")): assumed as known later"
            ))
    }
    return warnings
}

/// What a load or an undo made of the CRM's own history, in one line each, and what to know of it.
func pastLines(_ pasts: [PastReport]) -> [AnswerWarning] {
    pasts.flatMap { past in [AnswerWarning("crm_history", pastLine(past))] + pastWarnings(past) }
}

private func pastLine(_ past: PastReport) -> Phrase {
    let differences: Phrase =
        past.differences == 0
        ? "no disagreement"
        : "\(past.differences) \(past.differences == 1 ? "disagreement" : "disagreements"), see `bellwether history differences`"
    guard let until = past.untilDay else {
        return
            "CRM history of \(past.source): \(past.changesOther) changes wait for the first full snapshot; \(differences)"
    }
    guard let first = past.firstDay else {
        return "CRM history of \(past.source): no past before \(until); \(differences)"
    }
    let versions: Phrase = "\(past.versions) \(past.versions == 1 ? "version" : "versions")"
    let records: Phrase = "\(past.records) \(past.records == 1 ? "record" : "records")"
    return
        "CRM history of \(past.source): \(versions) of \(records) from \(first) to before \(until); \(differences)"
}

private func historyPassport(_ question: String, load: Int, rows: Int, sql: String) -> Passport {
    Passport(
        question: question, metrics: [], asOf: nil, snapshotDay: nil, load: load, filters: [], rowCount: rows,
        sql: ["select * from \(sql)"], programVersion: programVersion)
}
