import Intake
import Model

/// What the guards look at: one entity's snapshot, and what is known of those before it.
struct SnapshotFacts {
    /// The last live snapshot before the day.
    struct Before {
        let day: Day
        let rows: Int
        /// Whether its rows were all that there were.
        let isFull: Bool
        /// The records after it; nil when they were not counted.
        var measures: SnapshotMeasures?
    }

    /// The day that a delta builds on.
    struct Base {
        let day: Day
        let isLive: Bool
    }

    /// A total that went further than the guard lets pass.
    struct AmountJump {
        let currency: String
        let before: String
        let after: String
        /// In whole percent; nil when it was zero before.
        let percent: Int?
    }

    let day: Day
    /// Full or delta, as the mapping says.
    let kind: SnapshotKind
    /// Whether the entity's records are events, which only become more.
    let isEvent: Bool
    var report: EntityReport
    /// Whether another snapshot of the day is live.
    var replaces = false
    /// Whether it surely ends no record, however few rows count.
    var endsNothing = false
    var before: Before?
    /// The newest day of the source and entity that is live.
    var newestDay: Day?
    /// Today in the company's time zone, where the day may lie after it; nil where it surely does not.
    var today: Day?
    var base: Base?
    /// The records after it.
    var measures: SnapshotMeasures?
    var jumps: [AmountJump] = []
    var evidence = ColumnEvidence()
    var drift: [ColumnDrift] = []

    /// Gathers what the columns have now and had before.
    mutating func noteColumns(unreadable: [String]) {
        evidence.filledBefore = before?.measures?.filled
        evidence.filled = measures?.filled
        evidence.unreadable = unreadable
    }
}
