import Model

/// The past that a load or an undo made from a CRM's own history.
public struct PastReport: Sendable, Hashable {
    /// The source of the history and of the records.
    public var source: String
    /// The first day of the past; nil when there is none.
    public var firstDay: Day?
    /// The day of the first full snapshot, before which the past ends; nil while there is none.
    public var untilDay: Day?
    /// The newest day on which history and snapshot were compared, beside the day of the first full snapshot.
    public var comparedDay: Day?
    /// The first day of which the mapping trusts the history; nil for all of it.
    public var trustedFrom: Day?
    /// The time zone whose days count.
    public var timeZone: String
    /// Whether the company states no time zone that there is, so that it is UTC.
    public var isTimeZoneAssumed: Bool
    /// Fields that the history does not tell.
    public var assumedFields: [String]
    /// How many records have a past.
    public var records: Int
    /// How many versions that past has.
    public var versions: Int
    /// How many changes count.
    public var changesUsed: Int
    /// How many changes were left out.
    public var changesOther: Int
    /// How many disagreements there are.
    public var differences: Int
}

/// A disagreement within a CRM's own history, or between it and a snapshot.
public struct HistoryDifference: Sendable, Hashable {
    /// The record's source.
    public let source: String
    /// The record's id.
    public let id: String
    /// What disagrees: `snapshot_differs`, `chain_broken`, `record_unknown` or `deleted_but_present`.
    public let code: String
    /// The field; nil when the whole record is meant.
    public let field: String?
    /// The day of the snapshot, or of the change that does not fit.
    public let day: Day
    /// What the history says last.
    public let historyValue: String?
    /// What the snapshot says, or the next change of what was before it.
    public let otherValue: String?
}
