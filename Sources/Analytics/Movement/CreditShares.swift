import Model

/// For whom a deal counts on a day, and with how much.
struct CreditShares {
    /// One who is credited.
    struct Share {
        let holder: DealHolder
        let percent: Amount
        let amount: Amount
    }

    let all: [Share]
    /// The whole deal.
    let whole: Amount

    init(_ side: DealSide) {
        whole = side.amount ?? .zero
        guard !side.parts.isEmpty else {
            all = [Share(holder: side.holder, percent: Amount(100), amount: whole)]
            return
        }
        all = side.parts.map { part in
            Share(
                holder: DealHolder(owner: part.person, isOwnerKnown: part.isKnown, team: part.team),
                percent: part.percent, amount: part.amount ?? .zero)
        }
    }

    /// Another amount of the same deal, credited as this one is. Who was credited with the same part of that amount
    /// before keeps it to the cent; what rounding leaves is the largest part's of the others.
    func divided(_ amount: Amount, places: Int, as before: CreditShares?) -> [Amount] {
        if amount == whole { return all.map(\.amount) }
        let known = before.flatMap { $0.whole == amount ? $0 : nil }
        var rest = amount
        var taker = 0
        var hasTaker = false
        var amounts: [Amount] = []
        for (index, share) in all.enumerated() {
            let kept = known?.all.first {
                $0.holder.owner == share.holder.owner && $0.percent == share.percent
            }
            if kept == nil, !hasTaker { (taker, hasTaker) = (index, true) }
            let part =
                kept?.amount
                ?? amount.multiplied(by: share.percent).share(1, of: 100, toPlaces: places)
            amounts.append(part)
            rest -= part
        }
        amounts[taker] += rest
        return amounts
    }
}
