import Model

/// History rebuilt the plain and slow way: walk the days, apply what each live snapshot says.
struct HistoryOracle {
    /// What a snapshot says: content by key, and the keys of which it says nothing although it is full.
    struct Snapshot {
        var isFull: Bool
        var rows: [String: String]
        var rejected: Set<String> = []
        var deleted: Set<String> = []
        /// A full snapshot with a row whose key cannot be read closes nothing.
        var provesAbsence = true
    }

    /// The live snapshot of each day.
    var live: [Day: Snapshot] = [:]

    /// The content of each key on every day from the first to the last.
    func states(from first: Day, to last: Day) -> [Day: [String: String]] {
        var states: [Day: [String: String]] = [:]
        var state: [String: String] = [:]
        var day = first
        while day <= last {
            if let snapshot = live[day] { state = applied(snapshot, to: state) }
            states[day] = state
            day = day + 1
        }
        return states
    }

    private func applied(_ snapshot: Snapshot, to before: [String: String]) -> [String: String] {
        var after = before
        if snapshot.isFull, snapshot.provesAbsence {
            after = before.filter { snapshot.rejected.contains($0.key) }
        }
        for (key, content) in snapshot.rows { after[key] = content }
        for key in snapshot.deleted { after[key] = nil }
        return after
    }
}
