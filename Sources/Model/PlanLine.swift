/// A planned amount as a file states it, in the company's currency at the plan rate.
public struct PlanLine: Sendable, Hashable {
    /// Quota, budget, target or guidance.
    public let kind: PlanAmount.Kind
    /// Whose.
    public let node: PlanAmount.Node
    /// The label of the period it is for.
    public let period: String
    /// The part of the business; nil for all of it.
    public let businessLine: String?
    /// How much.
    public let amount: Amount

    /// A planned amount.
    public init(
        kind: PlanAmount.Kind, node: PlanAmount.Node, period: String, businessLine: String?, amount: Amount
    ) {
        self.kind = kind
        self.node = node
        self.period = period
        self.businessLine = businessLine
        self.amount = amount
    }
}
