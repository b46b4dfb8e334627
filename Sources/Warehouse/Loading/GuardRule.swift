import Intake
import Model

/// A guard: what it looks at in a snapshot, and what it says when that is too much.
struct GuardRule {
    /// What a guard found, in a few words each.
    struct Finding {
        let found: String
        let allowed: String
    }

    let name: LoadGuard
    let look: (SnapshotFacts, GuardSettings) -> Finding?

    private init(_ name: LoadGuard, _ look: @escaping (SnapshotFacts, GuardSettings) -> Finding?) {
        self.name = name
        self.look = look
    }

    /// All of them, in the order in which they are told.
    static var all: [GuardRule] {
        [
            GuardRule(.sameDay, sameDay), GuardRule(.newer, newer), GuardRule(.older, older),
            GuardRule(.base, base), GuardRule(.empty, empty), GuardRule(.rejects, rejects),
            GuardRule(.gone, gone), GuardRule(.rows, rows), GuardRule(.amount, amount),
            GuardRule(.drift, drift),
        ]
    }

    // MARK: - The day

    private static func sameDay(_ facts: SnapshotFacts, _ settings: GuardSettings) -> Finding? {
        guard facts.replaces else { return nil }
        return Finding(found: "other content for \(facts.day)", allowed: "the content that is loaded")
    }

    private static func newer(_ facts: SnapshotFacts, _ settings: GuardSettings) -> Finding? {
        let days = settings.limit(.days, of: .newer)
        guard let today = facts.today, facts.day > today + days else { return nil }
        return Finding(
            found: "\(facts.day), \(counted(facts.day - today, "day")) after today",
            allowed: days == 0 ? "today, \(today)" : "\(counted(days, "day")) after today")
    }

    private static func older(_ facts: SnapshotFacts, _ settings: GuardSettings) -> Finding? {
        let days = settings.limit(.days, of: .older)
        guard let newest = facts.newestDay, newest - facts.day > days else { return nil }
        return Finding(
            found: "\(facts.day), \(counted(newest - facts.day, "day")) before \(newest)",
            allowed: counted(days, "day"))
    }

    private static func base(_ facts: SnapshotFacts, _ settings: GuardSettings) -> Finding? {
        guard let base = facts.base, !base.isLive else { return nil }
        return Finding(found: "builds on \(base.day), which is not loaded", allowed: "a loaded day")
    }

    // MARK: - Rows

    private static func empty(_ facts: SnapshotFacts, _ settings: GuardSettings) -> Finding? {
        guard facts.isEmpty, !facts.endsNothing else { return nil }
        let report = facts.report
        let rest = [(report.rejected, "set aside"), (report.skipped, "left out")].filter { $0.0 > 0 }
            .map { ", \($0.0) \($0.1)" }.joined()
        return Finding(
            found: report.read == 0 ? "no rows" : "none of \(counted(report.read, "row"))\(rest)",
            allowed: "1 row")
    }

    private static func rejects(_ facts: SnapshotFacts, _ settings: GuardSettings) -> Finding? {
        let (rejected, read) = (facts.report.rejected, facts.report.read)
        let (share, rows) = (settings.limit(.share, of: .rejects), settings.limit(.rows, of: .rejects))
        guard rejected > rows, exceeds(rejected, share, of: read) else { return nil }
        return Finding(
            found: "\(rejected) of \(counted(read, "row")) set aside",
            allowed: "\(percent(share)) or \(rows)")
    }

    private static func gone(_ facts: SnapshotFacts, _ settings: GuardSettings) -> Finding? {
        let report = facts.report
        let before = report.gone + report.changed + report.unchanged
        let (share, rows) = (settings.limit(.share, of: .gone), settings.limit(.rows, of: .gone))
        guard report.kind == .full, !facts.isEmpty, report.gone > rows,
            exceeds(report.gone, share, of: before)
        else { return nil }
        return Finding(
            found: "\(report.gone) of \(counted(before, "record")) missing",
            allowed: "\(percent(share)) or \(rows)")
    }

    private static func rows(_ facts: SnapshotFacts, _ settings: GuardSettings) -> Finding? {
        guard facts.kind == .full, !facts.isEmpty, let before = facts.before, before.isFull else {
            return nil
        }
        let read = facts.report.read
        let (least, most) = (settings.limit(.least, of: .rows), settings.limit(.most, of: .rows))
        guard abs(read - before.rows) >= settings.limit(.rows, of: .rows),
            exceeds(read, most, of: before.rows) || read * 100_00 < least * before.rows
        else { return nil }
        return Finding(
            found: "\(counted(read, "row")), on \(before.day) \(before.rows)",
            allowed: "\(percent(least)) to \(percent(most))")
    }

    // MARK: - Content

    private static func amount(_ facts: SnapshotFacts, _ settings: GuardSettings) -> Finding? {
        guard let first = facts.jumps.first else { return nil }
        let more =
            facts.jumps.count > 1 ? ", and \(counted(facts.jumps.count - 1, "currency", "currencies"))" : ""
        let change = first.percent.map { " (\($0 > 0 ? "+" : "")\($0) %)" } ?? ""
        let currency = first.currency.isEmpty ? "" : " \(first.currency)"
        return Finding(
            found: "\(first.before)\(currency) open became \(first.after)\(change)\(more)",
            allowed: "± \(percent(settings.limit(.change, of: .amount)))")
    }

    private static func drift(_ facts: SnapshotFacts, _ settings: GuardSettings) -> Finding? {
        let refused = facts.drift.filter { $0.policy == .refuse }
        guard let first = refused.first else { return nil }
        let more = refused.count > 1 ? ", and \(refused.count - 1) more" : ""
        return Finding(found: first.text + more, allowed: "none")
    }

    // MARK: - Words

    /// Whether a part is more than a share, in hundredths of a percent, of a whole; exact.
    private static func exceeds(_ part: Int, _ share: Int, of whole: Int) -> Bool {
        part * 100_00 > share * whole
    }

    private static func percent(_ share: Int) -> String {
        let rest = share % 100
        guard rest > 0 else { return "\(share / 100) %" }
        return "\(share / 100).\(rest < 10 ? "0" : "")\(rest % 10 == 0 ? rest / 10 : rest) %"
    }

    private static func counted(_ count: Int, _ one: String, _ many: String? = nil) -> String {
        "\(count) \(count == 1 ? one : many ?? one + "s")"
    }
}

extension SnapshotFacts {
    /// Whether a full snapshot has no row that counts.
    var isEmpty: Bool { kind == .full && report.read <= report.skipped + report.rejected }
}
