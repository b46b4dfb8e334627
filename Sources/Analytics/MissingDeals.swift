import Model

/// Why a deal is in no sum of a period, or in its sums on a line of its own.
public enum MissingReason: String, Sendable, Hashable, CaseIterable {
    /// It names no owner, or one who is not among the people: the line “Unassigned”.
    case unassigned
    /// Its owner belongs to no team: the line “No team”.
    case withoutTeam = "no_team"
    /// Neither CRM nor stage gives a category that is known: the column “Unmapped”.
    case unmapped
    /// Open without a close date.
    case undated
    /// Won without a close date.
    case wonUndated = "won_without_close_date"
    /// Open with a close date that passed in an earlier period.
    case earlierPastDue = "past_due_from_earlier_periods"
    /// Its currency has no plan rate.
    case withoutRate = "rate_missing"
    /// No amount is entered.
    case withoutAmount = "amount_missing"
    /// Open, and left out of every forecast on purpose.
    case omitted
    /// Lost, or ended without a decision, in the period.
    case lost

    /// The reasons of a deal that counts directly for places of the organisation; none for one that is in the sums of
    /// its teams.
    public static func of(_ deal: DealRow, at places: [DealPlace]) -> [MissingReason] {
        var reasons: [MissingReason] = []
        if places.contains(.withoutOwner) { reasons.append(.unassigned) }
        if places.contains(.withoutTeam) { reasons.append(.withoutTeam) }
        switch (deal.timing, deal.category) {
        case (.undated, _): reasons.append(.undated)
        case (.wonUndated, _): reasons.append(.wonUndated)
        case (.earlierPastDue, _): reasons.append(.earlierPastDue)
        case (_, .unmapped): reasons.append(.unmapped)
        case (_, .omitted): reasons.append(.omitted)
        default: break
        }
        if deal.faults.contains(.withoutRate) { reasons.append(.withoutRate) }
        if deal.faults.contains(.withoutAmount) { reasons.append(.withoutAmount) }
        return reasons
    }
}

/// The deals of a period that are in no sum of it, or in its sums on a line of their own.
public struct MissingDeals: Sendable {
    /// A deal and why.
    public struct Entry: Sendable, Hashable {
        /// The deal.
        public let deal: DealRow
        /// Why, in the order of `MissingReason`; never empty.
        public let reasons: [MissingReason]
    }

    /// The deals, by their first reason; those that are omitted and nothing else are only summed.
    public let entries: [Entry]
    /// Each reason's deals: one that has several counts in each.
    public let byReason: [MissingReason: DealSum]
    /// All of `entries`, each once.
    public let listed: DealSum

    /// Those among some deals.
    ///
    /// - Parameters:
    ///   - places: Where a deal counts: for each who is credited with a part of it.
    ///   - lost: What was lost in the period.
    public init(_ deals: [DealRow], lost: DealSum, places: (DealRow) -> [DealPlace]) {
        var entries: [Entry] = []
        var byReason: [MissingReason: DealSum] = lost.count > 0 ? [.lost: lost] : [:]
        var listed = DealSum.none
        for deal in deals {
            let places = places(deal)
            let reasons = MissingReason.of(deal, at: places)
            guard !reasons.isEmpty else { continue }
            let sum = DealSum(count: 1, amount: deal.companyAmount ?? .zero)
            for reason in reasons {
                byReason[reason, default: .none] += reason.place.map { deal.sum(at: $0, of: places) } ?? sum
            }
            guard reasons != [.omitted] else { continue }
            listed += sum
            entries.append(Entry(deal: deal, reasons: reasons))
        }
        self.entries = entries.sorted(by: Self.readingOrder)
        self.byReason = byReason
        self.listed = listed
    }

    /// By the first reason; within one the largest first.
    private static func readingOrder(_ left: Entry, _ right: Entry) -> Bool {
        let order = MissingReason.allCases
        let leftPlace = left.reasons.first.flatMap { order.firstIndex(of: $0) } ?? 0
        let rightPlace = right.reasons.first.flatMap { order.firstIndex(of: $0) } ?? 0
        if leftPlace != rightPlace { return leftPlace < rightPlace }
        let leftAmount = left.deal.companyAmount ?? .zero
        let rightAmount = right.deal.companyAmount ?? .zero
        if leftAmount != rightAmount { return leftAmount > rightAmount }
        return left.deal.id < right.deal.id
    }
}

extension MissingReason {
    /// The place of the organisation that is the reason.
    fileprivate var place: DealPlace? {
        switch self {
        case .unassigned: .withoutOwner
        case .withoutTeam: .withoutTeam
        default: nil
        }
    }
}

extension DealRow {
    /// The deal with as much of it as counts for a place.
    fileprivate func sum(at place: DealPlace, of places: [DealPlace]) -> DealSum {
        zip(cells, places).reduce(into: DealSum(count: 1, amount: .zero)) { sum, cell in
            if cell.1 == place { sum.amount = sum.amount + cell.0.sum.amount }
        }
    }
}
