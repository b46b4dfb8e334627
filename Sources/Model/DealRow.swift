/// A deal as of a day, as a rollup counts it: one deal of a `ForecastCell`.
public struct DealRow: Sendable, Hashable {
    /// The key.
    public let id: RecordID
    /// The name; the id where the CRM gives none.
    public let name: String
    /// The account's name, else its id; nil without one.
    public let account: String?
    /// The owner's key; nil without one.
    public let owner: RecordID?
    /// The owner's name, else the id as the CRM has it; nil without an owner.
    public let ownerName: String?
    /// Whether the owner is among the people.
    public let isOwnerKnown: Bool
    /// The team that it counts for; nil without one.
    public let team: RecordID?
    /// The stage's name, else its id.
    public let stage: String?
    /// The category.
    public let category: ForecastCategory
    /// Where the category comes from: `outcome`, `crm`, `stage` or `none`.
    public let categoryFrom: String
    /// In the period, undated, or past due from an earlier one.
    public let timing: CloseTiming
    /// Whether it is open with a close date before the day read.
    public let isPastDue: Bool
    /// The amount in the deal's own currency; nil when not entered.
    public let amount: Amount?
    /// The deal's own currency; nil when unknown.
    public let currency: String?
    /// The amount in the company's currency at the plan rate; nil without amount or rate. Of a shared deal that is looked
    /// at from a team or person, what they are credited with.
    public private(set) var companyAmount: Amount?
    /// The close date; nil without one.
    public let closeDate: Day?
    /// The next step as the owner wrote it.
    public let nextStep: String?
    /// What is odd about it.
    public let faults: Set<DealFault>
    /// Who is credited with which part of it; empty when it is its owner's alone.
    public var parts: [CreditPart] = []

    /// A deal of those facts.
    public init(
        id: RecordID, name: String, account: String?, owner: RecordID?, ownerName: String?,
        isOwnerKnown: Bool,
        team: RecordID?, stage: String?, category: ForecastCategory, categoryFrom: String,
        timing: CloseTiming,
        isPastDue: Bool, amount: Amount?, currency: String?, companyAmount: Amount?, closeDate: Day?,
        nextStep: String?, faults: Set<DealFault> = []
    ) {
        self.id = id
        self.name = name
        self.account = account
        self.owner = owner
        self.ownerName = ownerName
        self.isOwnerKnown = isOwnerKnown
        self.team = team
        self.stage = stage
        self.category = category
        self.categoryFrom = categoryFrom
        self.timing = timing
        self.isPastDue = isPastDue
        self.amount = amount
        self.currency = currency
        self.companyAmount = companyAmount
        self.closeDate = closeDate
        self.nextStep = nextStep
        self.faults = faults
    }
}

extension DealRow {
    /// The cells that this deal makes: one for its owner, or one for each who is credited with a part.
    public var cells: [ForecastCell] {
        parts.isEmpty ? [cell] : parts.map { cell.part($0, of: id) }
    }

    /// The same deal of which those parts alone are looked at.
    public func credited(_ parts: [CreditPart]) -> DealRow {
        var credited = self
        credited.parts = parts
        if companyAmount != nil {
            credited.companyAmount = parts.reduce(Amount.zero) { $0 + ($1.amount ?? .zero) }
        }
        return credited
    }

    /// The cell that this deal makes for its owner alone.
    var cell: ForecastCell {
        ForecastCell(
            owner: owner, isOwnerKnown: isOwnerKnown, team: team, category: category, timing: timing,
            isPastDue: isPastDue, sum: DealSum(count: 1, amount: companyAmount ?? .zero),
            faults: Dictionary(uniqueKeysWithValues: faults.map { ($0, 1) }),
            stageDefaults: categoryFrom == "stage" ? 1 : 0, ownerName: ownerName)
    }
}
