import Model

/// History rebuilt the plain and slow way: walk the days, apply what each live snapshot says.
struct HistoryOracle {
    /// What a snapshot says: content by key, and the keys of which it says nothing although it is full.
    struct Snapshot {
        var isFull: Bool
        var rows: [String: String]
        var rejected: Set<String> = []
        /// Of the rejected ones, those that stand in the file twice, with other content.
        var conflicting: Set<String> = []
        /// Of the rejected ones, those that a delta both shows and deletes.
        var shownAndDeleted: Set<String> = []
        var deleted: Set<String> = []
        /// A full snapshot with a row whose key cannot be read closes nothing.
        var provesAbsence = true
    }

    /// A snapshot that a load brought or made count again.
    private struct Entry {
        let load: Int
        let day: Day
        let snapshot: Snapshot
        var undoneIn: Int?
    }

    private var entries: [Entry] = []
    /// The undos that were undone.
    private var redone: Set<Int> = []

    /// The live snapshot of each day: of those that are not undone the one of the highest load.
    var live: [Day: Snapshot] {
        var live: [Day: Snapshot] = [:]
        for entry in entries.sorted(by: { $0.load < $1.load }) where entry.undoneIn == nil {
            live[entry.day] = entry.snapshot
        }
        return live
    }

    /// The loads whose snapshots are live, with their days.
    var liveLoads: [(load: Int, day: Day)] {
        var newest: [Day: Int] = [:]
        for entry in entries where entry.undoneIn == nil {
            newest[entry.day] = max(newest[entry.day] ?? 0, entry.load)
        }
        return newest.map { (load: $0.value, day: $0.key) }
    }

    /// Which undo took which load back.
    var undone: [(load: Int, undo: Int)] {
        entries.compactMap { entry in entry.undoneIn.map { (load: entry.load, undo: $0) } }
    }

    /// The loads and undos so far.
    var numbers: [Int] { Set(entries.map(\.load) + entries.compactMap(\.undoneIn)).sorted() }

    mutating func load(_ number: Int, _ day: Day, _ snapshot: Snapshot) {
        entries.append(Entry(load: number, day: day, snapshot: snapshot))
    }

    /// Takes a load back, or undoes an undo; false when there is nothing to take back.
    mutating func undo(_ number: Int, as undo: Int) -> Bool {
        if let index = entries.firstIndex(where: { $0.load == number && $0.undoneIn == nil }) {
            entries[index].undoneIn = undo
            return true
        }
        guard let entry = entries.first(where: { $0.undoneIn == number }), redone.insert(number).inserted
        else {
            return false
        }
        entries.append(Entry(load: undo, day: entry.day, snapshot: entry.snapshot))
        return true
    }

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

    /// The same as maximal spans of equal content; what holds on the last day goes on.
    func intervals(from first: Day, to last: Day) -> [HistoryVersion.Interval] {
        let states = states(from: first, to: last)
        var intervals: [HistoryVersion.Interval] = []
        for key in Set(states.values.flatMap(\.keys)) {
            var open: (content: String, from: Day)?
            for day in states.keys.sorted() {
                let content = states[day]?[key]
                if let held = open, held.content != content {
                    intervals.append(.init(key: key, content: held.content, from: held.from, to: day))
                    open = nil
                }
                if open == nil, let content { open = (content, day) }
            }
            if let open { intervals.append(.init(key: key, content: open.content, from: open.from, to: nil)) }
        }
        return intervals
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
