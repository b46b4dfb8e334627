import Model

/// What became of those that began together.
public struct CohortSums: Sendable {
    /// How many began in the year of the windows.
    public private(set) var begun = 0
    /// How many of them came through in time.
    public private(set) var reached = 0
    /// How many of them were lost in time.
    public private(set) var lost = 0
    /// How many of them ended without a decision in time.
    public private(set) var noDecision = 0
    /// What those of the year are worth that have an amount of their entry to the qualified stage.
    public private(set) var valued = DealSum.none
    /// Those of them that came through in time.
    public private(set) var valuedReached = DealSum.none
    /// The largest of the amounts.
    public private(set) var largest = Amount.zero
    /// How they stand on the day read, whatever time they had: those that came through.
    public private(set) var standsReached = 0
    private var stands: [DealKind: Int] = [:]
    private var now = (hits: 0, trials: 0)
    private var before = (hits: 0, trials: 0)
    /// Of those that ended in the period asked for: won, lost, without a decision.
    private var ended: [DealKind: DealSum] = [:]
    private var endedCounts: [DealKind: Int] = [:]

    /// Nothing.
    public init() {}

    /// Adds a cell.
    ///
    /// - Parameter windows: Of its step; nil while none has come through it, so that there is nothing to compare.
    public mutating func add(_ cell: FateCell, _ windows: CohortWindows?) {
        if cell.isInPeriod {
            ended[cell.kind, default: .none] += cell.valued
            endedCounts[cell.kind, default: 0] += cell.count
        }
        guard let windows, let month = cell.month, let isReached = cell.isReached(within: windows.horizon)
        else { return }
        if windows.now.contains(month) {
            now.trials += cell.count
            now.hits += isReached ? cell.count : 0
        }
        if windows.before.contains(month) {
            before.trials += cell.count
            before.hits += isReached ? cell.count : 0
        }
        guard windows.year.contains(month) else { return }
        begun += cell.count
        valued += cell.valued
        largest = max(largest, cell.largest)
        if cell.isReached {
            standsReached += cell.count
        } else {
            stands[cell.kind, default: 0] += cell.count
        }
        if isReached {
            reached += cell.count
            valuedReached += cell.valued
        } else if let days = cell.days, days <= windows.horizon, let end = cell.end {
            lost += end == .lost ? cell.count : 0
            noDecision += end == .noDecision ? cell.count : 0
        }
    }

    /// Still going on when their time was over, whatever came of them later: presumed dead.
    public var overdue: Int { begun - reached - lost - noDecision }

    /// How many that did not come through stand so on the day read.
    public func standing(_ kind: DealKind) -> Int { stands[kind] ?? 0 }

    /// Reached / begun, all of them old enough; nil of nothing.
    public var rate: Proportion? { Proportion(reached, of: begun) }

    /// The same by amount on entry to the qualified stage; nil where none is known.
    public var amountRate: Double? { valuedReached.amount.ratio(to: valued.amount) }

    /// The largest amount's share of all; nil where none is known.
    public var largestShare: Double? { largest.ratio(to: valued.amount) }

    /// The last three months against the twelve before; nil where one of them is empty.
    public var change: RateChange? {
        guard let before = Proportion(before.hits, of: before.trials),
            let now = Proportion(now.hits, of: now.trials)
        else { return nil }
        return RateChange(from: before, to: now)
    }

    /// How many ended so in the period asked for.
    public func ended(_ kind: DealKind) -> Int { endedCounts[kind] ?? 0 }

    /// Won / (won + lost) by the day of the end: too high where losses are not closed out.
    public var narrow: Proportion? { Proportion(ended(.won), of: ended(.won) + ended(.lost)) }

    /// Won / (won + lost + without a decision) by the day of the end.
    public var broad: Proportion? {
        Proportion(ended(.won), of: ended(.won) + ended(.lost) + ended(.noDecision))
    }

    private func amount(_ kind: DealKind) -> Amount { ended[kind]?.amount ?? .zero }

    /// The narrow rate by amount on entry to the qualified stage; nil where none is known.
    public var narrowByAmount: Double? { amount(.won).ratio(to: amount(.won) + amount(.lost)) }

    /// The broad rate by amount on entry to the qualified stage; nil where none is known.
    public var broadByAmount: Double? {
        amount(.won).ratio(to: amount(.won) + amount(.lost) + amount(.noDecision))
    }
}
