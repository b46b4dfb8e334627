import Model

/// Deals that were lost and made anew: the same account and product, first known within 30 days of the loss (metric 16).
/// Such a deal has slipped, and is not one lost and one new.
public struct Recreations: Sendable, Hashable {
    /// Within how many days of the loss.
    public static let days = 30

    /// What each lost deal became.
    public let successors: [RecordID: RecordID]
    /// What each of those was before.
    public let predecessors: [RecordID: RecordID]

    /// Pairs lost deals with new ones, each once: the earliest loss takes the earliest deal that is free. Without an
    /// account or a product nothing is the same.
    ///
    /// - Parameters:
    ///   - lost: The deals that may have been made anew.
    ///   - others: The deals of the same accounts.
    ///   - end: The day up to which is looked.
    public init(of lost: [DealPast], among others: [DealPast], until end: Day) {
        struct Kind: Hashable {
            let account: RecordID
            let product: String
        }
        func kind(_ deal: DealPast) -> Kind? {
            guard let account = deal.account, let product = deal.product else { return nil }
            return Kind(account: account, product: product)
        }
        var free: [Kind: [(day: Day, id: RecordID)]] = [:]
        for deal in others {
            guard let kind = kind(deal), let day = deal.firstDay else { continue }
            free[kind, default: []].append((day, deal.id))
        }
        for kind in free.keys { free[kind]?.sort { ($0.day, $0.id) < ($1.day, $1.id) } }
        let losses = lost.compactMap { deal in deal.lossDay(until: end).map { (day: $0, deal: deal) } }
            .sorted { ($0.day, $0.deal.id) < ($1.day, $1.deal.id) }
        var successors: [RecordID: RecordID] = [:]
        for loss in losses {
            guard let kind = kind(loss.deal),
                let place = free[kind]?.firstIndex(where: { candidate in
                    candidate.id != loss.deal.id && candidate.day >= loss.day
                        && candidate.day <= loss.day + Self.days
                }), let found = free[kind]?.remove(at: place)
            else { continue }
            successors[loss.deal.id] = found.id
        }
        self.successors = successors
        predecessors = Dictionary(successors.map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }
}

extension DealPast {
    /// The day since which it is lost or without a decision; nil where it is not on the day.
    public func lossDay(until end: Day) -> Day? {
        var day: Day?
        var last = end
        for span in spans.reversed() where span.from <= end {
            guard span.kind == .lost || span.kind == .noDecision, span.contains(last) else { break }
            day = span.from
            last = span.from - 1
        }
        return day
    }
}
