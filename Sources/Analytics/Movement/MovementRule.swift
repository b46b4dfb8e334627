import Model

/// Which deals a measure of a period adds up, and into which bucket one falls that leaves or enters it.
///
/// Source: metric 18: one deal, one bucket, in the order of `MovementBucket`.
public struct MovementRule: Sendable {
    /// The measure.
    public let measure: MovementMeasure
    /// The period.
    public let period: Period
    private let categories: Set<ForecastCategory>

    /// The rule of a measure and a period.
    public init(_ measure: MovementMeasure, of period: Period) {
        self.measure = measure
        self.period = period
        categories = Set(measure.categories)
    }

    /// Whether the deal counts in the measure.
    public func counts(_ side: DealSide) -> Bool {
        guard side.kind == .open || side.kind == .won, let day = side.closeDate, period.contains(day) else {
            return false
        }
        return categories.contains(side.category)
    }

    /// Where a close date stands to the period; one that is missing counts as later.
    private enum Timing { case earlier, within, later }

    private func timing(_ side: DealSide) -> Timing {
        guard let day = side.closeDate, day < period.end else { return .later }
        return day < period.start ? .earlier : .within
    }

    /// The bucket of a deal that counted on the earlier day and does not on the later.
    func leaving(_ before: DealSide, _ pair: DealPair) -> MovementBucket {
        guard let after = pair.after else {
            if case .merged = pair.absence { return .merged }
            return .deleted
        }
        switch after.kind {
        case .won where before.kind != .won: return timing(after) == .within ? .won : .wonOutside
        case .lost: return .lost
        case .noDecision: return .noDecision
        case .open where before.kind == .won: return .reopened
        default: break
        }
        switch timing(after) {
        case .later: return .slipped
        case .earlier: return .pulledOut
        case .within: break
        }
        if after.category == .omitted { return .omitted }
        return after.category.sureness < before.category.sureness ? .left : .advanced
    }

    /// The bucket of a deal that counts on the later day and did not on the earlier.
    func entering(_ after: DealSide, _ pair: DealPair) -> MovementBucket {
        guard let before = pair.before else {
            if pair.isReturned { return .returned }
            return after.kind == .won ? .won : .created
        }
        if after.kind == .won, before.kind != .won { return .won }
        if after.kind == .open, before.kind != .open { return .reopened }
        switch timing(before) {
        case .later: return .pulledIn
        case .earlier: return .pushedIn
        case .within: break
        }
        if before.category == .omitted { return .unomitted }
        return after.category.sureness > before.category.sureness ? .entered : .fellBack
    }

    /// The bucket of a change of the amount.
    func amount(_ change: Amount, from before: DealSide?, to after: DealSide) -> MovementBucket {
        let isWin = after.kind == .won && before?.kind != .won
        if change < .zero { return isWin ? .closedBelow : .amountDown }
        return isWin ? .closedAbove : .amountUp
    }
}

extension ForecastCategory {
    /// The surer, the greater.
    fileprivate var sureness: Int {
        switch self {
        case .closed: 5
        case .commit: 4
        case .bestCase: 3
        case .pipeline: 2
        case .unmapped: 1
        case .omitted: 0
        }
    }
}
