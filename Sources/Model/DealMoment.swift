/// A deal as of a day, with where it counts: what a comparison of two days looks at.
public struct DealMoment: Sendable, Hashable {
    /// What became of it by the day.
    public enum Kind: String, Sendable, Hashable {
        case open, won, lost
        case noDecision = "no_decision"
    }

    /// A part of a deal that counts for one holder: the whole of it, or what a split credits.
    public struct Share: Sendable, Hashable {
        /// For whom it counts.
        public let holder: DealHolder
        /// The holder's name, else the id; nil without an owner.
        public let name: String?
        /// How much of the deal it is, in per cent.
        public let percent: Amount
        /// In the company's currency at the plan rate; nil without amount or rate.
        public let amount: Amount?

        /// A part of those facts.
        public init(holder: DealHolder, name: String? = nil, percent: Amount = Amount(100), amount: Amount?) {
            self.holder = holder
            self.name = name
            self.percent = percent
            self.amount = amount
        }
    }

    /// The key.
    public let id: RecordID
    /// The name; the id where the CRM gives none.
    public let name: String
    /// Open, or how it ended.
    public let kind: Kind
    /// The forecast category.
    public let category: ForecastCategory
    /// The day on which it closed or is expected to close; nil without one.
    public let closeDate: Day?
    /// In the deal's own currency; nil when not entered.
    public let amount: Amount?
    /// The deal's own currency; nil when unknown.
    public let currency: String?
    /// In the company's currency at the plan rate; nil without amount or rate.
    public let companyAmount: Amount?
    /// For whom it counts: one for the owner alone, several where people share it. They add up to the deal.
    public var shares: [Share]

    /// A deal of those facts.
    public init(
        id: RecordID, name: String, kind: Kind, category: ForecastCategory, closeDate: Day?, amount: Amount?,
        currency: String?, companyAmount: Amount?, shares: [Share]
    ) {
        self.id = id
        self.name = name
        self.kind = kind
        self.category = category
        self.closeDate = closeDate
        self.amount = amount
        self.currency = currency
        self.companyAmount = companyAmount
        self.shares = shares
    }

    /// Whether it was won, to count in a period.
    public func isWon(in period: Period) -> Bool {
        kind == .won && (closeDate.map(period.contains) ?? false)
    }

    /// The cells that it makes: one a share.
    public var cells: [ForecastCell] {
        shares.map { share in
            ForecastCell(
                owner: share.holder.owner, isOwnerKnown: share.holder.isOwnerKnown, team: share.holder.team,
                category: category, timing: .inPeriod, isPastDue: false,
                sum: DealSum(count: 1, amount: share.amount ?? .zero), ownerName: share.name)
        }
    }
}
