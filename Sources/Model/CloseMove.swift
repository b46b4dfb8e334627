/// A move of a deal's close date.
public struct CloseMove: Sendable, Hashable {
    /// The deal.
    public let deal: RecordID
    /// The first day on which the CRM said so.
    public let day: Day
    /// The close date before; nil for none.
    public let from: Day?
    /// The close date from then on; nil for none.
    public let to: Day?
    /// Whether an open deal was moved later, or lost its date: metric 16.
    public let isPush: Bool
    /// Whether an open deal was moved earlier, or got a date: metric 17.
    public let isPull: Bool
    /// The label of the period that it left; nil for none.
    public let fromPeriod: String?
    /// The label of the period that it entered; nil for none.
    public let toPeriod: String?
    /// Whether a push left its period for a later one.
    public let isPeriodPush: Bool

    /// A move of those facts.
    public init(
        deal: RecordID, day: Day, from: Day?, to: Day?, isPush: Bool, isPull: Bool, fromPeriod: String?,
        toPeriod: String?, isPeriodPush: Bool
    ) {
        self.deal = deal
        self.day = day
        self.from = from
        self.to = to
        self.isPush = isPush
        self.isPull = isPull
        self.fromPeriod = fromPeriod
        self.toPeriod = toPeriod
        self.isPeriodPush = isPeriodPush
    }

    /// How many days later it is; below zero earlier; nil from or to no date.
    public var days: Int? {
        guard let from, let to else { return nil }
        return to - from
    }
}
