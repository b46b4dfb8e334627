/// How a deal ended.
public enum DealEnding: String, Sendable, Hashable, CaseIterable {
    case won, lost
    case noDecision = "no_decision"
    /// Never one that could be won.
    case disqualified
}

/// Deals that ended alike: counted by the database.
public struct EndingCell: Sendable, Hashable {
    /// What is told of a loss.
    public struct Story: Sendable, Hashable {
        /// The review's reason, else the seller's; nil when nobody knows.
        public let reason: String?
        /// Whether it was reviewed.
        public let isReviewed: Bool
        /// Whether the review found another reason than the seller gave.
        public let isCorrected: Bool
        /// Whether we were outsold, as the review says, else the seller; nil when nobody says.
        public let isOutsold: Bool?
        /// The competitor's name; nil for none.
        public let competitor: String?
        /// The name of the stage from which it was lost; nil when not known.
        public let stage: String?
        /// That stage's place in the process.
        public let stagePosition: Int?

        /// A story of those.
        public init(
            reason: String?, isReviewed: Bool, isCorrected: Bool, isOutsold: Bool?, competitor: String?,
            stage: String?, stagePosition: Int?
        ) {
            self.reason = reason
            self.isReviewed = isReviewed
            self.isCorrected = isCorrected
            self.isOutsold = isOutsold
            self.competitor = competitor
            self.stage = stage
            self.stagePosition = stagePosition
        }
    }

    /// What is known of the prospect.
    public struct Prospect: Sendable, Hashable {
        /// Where the deal came from.
        public let source: String?
        /// The band of its lead's score.
        public let band: String?
        /// The account's segment.
        public let segment: String?

        /// A prospect of those.
        public init(source: String?, band: String?, segment: String?) {
            self.source = source
            self.band = band
            self.segment = segment
        }
    }

    /// Whose deals they are.
    public let holder: DealHolder
    /// How they ended.
    public let ending: DealEnding
    /// Why, where they were not won.
    public let story: Story
    /// With whom.
    public let prospect: Prospect
    /// The deals.
    public let sum: DealSum

    /// A cell of those.
    public init(holder: DealHolder, ending: DealEnding, story: Story, prospect: Prospect, sum: DealSum) {
        self.holder = holder
        self.ending = ending
        self.story = story
        self.prospect = prospect
        self.sum = sum
    }
}

/// Open deals that nobody may ever decide: older than nearly all others were when they ended.
public struct SilentCell: Sendable, Hashable {
    /// Whose deals they are.
    public let holder: DealHolder
    /// The deals.
    public let sum: DealSum

    /// A cell of those.
    public init(holder: DealHolder, sum: DealSum) {
        self.holder = holder
        self.sum = sum
    }
}

/// The age that all but one in twenty deals had when they ended.
public struct EndingAge: Sendable, Hashable {
    /// In days.
    public let days: Int
    /// Of how many deals it is.
    public let count: Int

    /// Of fewer deals it says nothing.
    public static let minimum = 20

    /// An age.
    public init(days: Int, count: Int) {
        self.days = days
        self.count = count
    }
}

/// What was given away in deals that were won.
public struct ConcessionCell: Sendable, Hashable {
    /// Whose deals they are.
    public let holder: DealHolder
    /// What was given.
    public let kind: String
    /// How many concessions.
    public let count: Int
    /// In how many deals.
    public let deals: Int
    /// For how many of them nothing came in return.
    public let untraded: Int
    /// What they are worth together, in the company's currency.
    public let amount: Amount
    /// The sum of the discounts in percent.
    public let discountSum: Amount
    /// Of how many concessions it is.
    public let discountCount: Int

    /// A cell of those.
    public init(
        holder: DealHolder, kind: String, count: Int, deals: Int, untraded: Int, amount: Amount,
        discountSum: Amount, discountCount: Int
    ) {
        self.holder = holder
        self.kind = kind
        self.count = count
        self.deals = deals
        self.untraded = untraded
        self.amount = amount
        self.discountSum = discountSum
        self.discountCount = discountCount
    }
}

/// How many of a holder's deals are decided and won.
public struct EndingCount: Sendable, Hashable {
    /// Whose deals they are.
    public let holder: DealHolder
    /// Won, lost or without a decision.
    public let decided: Int
    /// Won.
    public let won: Int

    /// A count of those.
    public init(holder: DealHolder, decided: Int, won: Int) {
        self.holder = holder
        self.decided = decided
        self.won = won
    }
}
