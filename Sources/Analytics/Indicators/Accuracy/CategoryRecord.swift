import Model

/// Metric 25: of what was in a category on a day of past periods, what was won in them; and of what was won, what had
/// been in it.
public struct CategoryRecord: Sendable {
    /// Below so many deals no share is said.
    public static let minimum = 10

    /// What was in the category on that day.
    public let then: DealSum
    /// What was won of it in the period, for what it was won.
    public let won: DealSum
    /// All that was won in the period.
    public let landed: DealSum

    /// The record of a category over some standings of one node.
    public init(_ part: StandingPart, of standings: [StandingSums]) {
        then = standings.reduce(DealSum.none) { $0 + $1[part] }
        won = standings.reduce(DealSum.none) { $0 + $1[part.inTheEnd] }
        landed = standings.reduce(DealSum.none) { $0 + $1.landedByOrigin }
    }

    /// The share of its deals that were won; nil for too few.
    public var precision: Proportion? {
        then.count >= Self.minimum ? Proportion(won.count, of: then.count) : nil
    }

    /// What its deals were won for, of what they were worth on that day; above 1 where they were won for more.
    public var amountPrecision: Double? {
        then.count >= Self.minimum && then.amount > .zero ? won.amount.ratio(to: then.amount) : nil
    }

    /// The share of the won deals that were in it; nil for too few.
    public var recall: Proportion? {
        landed.count >= Self.minimum ? Proportion(won.count, of: landed.count) : nil
    }

    /// The same by amount.
    public var amountRecall: Double? {
        landed.count >= Self.minimum && landed.amount > .zero ? won.amount.ratio(to: landed.amount) : nil
    }
}

extension StandingSums {
    /// All that was won in the period, by whose it was on the day.
    fileprivate var landedByOrigin: DealSum {
        landedOpen + self[.landedClosed] + self[.landedMoved] + self[.landedCreated]
    }
}
