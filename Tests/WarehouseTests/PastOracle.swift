import Model

/// The past walked the plain and slow way: record by record, day by day, field by field.
struct PastOracle {
    /// A row of a history export. `minute` counts from the start of day 0 in UTC.
    struct Change: Hashable {
        var id: String
        var record: String
        var field: String
        var old: String?
        var new: String?
        var isOldKnown: Bool?
        var minute: Int
        var sequence: String?

        var knowsOld: Bool { isOldKnown ?? (old != nil) }
    }

    /// What a deal's snapshot says.
    struct Deal: Hashable {
        var stage: String?
        var amount: String?
        var name: String?
        var closed: String?
        var created: Day?
    }

    /// A disagreement.
    struct Difference: Hashable, Comparable {
        var code: String
        var id: String
        var field: String?
        var day: Day
        var said: String?
        var other: String?

        private var order: [String] {
            [code, id, field ?? "", day.description, said ?? "", other ?? ""]
        }

        static func < (left: Difference, right: Difference) -> Bool {
            left.order.lexicographicallyPrecedes(right.order)
        }
    }

    /// The state of each key on every day, as the snapshots tell it.
    let states: [Day: [String: Deal]]
    /// The day of the first full snapshot that counts.
    let until: Day?
    /// On which days before it a delta that counts speaks of a key.
    let spoken: [String: [Day]]
    let zoneMinutes: Int
    /// The newest day on which history and snapshots are compared.
    let compared: Day?
    let changes: [Change]

    init(
        states: [Day: [String: Deal]], until: Day?, spoken: [String: [Day]], changes: [Change], trusted: Day?,
        zoneMinutes: Int, compared: Day?
    ) {
        self.states = states
        self.until = until
        self.spoken = spoken
        self.zoneMinutes = zoneMinutes
        self.compared = compared
        func day(_ change: Change) -> Day { Self.day(of: change, zoneMinutes) }
        self.changes = changes.filter { trusted == nil || day($0) >= trusted ?? day($0) }.sorted {
            left, right in
            if left.minute != right.minute { return left.minute < right.minute }
            switch (left.sequence, right.sequence) {
            case (let a?, let b?) where a != b: return a.count != b.count ? a.count < b.count : a < b
            case (nil, _?): return false
            case (_?, nil): return true
            default: break
            }
            if left.knowsOld != right.knowsOld { return left.knowsOld }
            return left.id < right.id
        }
        self.trusted = trusted
    }

    private let trusted: Day?

    private static func day(of change: Change, _ zoneMinutes: Int) -> Day {
        let minute = change.minute + zoneMinutes
        return Day(number: Int32(minute >= 0 ? minute / 1440 : (minute - 1439) / 1440))
    }

    private func day(_ change: Change) -> Day { Self.day(of: change, zoneMinutes) }

    private func changes(of id: String, _ field: String) -> [Change] {
        changes.filter { $0.record == id && $0.field == field }
    }

    private var fields: Set<String> {
        Set(changes.map(\.field))
    }

    private var isTold: Bool { !fields.isDisjoint(with: ["stage_id", "amount"]) }

    private func base(_ id: String) -> (day: Day, deal: Deal)? {
        guard let until else { return nil }
        for day in states.keys.sorted() where day <= until {
            if let deal = states[day]?[id] { return (day, deal) }
        }
        return nil
    }

    /// From when to before when a key has a past; nil when it has none. `isUnknown` when no snapshot knows it.
    private func span(_ id: String) -> (first: Day, end: Day, isUnknown: Bool)? {
        guard let until else { return nil }
        let base = base(id)
        let told = changes.filter { $0.record == id && day($0) <= until }
        let end = ([until] + (base.map { [$0.day] } ?? []) + (spoken[id] ?? [])).min() ?? until
        guard let first = ([base?.deal.created].compactMap { $0 } + told.map(day)).min() else { return nil }
        let start = max(first, trusted ?? first)
        guard start < end else { return nil }
        let isUnknown = base == nil && !told.contains { $0.field == "is_deleted" && $0.new == "t" }
        return (start, end, isUnknown)
    }

    private func value(_ id: String, _ field: String, on day: Day, before end: Day, known: String?) -> String?
    {
        let told = changes(of: id, field)
        if let last = told.last(where: { self.day($0) <= day }) { return last.new }
        guard let first = told.first, self.day(first) <= end else { return known }
        if field == "is_deleted" { return "f" }
        return first.knowsOld ? first.old : first.new
    }

    /// What the past says of a day.
    func past(on day: Day) -> [String: Deal] {
        var past: [String: Deal] = [:]
        guard isTold else { return past }
        for id in Set(changes.map(\.record) + states.values.flatMap(\.keys)) {
            guard let span = span(id), !span.isUnknown, span.first <= day, day < span.end else { continue }
            let known = base(id)?.deal ?? Deal()
            func value(_ field: String, _ known: String?) -> String? {
                self.value(id, field, on: day, before: span.end, known: known)
            }
            if value("is_deleted", nil) == "t" { continue }
            var deal = known
            deal.stage = value("stage_id", known.stage)
            deal.amount = value("amount", known.amount)
            // What hangs on the stage is not known of another stage.
            if deal.stage != known.stage { deal.closed = nil }
            past[id] = deal
        }
        return past
    }

    /// Every disagreement.
    func differences() -> [Difference] {
        var found: [Difference] = []
        guard isTold else { return found }
        let ids = Set(changes.map(\.record) + states.values.flatMap(\.keys))
        for id in ids {
            if let span = span(id), span.isUnknown {
                found.append(Difference(code: "record_unknown", id: id, day: span.first))
            }
            if let base = base(id) { found += disagreements(id, base.deal, on: base.day) }
            if let compared, let deal = states[compared]?[id] {
                found += disagreements(id, deal, on: compared)
            }
            for field in fields {
                let told = changes(of: id, field)
                for (before, change) in zip(told, told.dropFirst())
                where change.knowsOld && change.old != before.new {
                    found.append(
                        Difference(
                            code: "chain_broken", id: id, field: field, day: day(change), said: before.new,
                            other: change.old))
                }
            }
        }
        return found.sorted()
    }

    private func disagreements(_ id: String, _ deal: Deal, on day: Day) -> [Difference] {
        var found: [Difference] = []
        for (field, said) in [("stage_id", deal.stage), ("amount", deal.amount), ("is_deleted", "f")]
        where fields.contains(field) {
            guard let last = changes(of: id, field).last(where: { self.day($0) <= day }), last.new != said
            else { continue }
            if field == "is_deleted" {
                guard last.new == "t" else { continue }
                found.append(
                    Difference(
                        code: "deleted_but_present", id: id, field: field, day: day, said: "t", other: "f"))
            } else {
                found.append(
                    Difference(
                        code: "snapshot_differs", id: id, field: field, day: day, said: last.new, other: said)
                )
            }
        }
        return found
    }
}
