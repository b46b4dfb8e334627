import Model

/// Metric 28: 100 − Σ weight × share of the open deals with the defect, the weights taken as shares of 100.
///
/// Rules that are not measured of any of the deals are in neither sum: they count neither as a defect nor as clean. By
/// amount, a rule counts where the deals of which it is measured have an amount; a share beyond 0 and 1, as amounts
/// below zero make it, counts as 0 or 1.
public struct QualityScore: Sendable {
    /// What a rule takes off the score.
    public struct Loss: Sendable, Hashable {
        /// In points of 100 by the number of deals; nil when it is not measured.
        public var byCount: Double?
        /// In points of 100 by their amount; nil when it is not measured, or no deal has an amount.
        public var byAmount: Double?
    }

    /// 0…100 by the number of deals; nil without an open deal.
    public let byCount: Double?
    /// 0…100 by their amount; nil without an amount.
    public let byAmount: Double?
    /// What each rule takes off, by its id.
    public let losses: [String: Loss]
    /// How many rules are measured.
    public let measured: Int
    private let pointsByCount: Double
    private let pointsByAmount: Double
    private let rules: [String: (weight: Double, part: QualitySums.Part)]

    /// The score of some deals.
    ///
    /// - Parameters:
    ///   - sums: The deals.
    ///   - rules: The rules; those of several sources by the same id are one rule.
    ///   - isOfPerson: Whether they are one person's: then rules that are judged of teams are left out.
    public init(of sums: QualitySums, by rules: [QualityRule], isOfPerson: Bool) {
        var counted: [String: (weight: Double, part: QualitySums.Part)] = [:]
        for rule in rules where !(isOfPerson && rule.isJudgedOfTeams) {
            guard let part = sums.rules[rule.defect], part.measured.count > 0 else { continue }
            counted[rule.defect] = (rule.weight.number, part)
        }
        let pointsByCount = counted.values.reduce(0) { $0 + $1.weight }
        let pointsByAmount = counted.values.filter { $0.part.measured.amount > .zero }.reduce(0) {
            $0 + $1.weight
        }
        self.pointsByCount = pointsByCount
        self.pointsByAmount = pointsByAmount
        self.rules = counted
        measured = counted.count
        var losses: [String: Loss] = [:]
        for (defect, rule) in counted {
            let byCount = pointsByCount > 0 ? 100 * rule.weight / pointsByCount * rule.part.countShare : nil
            let byAmount = rule.part.amountShare.flatMap {
                pointsByAmount > 0 ? 100 * rule.weight / pointsByAmount * $0 : nil
            }
            losses[defect] = Loss(byCount: byCount, byAmount: byAmount)
        }
        self.losses = losses
        let ordered = losses.sorted { $0.key < $1.key }.map(\.value)
        byCount = pointsByCount > 0 ? Self.left(ordered.compactMap(\.byCount)) : nil
        byAmount = pointsByAmount > 0 ? Self.left(ordered.compactMap(\.byAmount)) : nil
    }

    /// By how much the score rises when a deal is mended.
    public func gain(of deal: FlawedDeal) -> Loss {
        var gain = Loss(byCount: 0, byAmount: 0)
        let amount = max(deal.amount ?? .zero, .zero)
        for defect in deal.defects {
            guard let rule = rules[defect] else { continue }
            if pointsByCount > 0 {
                gain.byCount? += 100 * rule.weight / pointsByCount / Double(rule.part.measured.count)
            }
            if let share = amount.ratio(to: rule.part.measured.amount), rule.part.measured.amount > .zero {
                gain.byAmount? += 100 * rule.weight / pointsByAmount * min(share, 1)
            }
        }
        return gain
    }

    private static func left(_ losses: [Double]) -> Double {
        min(max(100 - losses.reduce(0, +), 0), 100)
    }
}

extension QualitySums.Part {
    /// The share of the deals with the defect; 0 without a deal.
    fileprivate var countShare: Double {
        measured.count > 0 ? Double(found.count) / Double(measured.count) : 0
    }

    /// The share of their amount, from 0 to 1; nil without an amount.
    fileprivate var amountShare: Double? {
        guard measured.amount > .zero else { return nil }
        return found.amount.ratio(to: measured.amount).map { min(max($0, 0), 1) }
    }
}

extension Amount {
    /// As a number, for what is no money.
    fileprivate var number: Double { Double(millionths) / 1_000_000 }
}
