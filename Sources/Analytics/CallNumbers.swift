import Model

/// A call that stands at a node, and its number as the sums beside it are: cumulative, in the company's currency.
public struct StandingCall: Sendable, Hashable {
    /// The call.
    public let call: Call
    /// Where the period lands by it.
    public let amount: Amount

    /// A call with its number.
    public init(call: Call, amount: Amount) {
        self.call = call
        self.amount = amount
    }
}

/// The numbers of one node for a period and category, side by side; all cumulative and in the company's currency.
public struct CallNumbers: Sendable, Hashable {
    /// What the deals say: metric 2.
    public var calculated: Amount
    /// What the deals of that category alone say.
    public var calculatedExclusive: Amount
    /// The children's effective numbers; for a node without children what its deals say.
    public var rolledUp: Amount
    /// By how much overrides below move the rolled-up number.
    public var indirect: Amount
    /// The node's own last call; nil when it has none or took it back.
    public var submitted: StandingCall?
    /// What was set from above in its place, and stands.
    public var override: StandingCall?
    /// The last day on which the node spoke, by either kind of call; nil for never.
    public var lastSpoken: Day?

    /// Numbers of a node nobody called for.
    public init(
        calculated: Amount, calculatedExclusive: Amount = .zero, rolledUp: Amount, indirect: Amount = .zero
    ) {
        self.calculated = calculated
        self.calculatedExclusive = calculatedExclusive
        self.rolledUp = rolledUp
        self.indirect = indirect
    }

    /// The call that decides: the override, else the node's own; nil when the number is rolled up.
    public var deciding: StandingCall? { override ?? submitted }

    /// Metric 3, the call: the live override, else the node's own submission, else the rolled-up number.
    public var effective: Amount { deciding?.amount ?? rolledUp }

    /// What people add to what the deals say.
    public var judgement: Amount { effective - calculated }

    /// The numbers of one node in several lines together, as for a person who has moved.
    static func + (left: CallNumbers, right: CallNumbers) -> CallNumbers {
        var sum = CallNumbers(
            calculated: left.calculated + right.calculated,
            calculatedExclusive: left.calculatedExclusive + right.calculatedExclusive,
            rolledUp: left.rolledUp + right.rolledUp,
            indirect: left.indirect + right.indirect)
        let rest = left.deciding == nil ? left.effective : right.effective
        func joined(_ call: StandingCall?) -> StandingCall? {
            call.map { StandingCall(call: $0.call, amount: $0.amount + rest) }
        }
        sum.submitted = joined(left.submitted ?? right.submitted)
        sum.override = joined(left.override ?? right.override)
        sum.lastSpoken = left.lastSpoken ?? right.lastSpoken
        return sum
    }
}
