/// A person's share of a deal's credit.
public struct DealSplit: Sendable, Hashable {
    /// The index of the person in the organisation's people.
    public let person: Int
    /// The share, 1…100.
    public let percent: Int
    /// Whether it is credit beside the deal's amount, counted apart; the other shares add up to 100.
    public let isOverlay: Bool
}

extension DealLife {
    /// Who is credited with how much of the amount, in cents of the plan's currency: each share is
    /// rounded once, and what is left over is the owner's.
    func credits(_ state: DealState) -> [(person: Int, cents: Int)] {
        let total = PlanRate.dollars(state.amount ?? 0, of: team)
        var rest = total
        var credits: [(person: Int, cents: Int)] = []
        for split in splits where !split.isOverlay && split.person != state.owner {
            let cents = (total * split.percent * 2 + 100) / 200
            credits.append((split.person, cents))
            rest -= cents
        }
        credits.append((state.owner, rest))
        return credits
    }
}
