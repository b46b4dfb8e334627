/// A night's change of a deal.
public struct DealChange: Sendable, Hashable {
    /// What a change is.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case appeared, changed, vanished, returned
    }

    /// The first day on which the CRM said so.
    public let day: Day
    /// What it is.
    public let kind: Kind
    /// The column that changed; nil where the whole deal appears, vanishes or returns.
    public let field: String?
    /// What it was, as canonical text; nil for nothing.
    public let old: String?
    /// What it is from then on; nil for nothing.
    public let new: String?
    /// The day after which it changed; nil on the first day known.
    public let seenBefore: Day?
    /// Whether nothing is known before.
    public let isFirstDay: Bool
    /// Whether the CRM's own history tells it.
    public let isFromHistory: Bool
    /// Whether what it was is assumed, since that history does not tell of the field.
    public let isAssumed: Bool
    /// Whether a snapshot that was due lies between and is missing.
    public let isAfterGap: Bool
    /// The load that brought what says so.
    public let load: Int?
    /// Who changed it, in the CRM's words; nil when the CRM's history does not tell.
    public let author: String?

    /// A change of those facts.
    public init(
        day: Day, kind: Kind, field: String?, old: String?, new: String?, seenBefore: Day?,
        isFirstDay: Bool, isFromHistory: Bool, isAssumed: Bool, isAfterGap: Bool, load: Int?,
        author: String?
    ) {
        self.day = day
        self.kind = kind
        self.field = field
        self.old = old
        self.new = new
        self.seenBefore = seenBefore
        self.isFirstDay = isFirstDay
        self.isFromHistory = isFromHistory
        self.isAssumed = isAssumed
        self.isAfterGap = isAfterGap
        self.load = load
        self.author = author
    }
}

/// A deal's visit of a stage.
public struct StageVisit: Sendable, Hashable {
    /// The stage's name, else its id; nil for none.
    public let stage: String?
    /// The first day in it.
    public let entered: Day
    /// The first day no longer in it; nil while it goes on.
    public let exited: Day?
    /// How many days.
    public let days: Int
    /// The stage entered next, by name, else id; nil for none.
    public let next: String?
    /// Whether the step left out an open stage.
    public let isSkip: Bool
    /// Whether the step went back.
    public let isBackward: Bool
    /// Whether the visit ended because the deal vanished.
    public let isVanished: Bool
    /// Whether it began on the first day known.
    public let isEntryUnknown: Bool

    /// A visit of those facts.
    public init(
        stage: String?, entered: Day, exited: Day?, days: Int, next: String?, isSkip: Bool,
        isBackward: Bool, isVanished: Bool, isEntryUnknown: Bool
    ) {
        self.stage = stage
        self.entered = entered
        self.exited = exited
        self.days = days
        self.next = next
        self.isSkip = isSkip
        self.isBackward = isBackward
        self.isVanished = isVanished
        self.isEntryUnknown = isEntryUnknown
    }
}

/// Something done or planned with a customer of a deal.
public struct DealActivity: Sendable, Hashable {
    /// The day on which it is or was to be; nil when the CRM does not say.
    public let day: Day?
    /// call, email, meeting …
    public let kind: String?
    /// The subject line.
    public let subject: String?
    /// Who does it.
    public let owner: RecordID?
    /// Whether it is done, or was held; nil when the CRM does not say.
    public let isDone: Bool?
    /// What came of it.
    public let outcome: String?

    /// An activity of those facts.
    public init(
        day: Day?, kind: String?, subject: String?, owner: RecordID?, isDone: Bool?, outcome: String?
    ) {
        self.day = day
        self.kind = kind
        self.subject = subject
        self.owner = owner
        self.isDone = isDone
        self.outcome = outcome
    }
}

/// A deal as of a day, as far as its story begins with it.
public struct DealHead: Sendable, Hashable {
    /// The account's name, else its id.
    public let account: String?
    /// The owner's name, else the id.
    public let ownerName: String?
    /// The team that it counts for.
    public let team: RecordID?
    /// The stage's name, else its id.
    public let stage: String?
    /// What it is.
    public let kind: DealKind
    /// The category.
    public let category: ForecastCategory
    /// The amount in the company's currency; nil without amount or rate.
    public let companyAmount: Amount?
    /// The amount in its own currency.
    public let amount: Amount?
    /// Its own currency.
    public let currency: String?
    /// The close date.
    public let closeDate: Day?
    /// The day on which the CRM says that it was created.
    public let createdDate: Day?
    /// Why it was lost.
    public let lossReason: String?

    /// A deal of those facts.
    public init(
        account: String?, ownerName: String?, team: RecordID?, stage: String?, kind: DealKind,
        category: ForecastCategory, companyAmount: Amount?, amount: Amount?, currency: String?,
        closeDate: Day?, createdDate: Day?, lossReason: String?
    ) {
        self.account = account
        self.ownerName = ownerName
        self.team = team
        self.stage = stage
        self.kind = kind
        self.category = category
        self.companyAmount = companyAmount
        self.amount = amount
        self.currency = currency
        self.closeDate = closeDate
        self.createdDate = createdDate
        self.lossReason = lossReason
    }
}

/// A span of days over which a deal was in the forecast of one period and category.
public struct ForecastStay: Sendable, Hashable {
    /// The first day.
    public let from: Day
    /// The first day after it; nil while it holds.
    public let to: Day?
    /// The period of its close date; nil without one.
    public let period: Period?
    /// What it was.
    public let kind: DealKind
    /// The category.
    public let category: ForecastCategory

    /// A stay of those facts.
    public init(from: Day, to: Day?, period: Period?, kind: DealKind, category: ForecastCategory) {
        self.from = from
        self.to = to
        self.period = period
        self.kind = kind
        self.category = category
    }
}
