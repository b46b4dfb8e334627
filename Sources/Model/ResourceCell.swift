/// Requests for help of one kind, counted by the database.
public struct ResourceCell: Sendable, Hashable {
    /// Whose deals they are for.
    public let holder: DealHolder
    /// What was asked for.
    public let resource: String
    /// Whether the deal met the criteria; nil when nobody says.
    public let meetsCriteria: Bool?
    /// Whether it was granted; nil while nobody has decided.
    public let isGranted: Bool?
    /// Whether it was granted although it met no criteria.
    public let isException: Bool
    /// How the deal stands; nil for a request without a deal.
    public let kind: DealKind?
    /// How many requests.
    public let count: Int
    /// Their hours.
    public let hours: Amount
    /// What they cost, in the company's currency.
    public let cost: Amount

    /// A cell of those.
    public init(
        holder: DealHolder, resource: String, meetsCriteria: Bool?, isGranted: Bool?, isException: Bool,
        kind: DealKind?, count: Int, hours: Amount, cost: Amount
    ) {
        self.holder = holder
        self.resource = resource
        self.meetsCriteria = meetsCriteria
        self.isGranted = isGranted
        self.isException = isException
        self.kind = kind
        self.count = count
        self.hours = hours
        self.cost = cost
    }
}

/// How success factors that were agreed with customers stand.
public struct SuccessCell: Sendable, Hashable {
    /// How a factor stands.
    public enum Standing: String, Sendable, Hashable, CaseIterable {
        case met, missed
        /// Nobody has measured it a week after its day.
        case overdue
        case open
    }

    /// Whose deals they come from.
    public let holder: DealHolder
    /// How they stand.
    public let standing: Standing
    /// How many.
    public let count: Int
    /// Of them those that led to a further deal that was won.
    public let followed: Int

    /// A cell of those.
    public init(holder: DealHolder, standing: Standing, count: Int, followed: Int) {
        self.holder = holder
        self.standing = standing
        self.count = count
        self.followed = followed
    }
}

/// The meetings of a kind about a node.
public struct MeetingCell: Sendable, Hashable {
    /// What they are for.
    public let kind: String
    /// Of whom they speak; the company where the meeting names neither team nor person.
    public let node: CallNode
    /// How many were planned for the day read or before.
    public let planned: Int
    /// How many were held.
    public let held: Int
    /// How many on their day.
    public let onDay: Int

    /// A cell of those.
    public init(kind: String, node: CallNode, planned: Int, held: Int, onDay: Int) {
        self.kind = kind
        self.node = node
        self.planned = planned
        self.held = held
        self.onDay = onDay
    }
}

/// A person who is new, and when the first deal was won.
public struct RampStart: Sendable, Hashable {
    /// The person.
    public let person: RecordID
    /// The first day in the role, else the first day.
    public let start: Day
    /// The day from which a full quota is carried; nil when not stated.
    public let ramped: Day?
    /// The close date of the first deal won since; nil for none yet.
    public let firstWin: Day?
    /// The last day; nil while there.
    public let lastDay: Day?

    /// A start of those.
    public init(person: RecordID, start: Day, ramped: Day?, firstWin: Day?, lastDay: Day?) {
        self.person = person
        self.start = start
        self.ramped = ramped
        self.firstWin = firstWin
        self.lastDay = lastDay
    }
}
