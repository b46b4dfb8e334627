import Model

/// Metric 28: 100 less what the defects of the open deals weigh, of what they could.
///
/// Each deal could have each defect that can be told of it: 100 − 100 × Σ weight × deals with the defect / Σ weight × deals
/// of which it can be told. Where every rule is measured of every deal, that is 100 − Σ weight × share, the weights
/// taken as shares of 100. A rule that cannot be told of a deal counts neither as a defect nor as clean, and the score of a
/// team is the mean of its people's, each as heavy as the deals. The same by amount; what is below zero counts as 0.
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
    public var measured: Int { losses.count }
    private let weights: [String: Amount]
    /// What all could weigh, by number and by amount.
    private let whole: (count: Amount, amount: Amount)

    /// The score of some deals.
    ///
    /// - Parameters:
    ///   - sums: The deals.
    ///   - rules: The rules; those of several sources by the same id are one rule.
    ///   - isOfPerson: Whether they are one person's: then rules that are judged of teams are left out.
    public init(of sums: QualitySums, by rules: [QualityRule], isOfPerson: Bool) {
        var weights: [String: Amount] = [:]
        for rule in rules where !(isOfPerson && rule.isJudgedOfTeams) {
            if (sums.rules[rule.defect]?.measured.count ?? 0) > 0 { weights[rule.defect] = rule.weight }
        }
        var whole = (count: Amount.zero, amount: Amount.zero)
        var found: [String: (count: Amount, amount: Amount)] = [:]
        for (defect, weight) in weights {
            guard let part = sums.rules[defect] else { continue }
            let measured = max(part.measured.amount, .zero)
            whole.count += Amount(part.measured.count).multiplied(by: weight)
            whole.amount += measured.multiplied(by: weight)
            found[defect] = (
                Amount(part.found.count).multiplied(by: weight),
                min(max(part.found.amount, .zero), measured).multiplied(by: weight)
            )
        }
        func points(_ part: Amount, of whole: Amount) -> Double? {
            whole > .zero ? part.ratio(to: whole).map { 100 * $0 } : nil
        }
        losses = found.mapValues {
            Loss(byCount: points($0.count, of: whole.count), byAmount: points($0.amount, of: whole.amount))
        }
        let all = found.values.reduce((count: Amount.zero, amount: Amount.zero)) {
            ($0.count + $1.count, $0.amount + $1.amount)
        }
        byCount = points(all.count, of: whole.count).map { 100 - $0 }
        byAmount = points(all.amount, of: whole.amount).map { 100 - $0 }
        self.weights = weights
        self.whole = whole
    }

    /// By how much the score rises when a deal is mended: nil by a measure in which there is no score.
    public func gain(of deal: FlawedDeal) -> Loss {
        let weight = deal.defects.compactMap { weights[$0] }.reduce(.zero, +)
        let amount = max(deal.amount ?? .zero, .zero).multiplied(by: weight)
        return Loss(
            byCount: whole.count > .zero ? weight.ratio(to: whole.count).map { 100 * $0 } : nil,
            byAmount: whole.amount > .zero ? amount.ratio(to: whole.amount).map { 100 * $0 } : nil)
    }
}
