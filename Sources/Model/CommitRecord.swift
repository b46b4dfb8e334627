/// How long before it was decided a deal was known, and in commit.
public struct EndedDeal: Sendable, Hashable {
    /// The deal.
    public let id: RecordID
    /// Whose it was in the end.
    public let owner: RecordID?
    /// Whether it was won; else it was lost, or ended without a decision.
    public let isWon: Bool
    /// Days from the first day on which it was known to the close date; nil without one.
    public let knownDays: Int?
    /// Whether it was there on the first day of which anything is known: then both numbers of days are at least so many.
    public let isFirstKnownUnknown: Bool
    /// Whether it was ever open and in commit.
    public let wasInCommit: Bool
    /// Days from the first day on which it was to the close date; nil when it never was, or without a close date.
    public let commitDays: Int?

    /// A decided deal of those facts.
    public init(
        id: RecordID, owner: RecordID?, isWon: Bool, knownDays: Int?, isFirstKnownUnknown: Bool,
        wasInCommit: Bool, commitDays: Int?
    ) {
        self.wasInCommit = wasInCommit
        self.id = id
        self.owner = owner
        self.isWon = isWon
        self.knownDays = knownDays
        self.isFirstKnownUnknown = isFirstKnownUnknown
        self.commitDays = commitDays
    }
}

/// A deal that was in commit for a period, and what became of it.
public struct CommitStay: Sendable, Hashable {
    /// The deal.
    public let id: RecordID
    /// The period's label.
    public let period: String
    /// The last day of the period.
    public let periodEnd: Day
    /// Who had it when it was in commit last; nil without one.
    public let owner: RecordID?
    /// The first day on which it was no longer in commit for the period; nil while it is.
    public let leftOn: Day?
    /// Whether the period is over.
    public let isOver: Bool
    /// Whether it was won in the period.
    public let isLanded: Bool
    /// The day on which somebody first flagged a risk while it was in commit; nil for never.
    public let flaggedOn: Day?
    /// The day on which somebody first called it lower, or for later, while it was in commit; nil for never.
    public let loweredOn: Day?

    /// A stay of those facts.
    public init(
        id: RecordID, period: String, periodEnd: Day, owner: RecordID?, leftOn: Day?, isOver: Bool,
        isLanded: Bool, flaggedOn: Day?, loweredOn: Day?
    ) {
        self.id = id
        self.period = period
        self.periodEnd = periodEnd
        self.owner = owner
        self.leftOn = leftOn
        self.isOver = isOver
        self.isLanded = isLanded
        self.flaggedOn = flaggedOn
        self.loweredOn = loweredOn
    }

    /// By how many days the first word of risk came before the deal left commit or its period ended; nil when it landed,
    /// when its period is not over, or when nobody told before.
    public var disclosedDaysBefore: Int? {
        guard isOver, !isLanded, let told = [flaggedOn, loweredOn].compactMap(\.self).min() else {
            return nil
        }
        let slip = min(leftOn ?? periodEnd + 1, periodEnd + 1)
        return told < slip ? slip - told : nil
    }
}
