/// Deals that ended alike, with how long they took and what they were worth.
public struct ResolvedCell: Sendable, Hashable {
    /// Whose they are; nil where nobody asked.
    public let holder: DealHolder?
    /// What they are told apart by; nil without one.
    public let slice: String?
    /// Won, lost or without a decision.
    public let kind: DealKind
    /// How many there are.
    public let count: Int
    /// Of how many of them the days from creation to the end are known.
    public let timed: Int
    /// Those days together.
    public let days: Int
    /// What those are worth that have an amount and a rate, as of the day read.
    public let valued: DealSum

    /// A cell.
    public init(
        holder: DealHolder? = nil, slice: String? = nil, kind: DealKind, count: Int, timed: Int, days: Int,
        valued: DealSum
    ) {
        self.holder = holder
        self.slice = slice
        self.kind = kind
        self.count = count
        self.timed = timed
        self.days = days
        self.valued = valued
    }
}

/// An open deal with how long it has been there.
public struct OpenDealAge: Sendable, Hashable {
    /// The key.
    public let id: RecordID
    /// The name, else the id.
    public let name: String
    /// Whose it is.
    public let holder: DealHolder
    /// The owner's name, else the id.
    public let ownerName: String?
    /// The account's segment.
    public let segment: String?
    /// The stage; nil without one.
    public let stage: RecordID?
    /// Its name, else its id.
    public let stageName: String?
    /// Whether a deal in its stage is qualified.
    public let isQualified: Bool
    /// Whether its close date lies before the day read.
    public let isPastDue: Bool
    /// Days since its creation; nil when unknown.
    public let days: Int?
    /// Days since it entered its stage; nil when unknown.
    public let stageDays: Int?
    /// The amount at the plan rate; nil without amount or rate.
    public let amount: Amount?

    /// A deal of those facts.
    public init(
        id: RecordID, name: String, holder: DealHolder, ownerName: String? = nil, segment: String?,
        stage: RecordID?, stageName: String?, isQualified: Bool, isPastDue: Bool, days: Int?, stageDays: Int?,
        amount: Amount?
    ) {
        self.id = id
        self.name = name
        self.holder = holder
        self.ownerName = ownerName
        self.segment = segment
        self.stage = stage
        self.stageName = stageName
        self.isQualified = isQualified
        self.isPastDue = isPastDue
        self.days = days
        self.stageDays = stageDays
        self.amount = amount
    }
}
