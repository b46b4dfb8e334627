import Intake
import Model
import Postgres

/// What one key's state is while a history is rebuilt: since when, and a hash of the content that counts.
struct RebuiltState {
    let since: Day
    let content: Hash128
}

/// Takes every row of one snapshot, remembers nothing of hashes that the warehouse holds, and stages the rows whose
/// content differs from the state of the days before.
struct RebuildSink: RecordSink {
    /// What was read of a key.
    private struct Read {
        let whole: Hash128
        let content: Hash128
    }

    private let day: Day
    /// The places of the columns that make no version by themselves.
    private let volatile: Set<Int>
    private let states: [String: RebuiltState]
    private let writer: UnsafeMutablePointer<CopyWriter>
    private var read: [String: Read] = [:]
    private var rejected: Set<String> = []
    private var deleted: Set<String> = []
    private var staged: Set<String> = []
    private var hasUnreadableKey = false

    init(
        day: Day, volatile: Set<Int>, states: [String: RebuiltState],
        writer: UnsafeMutablePointer<CopyWriter>
    ) {
        self.day = day
        self.volatile = volatile
        self.states = states
        self.writer = writer
    }

    mutating func isKnown(_ rowHash: Hash128) -> Bool { false }

    mutating func accept(_ record: borrowing CheckedRecord) throws {
        let id = record.id
        var whole = Hash128.zero
        var content = Hash128.zero
        for column in 0...record.columnCount {
            let range = column < record.columnCount ? record.range(at: column) : record.extraRange
            let seed = Hash128(high: whole.high &+ (range == nil ? 1 : 0), low: whole.low)
            let contentSeed = Hash128(high: content.high &+ (range == nil ? 1 : 0), low: content.low)
            record.withBytes { bytes in
                let part = UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[range ?? 0..<0]))
                whole = Hash128(of: part, seed: seed)
                if !volatile.contains(column) { content = Hash128(of: part, seed: contentSeed) }
            }
        }
        if let other = read[id] {
            if other.whole != whole { rejected.insert(id) }
            return
        }
        read[id] = Read(whole: whole, content: content)
        if states[id]?.content != content {
            staged.insert(id)
            try stage(record, id)
        }
    }

    mutating func reject(_ reject: Reject) throws {
        if let id = reject.id { rejected.insert(id) } else { hasUnreadableKey = true }
    }

    mutating func delete(id: String, file: String, line: Int) throws {
        deleted.insert(id)
    }

    private func stage(_ record: borrowing CheckedRecord, _ id: String) throws {
        try writer.pointee.field(id)
        try writer.pointee.field(day.description)
        for column in 0...record.columnCount {
            guard let range = column < record.columnCount ? record.range(at: column) : record.extraRange
            else {
                try writer.pointee.null()
                continue
            }
            try record.withBytes { bytes in
                try writer.pointee.field(
                    utf8: UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[range])))
            }
        }
        try writer.pointee.endRow()
    }

    /// What the snapshot changes, once all of it was read.
    struct Change {
        /// Keys whose state ends on the day, and since when they had it.
        var ended: [(id: String, since: Day)] = []
        /// Rows that were staged and do not count after all.
        var withdrawn: [String] = []
    }

    /// Applies the snapshot to the states by the rules of history: what it names is so, a full one's absent keys are
    /// gone, what was set aside stays as it was.
    func apply(isFull: Bool, to states: inout [String: RebuiltState]) -> Change {
        let unspoken = rejected.union(deleted.intersection(read.keys))
        var change = Change(withdrawn: staged.filter { unspoken.contains($0) })
        func end(_ id: String) {
            if let state = states.removeValue(forKey: id) { change.ended.append((id, state.since)) }
        }
        if isFull, !hasUnreadableKey {
            for id in states.keys where read[id] == nil && !unspoken.contains(id) { end(id) }
        }
        for id in deleted where !unspoken.contains(id) { end(id) }
        for (id, row) in read where !unspoken.contains(id) && states[id]?.content != row.content {
            end(id)
            states[id] = RebuiltState(since: day, content: row.content)
        }
        return change
    }
}
