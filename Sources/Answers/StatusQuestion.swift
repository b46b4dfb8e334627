import Model
import Warehouse

/// Is last night in, and is all well?
public struct StatusQuestion: Sendable {
    private let now: String
    private let dueMinutes: Int
    private let maxAge: Int?
    private let countsVersions: Bool

    /// The question at a time.
    ///
    /// - Parameters:
    ///   - now: The time, as PostgreSQL reads one with its offset: only the command asks the clock.
    ///   - dueMinutes: By when in the company's day the exports of the day before are due, in minutes after midnight.
    ///   - maxAge: So many seconds may have passed since the newest load; nil for any number.
    ///   - countsVersions: Whether to count the versions of each entity.
    public init(now: String, dueMinutes: Int, maxAge: Int?, countsVersions: Bool) {
        self.now = now
        self.dueMinutes = dueMinutes
        self.maxAge = maxAge
        self.countsVersions = countsVersions
    }

    /// Asks the warehouse; whatever needs a person is a warning.
    ///
    /// - Throws: `BW2xx` from the database.
    public func answer(from warehouse: Warehouse) throws(BellwetherError) -> Answer {
        let status = try warehouse.operatingStatus(now: now, countsVersions: countsVersions)
        let troubles = troubles(status)
        return Answer(
            question: "status",
            headline: headline(status, troubles),
            tables: [sourceTable(status), factTable(status)]
                + (countsVersions ? [historyTable(status)] : []),
            warnings: troubles + notes(status),
            passport: Passport(
                question: "status", metrics: [], asOf: nil, snapshotDay: nil, load: status.lastLoad?.number,
                filters: [], rowCount: status.sources.count, programVersion: programVersion))
    }

    /// What a monitor is to be told when an answer names trouble; nil when all is well.
    public static func failure(_ answer: Answer) -> BellwetherError? {
        let troubles = answer.warnings.filter { StatusTrouble(rawValue: $0.code) != nil }
        guard !troubles.isEmpty else { return nil }
        // Two late sources are one word here; the warnings name both.
        let codes = troubles.map(\.code).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        return BellwetherError(
            .notFresh,
            "the warehouse is not as it should be: \(codes.joined(separator: ", "))",
            hint: "The lines with ! say what is missing; docs/operations.md what to do.")
    }

    // MARK: - Judging

    private func troubles(_ status: OperatingStatus) -> [AnswerWarning] {
        guard status.lastLoad != nil else {
            return [AnswerWarning(StatusTrouble.nothingLoaded, "Nothing is loaded yet")] + failed(status)
        }
        var troubles: [AnswerWarning] = []
        for source in status.sources {
            guard let missing = source.missingDay(lastDue: lastDue(status)) else { continue }
            troubles.append(
                AnswerWarning(
                    StatusTrouble.late,
                    "\(source.name): \(missing) is due and not loaded; the newest day is \(source.newestDay)")
            )
        }
        if let maxAge, let (load, age) = status.newestSnapshot, age > Double(maxAge) {
            troubles.append(
                AnswerWarning(
                    StatusTrouble.tooOld,
                    "Load \(load) is \(ageText(age)) old, more than \(ageText(Double(maxAge)))"))
        }
        return troubles + failed(status)
    }

    private func failed(_ status: OperatingStatus) -> [AnswerWarning] {
        guard let failed = status.failed else { return [] }
        let day: Phrase = failed.day.map { " of \($0)" } ?? ""
        return [
            AnswerWarning(
                StatusTrouble.failed,
                "The last run\(day) published nothing (\(failed.endedAt), UTC): \(failed.code) \(failed.message)"
            )
        ]
    }

    private func notes(_ status: OperatingStatus) -> [AnswerWarning] {
        var notes: [AnswerWarning] = []
        if status.attemptsAreHidden {
            notes.append(
                AnswerWarning(
                    "attempts_hidden",
                    "Runs that published nothing are not for readers: connect as one who loads to be told of them"
                ))
        }
        for source in status.sources where source.expectedName == nil {
            notes.append(
                AnswerWarning(
                    "expected_unknown",
                    "\(source.name): the mapping of load \(source.load) cannot be read any more, so no day is expected"
                ))
        }
        return notes
    }

    /// The newest day whose exports are due: yesterday once the hour is past, else the day before.
    private func lastDue(_ status: OperatingStatus) -> Day {
        status.today - (status.minutes >= dueMinutes ? 1 : 2)
    }

    private func headline(_ status: OperatingStatus, _ troubles: [AnswerWarning]) -> Phrase {
        guard let load = status.lastLoad else { return "Nothing is loaded yet" }
        let newest: Phrase = "load \(load.number) of \(load.day), \(ageText(load.age)) old"
        if troubles.isEmpty { return "All is well: \(newest)" }
        return
            "\(troubles.count) \(troubles.count == 1 ? "thing needs" : "things need") a look; the newest is \(newest)"
    }

    // MARK: - Drawing

    private func sourceTable(_ status: OperatingStatus) -> AnswerTable {
        AnswerTable(
            name: "sources",
            columns: [
                AnswerColumn("source", title: "Source", kind: .text),
                AnswerColumn("newest_day", title: "Newest day", kind: .day),
                AnswerColumn("expected", title: "Expected", kind: .text),
                AnswerColumn("missing", title: "Missing since", kind: .day),
                AnswerColumn("load", title: "Load", kind: .integer),
                AnswerColumn("age", title: "Age", kind: .text),
                AnswerColumn("age_seconds", title: "Age", kind: .integer, unit: "s", isDetail: true),
            ],
            rows: status.sources.map { source in
                AnswerTable.Row([
                    .text(source.name), .day(source.newestDay),
                    source.expectedName.map { .text($0) } ?? .null,
                    source.missingDay(lastDue: lastDue(status)).map { .day($0) } ?? .null,
                    .integer(source.load), .text(ageText(source.age)), .integer(Int(source.age)),
                ])
            },
            notes: status.sources.isEmpty
                ? ["Load a folder with: bellwether load MAPPING FOLDER --date DAY"] : [])
    }

    private func factTable(_ status: OperatingStatus) -> AnswerTable {
        var facts: [(String, String)] = []
        if let load = status.lastLoad {
            let what = load.isUndo ? "undo" : "load"
            facts.append(("last load", "\(load.number), \(what) of \(load.day) by \(load.loadedBy)"))
            facts.append(("published", "\(load.publishedAt) UTC"))
            facts.append(("rows read", String(load.read)))
            facts.append(("rows set aside", String(load.rejected)))
            facts.append(("seconds", decimal(load.seconds)))
        }
        facts.append(("days missing", status.gaps == 0 ? "0" : "\(status.gaps), see bellwether loads gaps"))
        facts.append(("running now", running(status)))
        facts.append(("database", bytesText(status.databaseBytes)))
        facts.append(("history", bytesText(status.historyBytes)))
        return AnswerTable(
            name: "facts",
            columns: [
                AnswerColumn("fact", title: "Fact", kind: .text),
                AnswerColumn("value", title: "Value", kind: .text),
            ],
            rows: facts.map { AnswerTable.Row([.text($0.0), .text($0.1)]) })
    }

    private func running(_ status: OperatingStatus) -> String {
        guard let running = status.running else { return "nothing" }
        let since = running.since.map { " since \($0) UTC" } ?? ""
        return "a load or an upgrade by \(running.user), process \(running.process)\(since)"
    }

    private func historyTable(_ status: OperatingStatus) -> AnswerTable {
        func count(_ name: String, _ title: String) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .integer)
        }
        return AnswerTable(
            name: "history", title: "History",
            columns: [
                AnswerColumn("entity", title: "Entity", kind: .text), count("versions", "Versions"),
                count("current", "Current"), count("superseded", "Superseded"),
                AnswerColumn("size", title: "Size", kind: .text),
                AnswerColumn("bytes", title: "Bytes", kind: .integer, isDetail: true),
            ],
            rows: status.histories.filter { $0.versions > 0 }.map { history in
                AnswerTable.Row([
                    .text(history.entity), .integer(history.versions), .integer(history.current),
                    .integer(history.superseded), .text(bytesText(history.bytes)), .integer(history.bytes),
                ])
            })
    }
}

/// The stable words of what ends `bellwether status` with 4.
enum StatusTrouble: String {
    case nothingLoaded = "nothing_loaded"
    case late
    case tooOld = "too_old"
    case failed
}

extension AnswerWarning {
    fileprivate init(_ trouble: StatusTrouble, _ text: Phrase) {
        self.init(trouble.rawValue, text)
    }
}

/// A span in the largest unit that says enough: `50 s`, `12 min`, `29 h`, `9 d`.
func ageText(_ seconds: Double) -> String {
    switch seconds {
    case ..<90: "\(Int(max(0, seconds))) s"
    case ..<5_400: "\(Int(seconds / 60)) min"
    case ..<172_800: "\(Int(seconds / 3_600)) h"
    default: "\(Int(seconds / 86_400)) d"
    }
}

/// Bytes in the unit that leaves few digits.
func bytesText(_ bytes: Int) -> String {
    switch bytes {
    case ..<1_000_000: "\(bytes / 1_000) kB"
    case ..<10_000_000_000: "\(bytes / 1_000_000) MB"
    default: "\(bytes / 1_000_000_000) GB"
    }
}

/// Seconds to a tenth.
func decimal(_ seconds: Double) -> String {
    let tenths = Int((seconds * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
}
