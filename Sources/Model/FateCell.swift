/// Deals, visits of stages or leads that began in the same month and fared alike: what conversion is counted from.
public struct FateCell: Sendable, Hashable {
    /// Whose they are; nil where nobody asked.
    public let holder: DealHolder?
    /// What they are told apart by: a type, a source, a segment, a competitor; nil without one.
    public let slice: String?
    /// From which step of the process on they are followed: a stage; nil for the whole of it.
    public let step: RecordID?
    /// The first day of the month in which they began; nil when unknown.
    public let month: Day?
    /// Whether they came through: on to a later stage, to a deal, to a win.
    public let isReached: Bool
    /// How their deals stand on the day read.
    public let kind: DealKind
    /// Days until they came through, else to their end, else to the day read; nil when unknown.
    public let days: Int?
    /// Whether they ended in the period asked for.
    public let isInPeriod: Bool
    /// How many there are.
    public let count: Int
    /// What those are worth of which an amount on entry to the qualified stage is known.
    public let valued: DealSum
    /// The largest of those amounts.
    public let largest: Amount

    /// A cell.
    public init(
        holder: DealHolder? = nil, slice: String? = nil, step: RecordID? = nil, month: Day?, isReached: Bool,
        kind: DealKind, days: Int?, isInPeriod: Bool = false, count: Int, valued: DealSum = .none,
        largest: Amount = .zero
    ) {
        self.holder = holder
        self.slice = slice
        self.step = step
        self.month = month
        self.isReached = isReached
        self.kind = kind
        self.days = days
        self.isInPeriod = isInPeriod
        self.count = count
        self.valued = valued
        self.largest = largest
    }
}

/// A stage of the sales process on a day.
public struct ProcessStage: Sendable, Hashable {
    /// The key.
    public let id: RecordID
    /// The name, else the id.
    public let name: String
    /// The place in the process, from 1; nil without one.
    public let position: Int?
    /// Whether deals in it are neither won nor lost nor without a decision.
    public let isOpen: Bool
    /// Whether it is open and a deal in it is qualified.
    public let isQualified: Bool

    /// A stage.
    public init(id: RecordID, name: String, position: Int?, isOpen: Bool, isQualified: Bool) {
        self.id = id
        self.name = name
        self.position = position
        self.isOpen = isOpen
        self.isQualified = isQualified
    }
}

/// How often deals went from one stage to another.
public struct StageMove: Sendable, Hashable {
    /// The stage that they left; nil for deals that were not there.
    public let from: String?
    /// The stage to which they went; nil where they vanished.
    public let to: String?
    /// The places of both in the process.
    public let fromPosition, toPosition: Int?
    /// Whether an open stage lies between; nil when a position is not known.
    public let isSkip: Bool?
    /// Whether it leads back; nil when a position is not known.
    public let isBackward: Bool?
    /// How many.
    public let count: Int

    /// A move.
    public init(
        from: String?, to: String?, fromPosition: Int?, toPosition: Int?, isSkip: Bool? = nil,
        isBackward: Bool? = nil, count: Int
    ) {
        self.from = from
        self.to = to
        self.fromPosition = fromPosition
        self.toPosition = toPosition
        self.isSkip = isSkip
        self.isBackward = isBackward
        self.count = count
    }
}
