/// Whose deals they are: the owner, and the team for which they count.
public struct DealHolder: Sendable, Hashable {
    /// The owner; nil without one.
    public let owner: RecordID?
    /// Whether the owner is among the people.
    public let isOwnerKnown: Bool
    /// The team; nil without one.
    public let team: RecordID?

    /// A holder of those.
    public init(owner: RecordID?, isOwnerKnown: Bool, team: RecordID?) {
        self.owner = owner
        self.isOwnerKnown = isOwnerKnown
        self.team = team
    }
}

/// A part of how a period stood on a day and of what it landed at.
///
/// What it landed at is one sum in two divisions: by whose it was in the end (`landed`), and by what it had been on the
/// day (the other parts of that name, which add up to it).
public enum StandingPart: String, Sendable, Hashable, CaseIterable {
    case closed, commit
    case bestCase = "best_case"
    case pipeline
    /// What the deals that were closed on the day counted for in the end.
    case landedClosed = "landed_closed"
    /// What the deals that were in commit on the day were won for in the period.
    case landedCommit = "landed_commit"
    case landedBestCase = "landed_best_case"
    case landedPipeline = "landed_pipeline"
    /// What came from deals that were known on the day, but open in another period or in none of the categories.
    case landedMoved = "landed_moved"
    /// What came from deals that were first known after the day.
    case landedCreated = "landed_created"
    /// All that was won in the period.
    case landed

    /// What the deals of a category are on the day; nil for those in no sum of the period.
    public init?(_ category: ForecastCategory) {
        switch category {
        case .closed: self = .closed
        case .commit: self = .commit
        case .bestCase: self = .bestCase
        case .pipeline: self = .pipeline
        case .omitted, .unmapped: return nil
        }
    }

    /// What deals that were in this part on the day are in the end.
    public var inTheEnd: StandingPart {
        switch self {
        case .closed: .landedClosed
        case .commit: .landedCommit
        case .bestCase: .landedBestCase
        case .pipeline: .landedPipeline
        default: self
        }
    }
}

/// How a period stood on a day, and what it landed at: count and sum of each part.
public struct StandingSums: Sendable, Hashable {
    private var parts = [DealSum](repeating: .none, count: StandingPart.allCases.count)

    /// No deals.
    public init() {}

    /// The sum of a part.
    public subscript(part: StandingPart) -> DealSum {
        get { parts[part.place] }
        set { parts[part.place] = newValue }
    }

    /// Metric 1: commit, best case and pipeline.
    public var open: DealSum { self[.commit] + self[.bestCase] + self[.pipeline] }

    /// What the deals that were open on the day were won for in the period.
    public var landedOpen: DealSum { self[.landedCommit] + self[.landedBestCase] + self[.landedPipeline] }

    /// Adds the sums of others.
    public static func += (left: inout StandingSums, right: StandingSums) {
        for place in left.parts.indices { left.parts[place] += right.parts[place] }
    }
}

extension StandingPart {
    fileprivate var place: Int {
        switch self {
        case .closed: 0
        case .commit: 1
        case .bestCase: 2
        case .pipeline: 3
        case .landedClosed: 4
        case .landedCommit: 5
        case .landedBestCase: 6
        case .landedPipeline: 7
        case .landedMoved: 8
        case .landedCreated: 9
        case .landed: 10
        }
    }
}

/// Of which period a standing speaks, on which day, and on which day the period counts as landed.
public struct StandingKey: Sendable, Hashable {
    /// The period.
    public let period: Period
    /// The day on which it stood so.
    public let day: Day
    /// The day whose end says what it landed at: that on which it is frozen, else its last.
    public let landedDay: Day

    /// A key of those.
    public init(period: Period, day: Day, landedDay: Day) {
        self.period = period
        self.day = day
        self.landedDay = landedDay
    }
}

/// How a period stood on a day, by whose deals they are.
public struct PeriodStanding: Sendable, Hashable {
    /// The period and the days.
    public let key: StandingKey
    /// The sums of each holder.
    public let sums: [DealHolder: StandingSums]

    /// A standing of those sums.
    public init(key: StandingKey, sums: [DealHolder: StandingSums]) {
        self.key = key
        self.sums = sums
    }
}
