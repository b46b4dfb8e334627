import Intake
import Model

/// What a load found so far that stays on record whatever becomes of it: what its guards found, the first rejects in
/// words, and how many there are.
struct RejectLog {
    /// What the guards found, accepted or not.
    var trips: [GuardTrip] = []
    private(set) var first: [Reject] = []
    private(set) var count = 0

    /// Adds those of one entity, of which perhaps only the first are given.
    mutating func add(_ rejects: [Reject], count: Int) {
        first += rejects.prefix(SnapshotSink.rejectsKept - first.count)
        self.count += count
    }
}
