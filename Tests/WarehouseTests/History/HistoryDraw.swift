import Model
import Postgres
import TestSupport

/// Draws snapshots of a small company: few keys and few contents, so that returns, repeats and equal neighbours are
/// common.
struct HistoryDraw {
    /// The period whose forecast is compared, as the parameters of the forecast's SQL.
    static let period: [Parameter?] = [.text("2024-10-01"), .text("2025-01-01")]

    private let keys: [String]
    private let contents: [String]

    init(keyCount: Int, first: Day) {
        // One of them needs quoting everywhere.
        keys = (1...keyCount).map { $0 == 2 ? "ü 'e\",2" : "k\($0)" }
        contents = [
            "o1|commit|100|\(first + 30)", "o1|best_case|100|\(first + 30)", "o2|commit|100|\(first + 30)",
            "o1|commit|250|\(first + 30)", "o1|commit|100|\(first + 45)", "o2|pipeline||\(first + 30)", "|||",
        ]
    }

    func snapshot(
        like live: [Day: HistoryOracle.Snapshot], using random: inout SeededGenerator
    ) -> HistoryOracle.Snapshot {
        if let again = live.sorted(by: { $0.key < $1.key }).randomElement(using: &random)?.value,
            Int.random(in: 0..<5, using: &random) == 0
        {
            return again
        }
        var snapshot = HistoryOracle.Snapshot(isFull: Int.random(in: 0..<4, using: &random) > 0, rows: [:])
        for key in keys {
            switch Int.random(in: 0..<12, using: &random) {
            case 8:
                snapshot.rejected.insert(key)
                snapshot.conflicting.insert(key)
            case 9 where !snapshot.isFull:
                snapshot.rejected.insert(key)
                snapshot.shownAndDeleted.insert(key)
            case 0...5: snapshot.rows[key] = contents.randomElement(using: &random)
            case 6: snapshot.rejected.insert(key)
            case 7 where !snapshot.isFull: snapshot.deleted.insert(key)
            default: break
            }
        }
        if Int.random(in: 0..<8, using: &random) == 0 { snapshot.provesAbsence = false }
        return snapshot
    }

    /// The export; a rejected row has an amount that is no number.
    static func csv(of snapshot: HistoryOracle.Snapshot) -> String {
        var lines = ["Id,Owner,Category,Amount,Close,Deleted"]
        for (key, content) in snapshot.rows.sorted(by: { $0.key < $1.key }) {
            lines.append("\(quoted(key)),\(content.replacing("|", with: ",")),no")
        }
        for key in snapshot.rejected.sorted() {
            if snapshot.conflicting.contains(key) {
                lines += ["\(quoted(key)),o1,,1,,no", "\(quoted(key)),o2,,1,,no"]
            } else if snapshot.shownAndDeleted.contains(key) {
                lines += ["\(quoted(key)),o1,,1,,no", "\(quoted(key)),o1,,1,,yes"]
            } else {
                lines.append("\(quoted(key)),o1,,broken,,no")
            }
        }
        for key in snapshot.deleted.sorted() { lines.append("\(quoted(key)),o1,,1,,yes") }
        if !snapshot.provesAbsence { lines.append(",nameless,,1,,no") }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\"", with: "\"\"") + "\""
    }

    /// What a forecast says of deals with those contents: the amount by owner, category, timing and number of deals.
    /// None is closed or past due, and those without a category have none.
    static func forecast(of contents: some Sequence<String>) -> [String: Amount] {
        var counts: [String: Int] = [:]
        var amounts: [String: Amount] = [:]
        for content in contents {
            let parts = content.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
            let category = parts[1].isEmpty ? "unmapped" : parts[1]
            let key = "\(parts[0])|\(category)|\(parts[3].isEmpty ? "undated" : "in_period")"
            counts[key, default: 0] += 1
            amounts[key, default: .zero] += Amount(parts[2]) ?? .zero
        }
        return Dictionary(
            uniqueKeysWithValues: amounts.map { ("\($0.key)|\(counts[$0.key] ?? 0)", $0.value) })
    }
}
