import Model
import RealModule

/// What of a sales velocity rests on the deals that ended in some days.
public struct ResolvedSums: Sendable, Hashable {
    private var cells: [DealKind: ResolvedCell] = [:]

    /// None.
    public init() {}

    /// Adds a cell.
    public mutating func add(_ cell: ResolvedCell) {
        let sum = cells[cell.kind]
        cells[cell.kind] = ResolvedCell(
            kind: cell.kind, count: cell.count + (sum?.count ?? 0), timed: cell.timed + (sum?.timed ?? 0),
            days: cell.days + (sum?.days ?? 0), valued: cell.valued + (sum?.valued ?? .none))
    }

    /// How many ended so.
    public func count(_ kind: DealKind) -> Int { cells[kind]?.count ?? 0 }

    /// Won / (won + lost + without a decision).
    public var winRate: Proportion? {
        Proportion(count(.won), of: count(.won) + count(.lost) + count(.noDecision))
    }

    /// Won / (won + lost), as the classic formula has it.
    public var narrowRate: Proportion? { Proportion(count(.won), of: count(.won) + count(.lost)) }

    /// The mean amount of won deals, to six places; nil where none has one.
    public var meanWon: Amount? {
        guard let won = cells[.won]?.valued, won.count > 0 else { return nil }
        return won.amount.share(1, of: won.count, toPlaces: 6)
    }

    /// Days from creation to the end and of how many deals, of all that ended.
    public var days: (sum: Int, count: Int) {
        cells.values.reduce((0, 0)) { ($0.0 + $1.days, $0.1 + $1.timed) }
    }

    /// The same of won deals alone.
    public var wonDays: (sum: Int, count: Int) { (cells[.won]?.days ?? 0, cells[.won]?.timed ?? 0) }
}

/// How much a day the pipeline brings, from its four factors (metric 8).
public struct Velocity: Sendable, Hashable {
    /// Qualified open deals that are neither past due nor over-age.
    public let qualified: Int
    /// All open deals, which the classic formula counts.
    public let open: Int
    /// What ended in the trailing days.
    public let resolved: ResolvedSums

    /// Of those.
    public init(qualified: Int, open: Int, resolved: ResolvedSums) {
        self.qualified = qualified
        self.open = open
        self.resolved = resolved
    }

    /// Fewer won deals than this make a velocity uncertain.
    public static let minimumWon = 10

    /// The mean days in the pipeline of all deals that ended; nil where none is known.
    public var meanDays: Double? { Self.mean(resolved.days) }

    /// The same of won deals alone.
    public var meanWonDays: Double? { Self.mean(resolved.wonDays) }

    private static func mean(_ days: (sum: Int, count: Int)) -> Double? {
        days.count > 0 ? Double(days.sum) / Double(days.count) : nil
    }

    /// Qualified deals × mean won amount × win rate / mean days, a day; nil where a factor is not known, or no day
    /// passed. To six places.
    public var perDay: Amount? {
        Self.perDay(qualified, resolved.meanWon, resolved.winRate, resolved.days)
    }

    /// The classic formula: all open deals, won / (won + lost), and the days of won deals alone.
    public var classic: Amount? {
        Self.perDay(open, resolved.meanWon, resolved.narrowRate, resolved.wonDays)
    }

    private static func perDay(
        _ deals: Int, _ mean: Amount?, _ rate: Proportion?, _ days: (sum: Int, count: Int)
    ) -> Amount? {
        guard let mean, let rate, rate.trials > 0, days.sum > 0 else { return nil }
        return mean.share(deals * rate.hits, of: rate.trials, toPlaces: 6)
            .share(days.count, of: days.sum, toPlaces: 6)
    }

    /// The four factors as numbers, days being turned over: their product is the velocity. Nil where one is not known.
    var factors: [VelocityFactor: Double]? {
        guard let mean = resolved.meanWon?.ratio(to: Amount(1)), let rate = resolved.winRate?.rate,
            let days = meanDays
        else { return nil }
        return [.deals: Double(qualified), .amount: mean, .rate: rate, .days: days]
    }
}

/// What a velocity is made of.
public enum VelocityFactor: String, Sendable, Hashable, CaseIterable {
    case deals, amount, rate, days
}

/// What of a change of velocity each factor did: logarithms add up where ratios multiply.
public struct VelocityChange: Sendable {
    /// Now / before of each factor as it stands.
    public let ratios: [VelocityFactor: Double]

    /// Nil where a factor of either is zero or not known: then nothing can be divided.
    public init?(from before: Velocity, to now: Velocity) {
        guard let was = before.factors, let factors = now.factors else { return nil }
        var ratios: [VelocityFactor: Double] = [:]
        for factor in VelocityFactor.allCases {
            guard let old = was[factor], let new = factors[factor], old > 0, new > 0 else { return nil }
            ratios[factor] = new / old
        }
        self.ratios = ratios
    }

    /// The logarithm of what a factor did to the velocity: more days slow it.
    public func effect(of factor: VelocityFactor) -> Double {
        let log = Double.log(ratios[factor] ?? 1)
        return factor == .days ? -log : log
    }

    /// The logarithm of the whole change: the sum of the factors'.
    public var total: Double { VelocityFactor.allCases.reduce(0) { $0 + effect(of: $1) } }

    /// Now / before of the velocity.
    public var ratio: Double { .exp(total) }
}
