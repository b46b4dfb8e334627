/// Of what a call speaks, from the surest to the least sure.
public enum CallCategory: String, Sendable, Hashable, CaseIterable {
    case closed, commit
    /// Between commit and best case, where a CRM has it; the warehouse knows no deals of that category.
    case mostLikely = "most_likely"
    case bestCase = "best_case"
    case pipeline

    /// The word for people.
    public var title: String {
        switch self {
        case .closed: "Closed"
        case .commit: "Commit"
        case .mostLikely: "Most likely"
        case .bestCase: "Best case"
        case .pipeline: "Pipeline"
        }
    }

    /// The deals of this category alone.
    public var exclusive: Set<ForecastCategory> {
        switch self {
        case .closed: [.closed]
        case .commit: [.commit]
        case .mostLikely: []
        case .bestCase: [.bestCase]
        case .pipeline: [.pipeline]
        }
    }

    /// The deals of this category and of all that are surer: where the period lands.
    public var cumulative: Set<ForecastCategory> {
        Self.allCases.prefix { $0 != self }.reduce(exclusive) { $0.union($1.exclusive) }
    }

    /// The deals of a basis.
    public func deals(_ basis: CallBasis) -> Set<ForecastCategory> {
        basis == .cumulative ? cumulative : exclusive
    }
}

/// What a called number contains.
public enum CallBasis: String, Sendable, Hashable, CaseIterable {
    /// Where the period lands: closed and all that is surer included.
    case cumulative
    /// That category alone.
    case exclusive
}

/// By whom a call is made.
public enum CallKind: String, Sendable, Hashable, CaseIterable {
    /// By the node itself.
    case own
    /// By somebody above, in the place of the node's own number; stands until it is reset or replaced.
    case override
}

/// Whose number a call is.
public enum CallNode: Sendable, Hashable {
    case company
    case team(RecordID)
    case person(RecordID)
}

/// Whose number a call is, as the file says it: not yet looked up in the organisation.
public struct CallTarget: Sendable, Hashable {
    /// `company`, `team`, `person`, or `lead` for the team that a person leads.
    public let kind: String
    /// The id or the name; nil for the company.
    public let id: RecordID?

    /// A target.
    public init(kind: String, id: RecordID?) {
        self.kind = kind
        self.id = id
    }
}

/// A call as of a day: the last word of its kind on a node, period and category.
public struct Call: Sendable, Hashable {
    /// The key.
    public let id: RecordID
    /// Whose number it is, as the file says it.
    public let target: CallTarget
    /// Of what it speaks.
    public let category: CallCategory
    /// By the node itself, or from above.
    public let kind: CallKind
    /// What the number contains.
    public let basis: CallBasis
    /// The part of the business; nil for all of it.
    public let businessLine: String?
    /// What is forecast, mostly `bookings`.
    public let measure: String
    /// The number in its own currency; nil when it was taken back.
    public let amount: Amount?
    /// The currency; nil when nothing says it.
    public let currency: String?
    /// The number in the company's currency at the plan rate; nil when taken back, or without a rate.
    public let companyAmount: Amount?
    /// What the deals said when it was submitted, on the call's own basis and in the company's currency; nil when not kept.
    public let calculated: Amount?
    /// The instant in UTC, as texts that sort as instants do; nil when the file has none.
    public let instant: String?
    /// The same in the company's time zone, to the minute.
    public let time: String?
    /// The day on which it was submitted.
    public let day: Day
    /// Who submitted it.
    public let author: RecordID?
    /// What was noted.
    public let note: String?

    /// A call of those facts.
    public init(
        id: RecordID, target: CallTarget, category: CallCategory, kind: CallKind, basis: CallBasis,
        businessLine: String?, measure: String, amount: Amount?, currency: String?, companyAmount: Amount?,
        calculated: Amount?, instant: String?, time: String?, day: Day, author: RecordID?, note: String?
    ) {
        self.id = id
        self.target = target
        self.category = category
        self.kind = kind
        self.basis = basis
        self.businessLine = businessLine
        self.measure = measure
        self.amount = amount
        self.currency = currency
        self.companyAmount = companyAmount
        self.calculated = calculated
        self.instant = instant
        self.time = time
        self.day = day
        self.author = author
        self.note = note
    }

    /// Whether it has a number that cannot be brought into the company's currency.
    public var lacksRate: Bool { amount != nil && companyAmount == nil }
}

/// A deal on which a call stood, or that stands in its place now.
public struct BasisDeal: Sendable, Hashable {
    /// The key.
    public let id: RecordID
    /// The category.
    public let category: ForecastCategory
    /// The amount in the company's currency, of a deal that people share the owner's part; nil without one.
    public var amount: Amount?
    /// The owner, or who is credited with the part; nil without one.
    public let owner: RecordID?
    /// Whether the owner is among the people.
    public let isOwnerKnown: Bool
    /// The team for which it counts; nil without one.
    public let team: RecordID?

    /// A deal of those facts.
    public init(
        id: RecordID, category: ForecastCategory, amount: Amount?, owner: RecordID?, isOwnerKnown: Bool,
        team: RecordID?
    ) {
        self.id = id
        self.category = category
        self.amount = amount
        self.owner = owner
        self.isOwnerKnown = isOwnerKnown
        self.team = team
    }
}

/// Whose deals are to be read for some calls.
public struct BasisOwners: Sendable, Hashable {
    /// Those of all.
    public var isEverybody = false
    /// Those of people in one of these teams.
    public var teams: Set<RecordID> = []
    /// Those of these people, whatever their team.
    public var people: Set<RecordID> = []

    /// Nobody's.
    public init() {}
}
