import Model

/// How much hangs on how few: metric 30, over deals or over sums of them by account or person.
public struct Concentration: Sendable {
    /// How many parts there are with an amount above zero: they alone are looked at.
    public let count: Int
    /// Their sum.
    public let total: Amount
    /// The share of the largest; nil without any.
    public let top1: Double?
    /// The share of the five largest.
    public let top5: Double?
    /// The Herfindahl-Hirschman index: the sum of the squares of the shares, from 1/count (all alike) to 1 (one alone).
    public let hhi: Double?

    /// The concentration of some amounts.
    public init(_ amounts: [Amount]) {
        let sorted = amounts.filter { $0 > .zero }.sorted(by: >)
        let total = sorted.reduce(.zero, +)
        count = sorted.count
        self.total = total
        top1 = sorted.first?.ratio(to: total)
        top5 = sorted.prefix(5).reduce(.zero, +).ratio(to: total)
        hhi =
            sorted.isEmpty
            ? nil
            : sorted.reduce(into: 0.0) { sum, amount in
                let share = amount.ratio(to: total) ?? 0
                sum += share * share
            }
    }

    /// How many deals it takes to miss a goal.
    public enum MustClose: Sendable, Hashable {
        /// The goal is missed even when all of them close.
        case missed
        /// The loss of so many, the largest first, drops the sum below the goal.
        case deals(Int)
        /// The goal holds without any of them.
        case safe
    }

    /// The smallest number of deals whose loss drops closed + commit below a goal; nil for a goal of zero or less.
    public static func mustClose(closed: Amount, commit: [Amount], goal: Amount?) -> MustClose? {
        guard let goal, goal > .zero else { return nil }
        var left = commit.reduce(closed, +)
        guard left >= goal else { return .missed }
        for (index, amount) in commit.filter({ $0 > .zero }).sorted(by: >).enumerated() {
            left -= amount
            if left < goal { return .deals(index + 1) }
        }
        return .safe
    }
}
