/// A rule of data quality: what is a defect of an open deal, and how heavily it weighs.
public struct QualityRule: Sendable, Hashable {
    /// The source of which it is said whether the rule can be measured.
    public let source: String
    /// The rule's id: `past_due`, `no_activity` …
    public let defect: String
    /// The version of its definition.
    public let version: Int
    /// The defect in words.
    public let title: String
    /// Its points: what a defect weighs among the others.
    public let weight: Amount
    /// From which number on it is a defect, in `unit`; nil where it has none.
    public let threshold: Amount?
    /// The unit of the threshold; nil without one.
    public let unit: String?
    /// Whether it says something of teams alone.
    public let isJudgedOfTeams: Bool
    /// What the exports lack for it; nil where it is measured.
    public let missing: String?

    /// A rule of those facts.
    public init(
        source: String, defect: String, version: Int, title: String, weight: Amount, threshold: Amount?,
        unit: String?, isJudgedOfTeams: Bool, missing: String?
    ) {
        self.source = source
        self.defect = defect
        self.version = version
        self.title = title
        self.weight = weight
        self.threshold = threshold
        self.unit = unit
        self.isJudgedOfTeams = isJudgedOfTeams
        self.missing = missing
    }
}

/// Open deals of one owner and team, held against one rule.
public struct QualityCell: Sendable, Hashable {
    /// Whose deals they are.
    public let holder: DealHolder
    /// The owner's name, else the id; nil when the owner is not among the people.
    public let ownerName: String?
    /// The rule's id; nil for all open deals, and those with any defect.
    public let defect: String?
    /// The deals of which the rule can be told.
    public let measured: DealSum
    /// Those of them that have the defect.
    public let found: DealSum

    /// A cell of those sums.
    public init(
        holder: DealHolder, ownerName: String?, defect: String?, measured: DealSum, found: DealSum
    ) {
        self.holder = holder
        self.ownerName = ownerName
        self.defect = defect
        self.measured = measured
        self.found = found
    }
}

/// An open deal with the defects in its data.
public struct FlawedDeal: Sendable, Hashable {
    /// The key.
    public let id: RecordID
    /// The name; the id where the CRM gives none.
    public let name: String
    /// Whose it is.
    public let holder: DealHolder
    /// The owner's name, else the id; nil without one.
    public let ownerName: String?
    /// The stage's name, else its id.
    public let stage: String?
    /// The category.
    public let category: ForecastCategory
    /// The close date; nil without one.
    public let closeDate: Day?
    /// The amount in the company's currency at the plan rate; nil without amount or rate.
    public let amount: Amount?
    /// Its defects by the rules' ids, in the order of the rules.
    public let defects: [String]
    /// How much of each, in the rule's unit; nil where the defect has no number.
    public let measures: [Int?]

    /// A deal of those facts.
    public init(
        id: RecordID, name: String, holder: DealHolder, ownerName: String?, stage: String?,
        category: ForecastCategory, closeDate: Day?, amount: Amount?, defects: [String], measures: [Int?]
    ) {
        self.id = id
        self.name = name
        self.holder = holder
        self.ownerName = ownerName
        self.stage = stage
        self.category = category
        self.closeDate = closeDate
        self.amount = amount
        self.defects = defects
        self.measures = measures
    }
}

/// How many of a person's activities were written down so many days after their day.
public struct EntryDelay: Sendable, Hashable {
    /// Who did them; nil where nobody is named.
    public let owner: RecordID?
    /// Calendar days from the activity's day to that on which it was written down; at least 0.
    public let days: Int
    /// How many activities.
    public let count: Int

    /// A number of activities.
    public init(owner: RecordID?, days: Int, count: Int) {
        self.owner = owner
        self.days = days
        self.count = count
    }
}
