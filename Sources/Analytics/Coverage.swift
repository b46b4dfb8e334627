import Model

/// Whether what is open is enough for what is planned: metrics 4 to 7 for a node on a day.
public struct Coverage: Sendable {
    /// What is planned; nil without a plan.
    public let plan: Amount?
    /// Won in the period.
    public let closed: Amount
    /// Metric 1.
    public let open: Amount
    /// What the same day of past periods says.
    public let past: RequiredCoverage
    private let places: Int

    /// The coverage of a node.
    ///
    /// - Parameter places: The decimal places of the currency's smallest unit.
    public init(plan: Amount?, closed: Amount, open: Amount, past: [PastCoverage], places: Int) {
        self.plan = plan
        self.closed = closed
        self.open = open
        self.past = RequiredCoverage(past)
        self.places = places
    }

    /// What is still to be won: plan − closed, zero once the plan is met; nil without a plan above zero.
    public var toGo: Amount? {
        plan.flatMap { $0 > .zero ? max(.zero, $0 - closed) : nil }
    }

    /// Whether nothing is left to go; nil without a plan above zero.
    public var isMet: Bool? { toGo.map { $0 == .zero } }

    /// Metric 4, coverage: open / plan.
    public var total: Double? { plan.flatMap { open.ratio(to: $0) } }

    /// Metric 5, coverage to go: open / (plan − closed); nil once the plan is met.
    public var ratio: Double? { toGo.flatMap { open.ratio(to: $0) } }

    /// What share of the open amount must be won to meet the plan; nil once it is met, and where nothing is open.
    public var mustWin: Double? {
        guard isMet == false else { return nil }
        return toGo?.ratio(to: open)
    }

    /// What was usually open on this day for so much to go; nil without a past, and once the plan is met.
    public var usualOpen: Amount? {
        guard isMet == false else { return nil }
        return toGo.flatMap { past.usualOpen(for: $0, places: places) }
    }

    /// By how much less is open than usual; below zero where it is more.
    public var shortBy: Amount? { usualOpen.map { $0 - open } }
}
