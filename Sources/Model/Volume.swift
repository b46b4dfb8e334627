/// Something that happens to deals, or with a customer, and is counted by the day on which it does.
public enum VolumeEvent: String, Sendable, Hashable, CaseIterable {
    /// A deal was created.
    case new
    /// A deal was won, by its close date.
    case won
    /// A deal was lost, by its close date.
    case lost
    /// A deal ended without a decision, by its close date.
    case noDecision = "no_decision"
    /// A deal went to a later stage, or was won.
    case progressed
    /// A deal went back to an earlier stage.
    case setback
    /// An open deal's close date moved later.
    case pushed
    /// A meeting with a customer was held.
    case meeting
    /// Of those, one of which the CRM does not say that it took place.
    case unconfirmedMeeting = "unconfirmed_meeting"
}

/// Events of one holder and window of days, summed by the database.
public struct VolumeCell: Sendable, Hashable {
    /// Whose they are.
    public let holder: DealHolder
    /// What happened.
    public let event: VolumeEvent
    /// In which window: 0 for the one that ends on the day read, 1 for the one before.
    public let window: Int
    /// How many, and what for; meetings and steps have no amount.
    public let sum: DealSum

    /// A cell.
    public init(holder: DealHolder, event: VolumeEvent, window: Int, sum: DealSum) {
        self.holder = holder
        self.event = event
        self.window = window
        self.sum = sum
    }
}

/// Of which events the warehouse can tell at all.
public struct VolumeSources: Sendable, Hashable {
    /// Whether any deal says when it was created.
    public let hasCreatedDates: Bool
    /// Whether any meeting is loaded.
    public let hasMeetings: Bool
    /// How many deals are closed but were to close after the day read, or on no day: they are in no window.
    public let closedWithoutDay: Int

    /// Those facts.
    public init(hasCreatedDates: Bool, hasMeetings: Bool, closedWithoutDay: Int) {
        self.hasCreatedDates = hasCreatedDates
        self.hasMeetings = hasMeetings
        self.closedWithoutDay = closedWithoutDay
    }
}
