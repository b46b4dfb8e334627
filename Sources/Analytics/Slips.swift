import Model

/// What became of a deal that was open in a period at its reference day.
public enum SlipOutcome: String, Sendable, Hashable, CaseIterable {
    /// Won, with a close date in the period.
    case won
    /// Lost or without a decision, with a close date in the period or before it.
    case lost
    /// Left the period in its last days or after it.
    case late
    /// Left the period earlier.
    case pushed
    /// Still open in the period when it was frozen: nobody ever moved it.
    case unmoved
    /// Still open in the period, which is not over.
    case open
    /// No longer in the export: deleted, or merged into another.
    case vanished

    /// Whether the deal did not close in the period: metric 16.
    public var isSlipped: Bool { [.late, .pushed, .unmoved].contains(self) }
}

/// What became of one deal.
public struct Slip: Sendable, Hashable {
    /// What became of it.
    public let outcome: SlipOutcome
    /// The first day on which it was no longer in the period; nil while it is, and for deals that closed.
    public let leftOn: Day?
    /// Its close date in the end; nil for none.
    public let closeDate: Day?
    /// The deal that was made in its place; nil for none.
    public let successor: RecordID?

    /// A deal's fate.
    public init(outcome: SlipOutcome, leftOn: Day? = nil, closeDate: Day?, successor: RecordID? = nil) {
        self.outcome = outcome
        self.leftOn = leftOn
        self.closeDate = closeDate
        self.successor = successor
    }
}

/// Judges what became of the deals of a period.
public struct SlipJudge: Sendable {
    private let period: Period
    private let end: Day
    private let isFinal: Bool
    private let lateDays: Int
    private let pasts: [RecordID: DealPast]
    private let recreations: Recreations

    /// - Parameters:
    ///   - end: The day up to which is looked: that of the freeze, or the day asked for.
    ///   - isFinal: Whether the period is frozen by then.
    ///   - lateDays: In how many of the period's last days leaving it is late.
    ///   - pasts: What the deals were, and those made in their place.
    public init(
        period: Period, end: Day, isFinal: Bool, lateDays: Int, pasts: [RecordID: DealPast],
        recreations: Recreations
    ) {
        self.period = period
        self.end = end
        self.isFinal = isFinal
        self.lateDays = lateDays
        self.pasts = pasts
        self.recreations = recreations
    }

    /// What became of a deal that was open in the period.
    public func fate(of id: RecordID) -> Slip {
        guard let past = pasts[id], let state = past.state(on: end) else {
            return Slip(outcome: .vanished, closeDate: nil)
        }
        switch state.kind {
        case .won where state.closes(in: period):
            return Slip(outcome: .won, closeDate: state.closeDate)
        case .lost, .noDecision:
            if let slip = fateOfSuccessor(of: past) { return slip }
            if state.closeDate.map({ $0 < period.end }) ?? true {
                return Slip(outcome: .lost, closeDate: state.closeDate)
            }
        case .open where state.closes(in: period):
            return Slip(outcome: isFinal ? .unmoved : .open, closeDate: state.closeDate)
        case .won, .open: break
        }
        return left(on: past.leaving(period, until: end) ?? end, closeDate: state.closeDate)
    }

    private func left(on day: Day, closeDate: Day?, successor: RecordID? = nil) -> Slip {
        // Metric 16: days before the end are kept, where the cut lies is for who asks.
        let isLate = period.daysBeforeEnd(day) < lateDays
        return Slip(
            outcome: isLate ? .late : .pushed, leftOn: day, closeDate: closeDate, successor: successor)
    }

    /// What became of the deal that took the place of a lost one; nil where none did, or that one was lost or vanished.
    private func fateOfSuccessor(of past: DealPast) -> Slip? {
        guard let id = recreations.successors[past.id], let successor = pasts[id],
            let state = successor.state(on: end)
        else { return nil }
        switch state.kind {
        case .lost, .noDecision: return nil
        case .won where state.closes(in: period):
            return Slip(outcome: .won, closeDate: state.closeDate, successor: id)
        case .open where state.closes(in: period):
            return Slip(outcome: isFinal ? .unmoved : .open, closeDate: state.closeDate, successor: id)
        case .won, .open:
            let day = successor.leaving(period, until: end) ?? past.lossDay(until: end) ?? end
            return left(on: day, closeDate: state.closeDate, successor: id)
        }
    }
}

extension DealPast {
    /// The first day after the last one on which it was to close in a period; nil where it never was, or still is.
    func leaving(_ period: Period, until end: Day) -> Day? {
        spans.last { $0.from <= end && $0.closes(in: period) }?.to
    }
}

/// What became of the deals of one line: counts, and sums at the amounts of the reference day.
public struct SlipSums: Sendable, Hashable {
    /// All of them.
    public private(set) var all = DealSum.none
    /// What was won of them, at the amounts in the end.
    public private(set) var wonFor = Amount.zero
    private var parts: [SlipOutcome: DealSum] = [:]

    /// No deals.
    public init() {}

    /// Adds a deal.
    ///
    /// - Parameters:
    ///   - amount: What it was worth on the reference day.
    ///   - wonFor: What it is worth in the end, where it was won.
    public mutating func add(_ outcome: SlipOutcome, _ amount: Amount, wonFor: Amount) {
        let sum = DealSum(count: 1, amount: amount)
        all += sum
        parts[outcome, default: .none] += sum
        if outcome == .won { self.wonFor += wonFor }
    }

    /// Those of an outcome.
    public subscript(outcome: SlipOutcome) -> DealSum { parts[outcome] ?? .none }

    /// Those that did not close in the period.
    public var slipped: DealSum {
        SlipOutcome.allCases.filter(\.isSlipped).reduce(DealSum.none) { $0 + self[$1] }
    }

    /// Metric 16: slipped / open at the reference, by amount; nil where nothing was open.
    public var rate: Double? { slipped.amount.ratio(to: all.amount) }

    /// The same by count; nil where nothing was open.
    public var countRate: Double? { all.count > 0 ? Double(slipped.count) / Double(all.count) : nil }
}
