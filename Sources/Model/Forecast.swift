/// Count and sum of some deals, in the company's currency at plan rates.
public struct DealSum: Sendable, Hashable {
    /// How many deals.
    public var count: Int
    /// Their amount; deals without one add nothing.
    public var amount: Amount
    /// What they are worth more at the rates of the day read than at plan rates, never part of `amount`; deals without
    /// one of the two rates add nothing.
    public var rateEffect: Amount

    /// No deals.
    public static let none = DealSum(count: 0, amount: .zero)

    /// So many deals of that amount together.
    public init(count: Int, amount: Amount, rateEffect: Amount = .zero) {
        self.count = count
        self.amount = amount
        self.rateEffect = rateEffect
    }

    /// Both together.
    public static func + (left: DealSum, right: DealSum) -> DealSum {
        DealSum(
            count: left.count + right.count, amount: left.amount + right.amount,
            rateEffect: left.rateEffect + right.rateEffect)
    }

    /// Adds to a sum.
    public static func += (left: inout DealSum, right: DealSum) {
        left = left + right
    }
}

/// Where a deal's close date stands to the period that is asked for.
public enum CloseTiming: String, Sendable, Hashable {
    /// In the period.
    case inPeriod = "in_period"
    /// Open without a close date: in no period.
    case undated
    /// Won without a close date: in no sum of any period.
    case wonUndated = "won_undated"
    /// Open with a close date before the day read and before the period.
    case earlierPastDue = "earlier_past_due"
    /// In the period after the one that is asked for.
    case nextPeriod = "next_period"
}

/// Deals of one owner, team, category and timing, summed by the database.
public struct ForecastCell: Sendable, Hashable {
    /// How deals count for the owner of a cell.
    public enum Credit: Sendable, Hashable {
        /// As they are.
        case whole
        /// As the owner's part of a deal that several people share: it is one deal of each node above them.
        case part(of: RecordID)
        /// Beside the deals themselves, in no total.
        case overlay
    }

    /// The owner's key, as the CRM has it; nil when the deal names none, and for several owners together.
    public let owner: RecordID?
    /// Whether the owner is among the people; without an `owner`, whether these are the deals of several who are.
    public let isOwnerKnown: Bool
    /// The team that the deals count for; nil without one.
    public let team: RecordID?
    /// The category.
    public let category: ForecastCategory
    /// In the period, undated, or past due from an earlier one.
    public let timing: CloseTiming
    /// Whether they are open with a close date before the day read.
    public let isPastDue: Bool
    /// Count and sum.
    public let sum: DealSum
    /// How many of them have which fault.
    public let faults: [DealFault: Int]
    /// How many of them are in their category by the default of their stage.
    public let stageDefaults: Int
    /// The owner's name, else the id; nil when the owner is not among the people.
    public let ownerName: String?
    /// How they count.
    public let credit: Credit
    /// Their sum as entered, in their own currency; nil where nobody asked for currencies.
    public let entered: EnteredSum?

    /// A cell.
    public init(
        owner: RecordID?, isOwnerKnown: Bool, team: RecordID?, category: ForecastCategory,
        timing: CloseTiming, isPastDue: Bool, sum: DealSum, faults: [DealFault: Int] = [:],
        stageDefaults: Int = 0, ownerName: String? = nil, credit: Credit = .whole,
        entered: EnteredSum? = nil
    ) {
        self.owner = owner
        self.isOwnerKnown = isOwnerKnown
        self.team = team
        self.category = category
        self.timing = timing
        self.isPastDue = isPastDue
        self.sum = sum
        self.faults = faults
        self.stageDefaults = stageDefaults
        self.ownerName = ownerName
        self.credit = credit
        self.entered = entered
    }
}

extension ForecastCell {
    /// The same deals taken out of those of their team's people together.
    public var takenFromOthers: ForecastCell {
        ForecastCell(
            owner: nil, isOwnerKnown: true, team: team, category: category, timing: timing,
            isPastDue: isPastDue,
            sum: DealSum(count: -sum.count, amount: -sum.amount, rateEffect: -sum.rateEffect),
            faults: faults.mapValues(-), stageDefaults: -stageDefaults, credit: credit)
    }
}

/// A planned amount of a node for the period that is asked for, in the company's currency.
public struct PlanAmount: Sendable, Hashable {
    /// What is planned.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case quota, budget, target, guidance

        /// The word above its column.
        public var title: String {
            switch self {
            case .quota: "Quota"
            case .budget: "Budget"
            case .target: "Target"
            case .guidance: "Guidance"
            }
        }
    }

    /// Whose plan it is.
    public enum Node: Sendable, Hashable {
        case company
        case team(RecordID)
        case person(RecordID)
    }

    /// Quota, budget, target or guidance.
    public let kind: Kind
    /// Whose.
    public let node: Node
    /// How much.
    public let amount: Amount
    /// The probability with which the plan expects it, 0…1; nil when its lines state none, or several.
    public let confidence: Amount?

    /// A planned amount.
    public init(kind: Kind, node: Node, amount: Amount, confidence: Amount? = nil) {
        self.kind = kind
        self.node = node
        self.amount = amount
        self.confidence = confidence
    }
}
