import Model

/// What the CRM says of a deal at one moment.
public struct DealState: Sendable, Hashable {
    /// The stage.
    public var stage = SalesStage.prospecting
    /// The category that the owner gave it; nil leaves it to the stage.
    public var category: DealCategory?
    /// In cents of the deal's currency; nil while not entered.
    public var amount: Int?
    /// The day on which it is expected to close, or closed; nil while not entered.
    public var closeDate: Day?
    /// The index of the owner in the organisation's people.
    public var owner = 0
    /// The next step as the owner wrote it.
    public var nextStep = ""
    /// Why it was lost; empty unless it was.
    public var lossReason = ""

    /// The state of a deal of which nothing is known yet.
    public init() {}

    /// The category that counts.
    public var effectiveCategory: DealCategory {
        category ?? stage.category
    }

    /// The column of the forecast of a period in which the deal counts: closed when it was won
    /// there, else its category; nil when it does not count (another period, lost, omitted, no amount).
    public func column(in period: Period) -> DealCategory? {
        guard let closeDate, amount != nil, period.contains(closeDate) else { return nil }
        if stage == .won { return .closed }
        guard stage.isOpen, effectiveCategory != .omitted else { return nil }
        return effectiveCategory
    }

    mutating func apply(_ field: DealChange.Field) {
        switch field {
        case .stage(let value): stage = value
        case .category(let value): category = value
        case .amount(let value): amount = value
        case .closeDate(let value): closeDate = value
        case .owner(let value): owner = value
        case .nextStep(let value): nextStep = value
        case .lossReason(let value): lossReason = value
        }
    }
}
