import Model

/// Metric 16: how often open deals were moved later, and by how much.
public struct Pushes: Sendable, Hashable {
    /// How often.
    public private(set) var count = 0
    /// How often a period's end was crossed.
    public private(set) var periodCount = 0
    /// By how many days in all, pushes from or to no date left out.
    public private(set) var days = 0
    /// The deals.
    public private(set) var deals: Set<RecordID> = []

    /// The pushes among some moves.
    public init(_ moves: some Sequence<CloseMove>) {
        for move in moves where move.isPush {
            count += 1
            if move.isPeriodPush { periodCount += 1 }
            days += move.days ?? 0
            deals.insert(move.deal)
        }
    }

    /// The pushes that left a period for a later one, or for no date.
    public static func leaving(_ period: Period, among moves: [CloseMove]) -> [CloseMove] {
        moves.filter { move in
            move.isPush && (move.from.map(period.contains) ?? false)
                && (move.to.map { $0 >= period.end } ?? true)
        }
    }
}
