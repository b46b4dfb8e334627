/// A deal on one day, as far as a comparison of two days asks.
public struct DealSide: Sendable, Hashable {
    /// Whose it is, and for which team it counts.
    public let holder: DealHolder
    /// Open, won, lost or ended without a decision.
    public let kind: DealKind
    /// The category.
    public let category: ForecastCategory
    /// The stage's name, else its id; nil without one, and where nobody asked for stages.
    public let stage: String?
    /// The close date; nil without one.
    public let closeDate: Day?
    /// The amount in the deal's own currency; nil when not entered.
    public let entered: Amount?
    /// The deal's own currency; nil when unknown.
    public let currency: String?
    /// The amount in the company's currency at the plan rate of the day; nil without amount or rate.
    public let amount: Amount?
    /// Who is credited with which part of it; empty when it is its owner's alone.
    public var parts: [CreditPart]

    /// A deal of those facts.
    public init(
        holder: DealHolder, kind: DealKind, category: ForecastCategory, stage: String? = nil,
        closeDate: Day?, entered: Amount?, currency: String?, amount: Amount?, parts: [CreditPart] = []
    ) {
        self.holder = holder
        self.kind = kind
        self.category = category
        self.stage = stage
        self.closeDate = closeDate
        self.entered = entered
        self.currency = currency
        self.amount = amount
        self.parts = parts
    }
}

/// A deal on two days, or several of one holder that stand as they stood.
public struct DealPair: Sendable, Hashable {
    /// Why a deal is not there on the later day.
    public enum Absence: Sendable, Hashable {
        case deleted
        /// Merged into the record of that id.
        case merged(into: String?)
    }

    /// The key; of several deals the first one's.
    public let id: RecordID
    /// How many deals it stands for.
    public let count: Int
    /// The earlier day; nil when it was not there.
    public let before: DealSide?
    /// The later day; nil when it is not there.
    public let after: DealSide?
    /// Why it is not there on the later day.
    public let absence: Absence
    /// Whether it was known before the earlier day, on which it was not there.
    public let isReturned: Bool
    /// The later day's amount at the earlier day's plan rate; nil without such a rate.
    public let afterAtOldRate: Amount?

    /// A pair of those.
    public init(
        id: RecordID, count: Int = 1, before: DealSide?, after: DealSide?, absence: Absence = .deleted,
        isReturned: Bool = false, afterAtOldRate: Amount? = nil
    ) {
        self.id = id
        self.count = count
        self.before = before
        self.after = after
        self.absence = absence
        self.isReturned = isReturned
        self.afterAtOldRate = afterAtOldRate
    }
}
