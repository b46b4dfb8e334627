/// A person's part of a deal's credit.
public struct CreditPart: Sendable, Hashable {
    /// Who is credited; nil for what is left of a deal without an owner.
    public let person: RecordID?
    /// The person's name, else the id; nil when not among the people.
    public let name: String?
    /// Whether the person is among the people on the day that counts for the deal.
    public let isKnown: Bool
    /// The team for which the part counts; nil without one.
    public let team: RecordID?
    /// The part in percent of the deal.
    public let percent: Amount
    /// The part in the company's currency at the plan rate; nil when the deal has no amount or rate.
    public let amount: Amount?

    /// A part of those facts.
    public init(
        person: RecordID?, name: String?, isKnown: Bool, team: RecordID?, percent: Amount, amount: Amount?
    ) {
        self.person = person
        self.name = name
        self.isKnown = isKnown
        self.team = team
        self.percent = percent
        self.amount = amount
    }
}

/// A deal of which others than its owner are credited with parts, or for which somebody has overlay credit.
public struct SharedDeal: Sendable, Hashable {
    /// The key.
    public let id: RecordID
    /// The name; the id where the CRM gives none.
    public let name: String
    /// The deal as it would count for its owner alone.
    public let whole: ForecastCell
    /// Who is credited with what: the parts add up to the deal. Empty when it is the owner's alone.
    public var parts: [CreditPart]
    /// Credit beside the deal's amount, in no total.
    public var overlays: [CreditPart]

    /// A deal of those parts.
    public init(
        id: RecordID, name: String, whole: ForecastCell, parts: [CreditPart], overlays: [CreditPart]
    ) {
        self.id = id
        self.name = name
        self.whole = whole
        self.parts = parts
        self.overlays = overlays
    }

    /// What makes of sums by owner sums by credited person: the deal is taken from its owner and each part given to
    /// whom it counts for.
    public var corrections: [ForecastCell] {
        (parts.isEmpty ? [] : [whole.taken])
            + zip(parts, rateEffects).map { whole.part($0, of: id, rateEffect: $1) }
            + overlays.map { whole.overlay($0) }
    }

    /// The rate effect of each part by its percent; what rounding leaves is the first one's, the largest.
    private var rateEffects: [Amount] {
        guard !parts.isEmpty else { return [] }
        let whole = whole.sum.rateEffect
        let others = parts.dropFirst().map { whole.multiplied(by: $0.percent).share(1, of: 100, toPlaces: 2) }
        return [others.reduce(whole, -)] + others
    }
}

extension ForecastCell {
    /// The same deals taken away.
    fileprivate var taken: ForecastCell {
        ForecastCell(
            owner: owner, isOwnerKnown: isOwnerKnown, team: team, category: category, timing: timing,
            isPastDue: isPastDue,
            sum: DealSum(count: -sum.count, amount: -sum.amount, rateEffect: -sum.rateEffect),
            faults: faults.mapValues { -$0 }, stageDefaults: -stageDefaults, ownerName: ownerName)
    }

    /// What a person is credited with of the cell's only deal.
    func part(_ part: CreditPart, of deal: RecordID, rateEffect: Amount = .zero) -> ForecastCell {
        credited(
            part, .part(of: deal),
            DealSum(count: 1, amount: part.amount ?? .zero, rateEffect: rateEffect), faults, stageDefaults)
    }

    fileprivate func overlay(_ part: CreditPart) -> ForecastCell {
        credited(part, .overlay, DealSum(count: 0, amount: part.amount ?? .zero), [:], 0)
    }

    private func credited(
        _ part: CreditPart, _ credit: Credit, _ sum: DealSum, _ faults: [DealFault: Int], _ stageDefaults: Int
    ) -> ForecastCell {
        ForecastCell(
            owner: part.person, isOwnerKnown: part.isKnown, team: part.team, category: category,
            timing: timing, isPastDue: isPastDue, sum: sum, faults: faults, stageDefaults: stageDefaults,
            ownerName: part.name, credit: credit)
    }
}
