import Intake

/// What a load set aside so far: the first rejects in words, and how many there are.
struct RejectLog {
    private(set) var first: [Reject] = []
    private(set) var count = 0

    /// Adds those of one entity, of which perhaps only the first are given.
    mutating func add(_ rejects: [Reject], count: Int) {
        first += rejects.prefix(SnapshotSink.rejectsKept - first.count)
        self.count += count
    }
}
