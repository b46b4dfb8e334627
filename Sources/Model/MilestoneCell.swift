/// A milestone of the sales process, as answers name it.
public struct MilestoneTerm: Sendable, Hashable {
    /// The key.
    public let id: RecordID
    /// The name, else the id.
    public let name: String
    /// Its place in the process; nil when not stated.
    public let position: Int?
    /// The stage that it supports.
    public let stage: RecordID?
    /// The stage's name, else its id.
    public let stageName: String
    /// The stage's place in the process; nil when it is not among the stages.
    public let stagePosition: Int?

    /// A milestone of those.
    public init(
        id: RecordID, name: String, position: Int?, stage: RecordID?, stageName: String, stagePosition: Int?
    ) {
        self.id = id
        self.name = name
        self.position = position
        self.stage = stage
        self.stageName = stageName
        self.stagePosition = stagePosition
    }
}

/// How many deals of a holder came to a milestone's stage, and how many of them reached it.
public struct MilestoneCell: Sendable, Hashable {
    /// The milestone.
    public let milestone: RecordID
    /// Whose deals they are.
    public let holder: DealHolder
    /// Deals that came to its stage and had their time there.
    public let came: Int
    /// Of them those that reached it, with evidence.
    public let reached: Int
    /// Of them those for which it is claimed without evidence.
    public let bare: Int
    /// Open deals that have not reached it, still stand in its stage and have had their time.
    public let stuck: Int

    /// A cell of those.
    public init(
        milestone: RecordID, holder: DealHolder, came: Int, reached: Int, bare: Int, stuck: Int
    ) {
        self.milestone = milestone
        self.holder = holder
        self.came = came
        self.reached = reached
        self.bare = bare
        self.stuck = stuck
    }
}

/// How deals ended that, so many days after they came to a stage, were still open and had reached the same of its
/// milestones.
public struct LandmarkCell: Sendable, Hashable {
    /// The stage.
    public let stage: RecordID
    /// Those of its milestones that they had reached, with evidence.
    public let reached: Set<RecordID>
    /// Whose deals they are.
    public let holder: DealHolder
    /// How many were won, lost or ended without a decision.
    public let resolved: Int
    /// Of them those that were won.
    public let won: Int

    /// A cell of those.
    public init(stage: RecordID, reached: Set<RecordID>, holder: DealHolder, resolved: Int, won: Int) {
        self.stage = stage
        self.reached = reached
        self.holder = holder
        self.resolved = resolved
        self.won = won
    }
}

/// What is known of the qualification of a holder's open deals.
public struct QualificationCell: Sendable, Hashable {
    /// Whether each of the three criteria is met; nil while nobody has judged it.
    public struct Triad: Sendable, Hashable {
        /// What the customer needs can be done.
        public let functional: Bool?
        /// The money is there.
        public let financial: Bool?
        /// Those who decide want it.
        public let political: Bool?

        /// Those three.
        public init(functional: Bool?, financial: Bool?, political: Bool?) {
            self.functional = functional
            self.financial = financial
            self.political = political
        }

        /// The three in their order.
        public var all: [Bool?] { [functional, financial, political] }
    }

    /// Whose deals they are.
    public let holder: DealHolder
    /// The forecast category.
    public let category: ForecastCategory
    /// What is known.
    public let triad: Triad
    /// The deals.
    public let sum: DealSum

    /// A cell of those.
    public init(holder: DealHolder, category: ForecastCategory, triad: Triad, sum: DealSum) {
        self.holder = holder
        self.category = category
        self.triad = triad
        self.sum = sum
    }
}
