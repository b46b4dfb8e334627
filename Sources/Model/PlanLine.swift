/// A planned amount as a file states it, in the company's currency at the plan rate.
public struct PlanLine: Sendable, Hashable {
    /// The record's key.
    public let id: RecordID
    /// Quota, budget, target or guidance.
    public let kind: PlanAmount.Kind
    /// Whose.
    public let node: PlanAmount.Node
    /// The period it is for.
    public let period: Period
    /// The part of the business, such as `new` or a product; nil for all of it.
    public let businessLine: String?
    /// What is planned, in small letters: `bookings` unless the file says otherwise.
    public let measure: String
    /// How much.
    public let amount: Amount
    /// The probability with which the plan expects it, 0…1; nil when not stated.
    public let confidence: Amount?

    /// The measure of every sum of deals.
    public static let bookings = "bookings"

    /// A planned amount.
    public init(
        id: RecordID, kind: PlanAmount.Kind, node: PlanAmount.Node, period: Period, businessLine: String?,
        measure: String = PlanLine.bookings, amount: Amount, confidence: Amount? = nil
    ) {
        self.id = id
        self.kind = kind
        self.node = node
        self.period = period
        self.businessLine = businessLine
        self.measure = measure
        self.amount = amount
        self.confidence = confidence
    }
}

/// Why a plan line counts in no plan.
public enum PlanFault: String, Sendable, Hashable, CaseIterable {
    case kindUnknown = "plan_kind_unknown"
    case nodeKindUnknown = "plan_node_kind_unknown"
    case nodeUnknown = "plan_node_unknown"
    case periodUnknown = "plan_period_unknown"
    case amountMissing = "plan_amount_missing"
    case rateMissing = "plan_rate_missing"
    case quotaNegative = "plan_quota_negative"
    case twice = "plan_line_twice"
}

/// A plan line that counts in no plan.
public struct UncountedPlanLine: Sendable, Hashable {
    /// The record's key.
    public let id: RecordID
    /// Why.
    public let fault: PlanFault
    /// Its amount in the company's currency; nil where it has none.
    public let amount: Amount?

    /// A line of those.
    public init(id: RecordID, fault: PlanFault, amount: Amount?) {
        self.id = id
        self.fault = fault
        self.amount = amount
    }
}

/// What the warehouse holds of the plan of a period, its parts, and the longer periods in which it lies.
public struct PlanReading: Sendable, Hashable {
    /// The lines that can count.
    public let lines: [PlanLine]
    /// The lines that cannot.
    public let uncounted: [UncountedPlanLine]

    /// Those lines.
    public init(lines: [PlanLine], uncounted: [UncountedPlanLine] = []) {
        self.lines = lines
        self.uncounted = uncounted
    }
}
