import Model

/// What a whole deal does between two days, before anybody asks for whom it counts: it leaves, enters or stays; and what
/// of its amount is a change of the deal and what is exchange.
///
/// Source: metric 18: leaving at the earlier day's amount; entering at that amount too if the deal was there, the rest
/// being a change of amount; a change is valued at the earlier day's plan rate, and what is left is currency.
struct DealSteps {
    /// Why it leaves or enters; nil when it stays.
    let bucket: MovementBucket?
    /// The amount on the earlier day; nil when it did not count then.
    let start: Amount?
    /// What it enters with; nil when it does not.
    let entry: Amount?
    /// The later day's amount at the earlier day's rate; nil when it does not count on the later day.
    let valued: Amount?
    /// The amount on the later day; nil when it does not count then.
    let end: Amount?
    /// The bucket of a change of amount.
    let changeBucket: MovementBucket

    /// The way of a pair; nil where it counts on neither day.
    init?(_ pair: DealPair, _ rule: MovementRule) {
        let before = pair.before.flatMap { rule.counts($0) ? $0 : nil }
        let after = pair.after.flatMap { rule.counts($0) ? $0 : nil }
        start = before.map { $0.amount ?? .zero }
        end = after.map { $0.amount ?? .zero }
        guard let after else {
            guard let before else { return nil }
            bucket = rule.leaving(before, pair)
            (entry, valued) = (nil, nil)
            changeBucket = .amountUp
            return
        }
        let valued = Self.valued(pair, after)
        self.valued = valued
        bucket = before == nil ? rule.entering(after, pair) : nil
        let first = pair.before.map { $0.amount ?? .zero } ?? valued
        entry = before == nil ? first : nil
        changeBucket = rule.amount(valued - first, from: pair.before, to: after)
    }

    /// An amount that nobody changed is worth what it was: what exchange makes of it is no change of the deal.
    private static func valued(_ pair: DealPair, _ after: DealSide) -> Amount {
        guard let before = pair.before else { return after.amount ?? .zero }
        if before.entered == after.entered, before.currency == after.currency {
            return before.amount ?? .zero
        }
        return pair.afterAtOldRate ?? .zero
    }
}
