import Model

/// How a past period stood on the same day, as far as coverage asks.
public struct PastCoverage: Sendable, Hashable {
    /// What was planned for it; nil without a plan.
    public let plan: Amount?
    /// How it stood, and what it landed at.
    public let sums: StandingSums
    /// Whether it has landed.
    public let isLanded: Bool

    /// A past period.
    public init(plan: Amount?, sums: StandingSums, isLanded: Bool) {
        self.plan = plan
        self.sums = sums
        self.isLanded = isLanded
    }

    /// Metric 5 on that day: open / (plan − closed).
    public var toGo: AmountRatio? {
        plan.flatMap { AmountRatio(sums.open.amount, to: $0 - sums[.closed].amount) }
    }

    /// Metric 6, coverage against actuals: open / (what it landed at − closed on that day).
    public var againstActuals: AmountRatio? {
        guard isLanded else { return nil }
        return AmountRatio(sums.open.amount, to: sums[.landed].amount - sums[.closed].amount)
    }

    /// Metric 7: open / what of it was won in the period.
    public var required: AmountRatio? {
        isLanded ? AmountRatio(sums.open.amount, to: sums.landedOpen.amount) : nil
    }

    /// What share of the open amount was won in the period; nil where nothing was open.
    public var wonShare: Double? {
        isLanded ? AmountRatio(sums.landedOpen.amount, to: sums.open.amount)?.value : nil
    }
}

/// What coverage the company's own past asks for on a day: metrics 6 and 7, over periods at the same day before
/// their end.
public struct RequiredCoverage: Sendable {
    /// Open against plan less closed, as it was usual.
    public let usual: Spread<Double>?
    /// The same over the last four periods.
    public let usualOfFour: Spread<Double>?
    /// Against all that was still booked.
    public let againstActuals: Spread<Double>?
    /// Against what was won of the open deals themselves.
    public let required: Spread<Double>?
    /// What share of the open amount was won.
    public let wonShare: Spread<Double>?
    /// What deals that were created later booked.
    public let created: Spread<Amount>?
    /// What deals booked that came from other periods or categories.
    public let moved: Spread<Amount>?
    private let usualRatios: [AmountRatio]

    /// The past of a node, the latest period first.
    public init(_ past: [PastCoverage]) {
        usualRatios = past.compactMap(\.toGo)
        usual = Spread(usualRatios.map(\.value))
        usualOfFour = Spread(past.prefix(4).compactMap(\.toGo).map(\.value))
        againstActuals = Spread(past.compactMap(\.againstActuals).map(\.value))
        required = Spread(past.compactMap(\.required).map(\.value))
        wonShare = Spread(past.compactMap(\.wonShare))
        let landed = past.filter(\.isLanded)
        created = Spread(landed.map { $0.sums[.landedCreated].amount })
        moved = Spread(landed.map { $0.sums[.landedMoved].amount })
    }

    /// How much was usually open for so much to go: the median coverage taken of it. Nil without a past.
    public func usualOpen(for toGo: Amount, places: Int) -> Amount? {
        AmountRatio.median(usualRatios, of: toGo, toPlaces: places)
    }
}
