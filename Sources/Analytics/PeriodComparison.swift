import Model

/// Compares the deals of a period on a day with those that were won in it.
public enum PeriodComparison {
    /// How a period stood, by holder.
    ///
    /// What a deal booked in the end counts for whoever held it on the day, so that open and booked amounts of a node
    /// speak of the same deals; `landed`, and what was not in the period on the day, for whoever held it in the end.
    ///
    /// - Parameters:
    ///   - then: The deals of the period on the day.
    ///   - landed: Those on the day on which it landed; nil while it has not.
    ///   - firstDays: The first day on which each deal was known, for those that were won.
    public static func sums(
        then: [BasisDeal], landed: [BasisDeal]?, firstDays: [RecordID: Day], on day: Day
    ) -> [DealHolder: StandingSums] {
        var sums: [DealHolder: StandingSums] = [:]
        var known: [RecordID: [(holder: DealHolder, part: StandingPart)]] = [:]
        for deal in then {
            guard let part = StandingPart(deal.category) else { continue }
            let holder = deal.holder
            sums[holder, default: StandingSums()][part] += deal.sum
            known[deal.id, default: []].append((holder, part))
        }
        for deal in landed ?? [] where deal.category == .closed {
            sums[deal.holder, default: StandingSums()][.landed] += deal.sum
            // A deal that several share counts for each of them apart.
            let parts = known[deal.id] ?? []
            if let part = parts.first(where: { $0.holder.owner == deal.owner }) ?? parts.first {
                sums[part.holder, default: StandingSums()][part.part.inTheEnd] += deal.sum
            } else {
                let isCreated = firstDays[deal.id].map { $0 > day } ?? false
                sums[deal.holder, default: StandingSums()][isCreated ? .landedCreated : .landedMoved] +=
                    deal.sum
            }
        }
        return sums
    }
}

extension BasisDeal {
    /// Whose it is.
    public var holder: DealHolder { DealHolder(owner: owner, isOwnerKnown: isOwnerKnown, team: team) }
    fileprivate var sum: DealSum { DealSum(count: 1, amount: amount ?? .zero) }
}
