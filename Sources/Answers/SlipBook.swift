import Analytics
import Model
import Warehouse

/// A deal as the node that is asked for has it: of one that several people share, what its people are credited with.
struct NodeDeal {
    let id: RecordID
    let name: String
    let category: ForecastCategory
    let amount: Amount
    /// The owner, or who has the largest part; nil without one.
    let owner: RecordID?
}

/// What slips are reckoned from: the deals of a period on its reference day and in the end, and what they were in between.
struct SlipBook {
    /// How slips are asked for.
    struct Request {
        /// The week of the period with whose beginning it is compared; nil for the first, where that has begun.
        var week: Int?
        /// In how many of the period's last days leaving it is late.
        var lateDays: Int
        /// Within how many days before it closes a deal must appear to be created late.
        var createdDays: Int
    }

    let period: Period
    /// The day with whose end it is compared; nil when it has not come, or nothing is known of it.
    let reference: Day?
    /// The day up to which is looked: that of the freeze, or the day asked for.
    let end: Day
    /// Whether the period is frozen by then.
    let isFinal: Bool
    /// The first day of which the deals are known.
    let firstKnown: Day?
    /// Whether a snapshot of the reference day was due and none counts.
    let isReferenceGap: Bool
    /// Open on the reference day, whosever they are, those that people share once for each part.
    let thenParts: [BasisDeal]
    /// Of them those of the node.
    let then: [NodeDeal]
    /// Open or won in the end.
    let now: [NodeDeal]
    let pasts: [RecordID: DealPast]
    let recreations: Recreations
    /// The moves of close dates of the node's deals.
    let moves: [CloseMove]
    /// The periods before, the latest first.
    let earlier: [Period]

    /// How many periods are looked back for hairballs.
    private static let lookBack = 12

    init(_ request: Request, _ context: QuestionContext, _ warehouse: Warehouse) throws(BellwetherError) {
        period = context.period
        let day = try Self.referenceDay(request.week, of: context.period, asOf: context.point.asOf)
        let known = try warehouse.knownDays()
        let isKnown = known.first.map { first in day.map { first <= $0 } ?? false } ?? false
        reference = isKnown ? day : nil
        firstKnown = known.first
        isReferenceGap = reference.map(known.gaps.contains) ?? false
        let landed = try PastFrame(context.company, context.point, warehouse).landedDay(of: period)
        isFinal = landed != nil
        end = landed ?? context.point.asOf
        let filter = context.filter
        thenParts = try Self.open(in: period, on: reference, context, warehouse)
        then = try filter.deals(thenParts, namedOn: reference ?? end, warehouse)
        now = try filter.deals(
            try warehouse.standingDeals(in: period, on: end, at: context.point), namedOn: end, warehouse)
        let reached = try warehouse.reachedDeals(of: period, until: end, at: context.point)
        let pasts = try warehouse.dealPasts(of: reached, until: end, at: context.point)
        let replaced = try Self.replaced(pasts, context, until: end, warehouse)
        self.pasts = Dictionary(
            (pasts + replaced.others).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        recreations = replaced.recreations
        let people = Dictionary(
            context.organisation.people.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let owned = pasts.filter { filter.contains($0, people) }.map(\.id)
        moves = try warehouse.closeMoves(
            of: Set((then + now).map(\.id)).union(owned), until: end, at: context.point)
        earlier = context.company.calendar.periods(before: period, count: Self.lookBack)
    }

    /// What was open in a period on a day, metric 1; nothing where the day is not known.
    private static func open(
        in period: Period, on day: Day?, _ context: QuestionContext, _ warehouse: Warehouse
    ) throws(BellwetherError) -> [BasisDeal] {
        guard let day else { return [] }
        return try warehouse.standingDeals(in: period, on: day, at: context.point)
            .filter { [.commit, .bestCase, .pipeline].contains($0.category) }
    }

    /// The evening before a week of the period begins.
    ///
    /// - Throws: `BW580` for all of time, `BW581` for a week that the period has not, `BW582` for one that has not begun.
    static func referenceDay(_ week: Int?, of period: Period, asOf: Day) throws(BellwetherError) -> Day? {
        guard period.grain != .all else {
            throw BellwetherError(
                .periodWithoutEnd, "all of time has no end over which a deal could slip",
                hint: "Name a period, such as --period last.")
        }
        let day = period.start + 7 * ((week ?? 1) - 1) - 1
        if let week {
            let weeks = (period.dayCount + 6) / 7
            guard (1...weeks).contains(week) else {
                throw BellwetherError(
                    .weekNotInPeriod, "\(period.label) has no week \(week)",
                    hint: "It has weeks 1 to \(weeks), counted in sevens from its first day.")
            }
            guard day <= asOf else {
                throw BellwetherError(
                    .weekNotBegun, "week \(week) of \(period.label) has not begun on \(asOf)",
                    hint: "It begins on \(day + 1); leave --week out, or ask for an earlier one.")
            }
        }
        return day <= asOf ? day : nil
    }

    /// The deals that may have been made in the place of those lost since a month before the period began, and which of
    /// them were.
    private static func replaced(
        _ pasts: [DealPast], _ context: QuestionContext, until end: Day, _ warehouse: Warehouse
    ) throws(BellwetherError) -> (others: [DealPast], recreations: Recreations) {
        let first = context.period.start - Recreations.days
        let lost = pasts.filter { past in
            past.product != nil && past.account != nil
                && past.lossDay(until: end).map { $0 >= first } ?? false
        }
        let others = try warehouse.dealPasts(
            of: warehouse.recreatedDeals(
                ofAccounts: lost.compactMap(\.account), from: first, until: end, at: context.point),
            until: end, at: context.point)
        return (others, Recreations(of: lost, among: others, until: end))
    }
}

extension NodeFilter {
    /// The deals that count for the node, each once, with what they are called on a day.
    func deals(
        _ deals: [BasisDeal], namedOn day: Day, _ warehouse: Warehouse
    ) throws(BellwetherError) -> [NodeDeal] {
        var order: [RecordID] = []
        var parts: [RecordID: [BasisDeal]] = [:]
        for deal in deals where contains(deal.cell) {
            if parts[deal.id] == nil { order.append(deal.id) }
            parts[deal.id, default: []].append(deal)
        }
        let names = try warehouse.dealNames(of: order, on: day)
        return order.compactMap { id -> NodeDeal? in
            guard let parts = parts[id],
                let largest = parts.max(by: { ($0.amount ?? .zero) < ($1.amount ?? .zero) })
            else { return nil }
            return NodeDeal(
                id: id, name: names[id] ?? id.id, category: largest.category,
                amount: parts.reduce(Amount.zero) { $0 + ($1.amount ?? .zero) }, owner: largest.owner)
        }
    }

    /// Whether a deal counts for the node by its last owner and that person's team.
    func contains(_ past: DealPast, _ people: [RecordID: Person]) -> Bool {
        let owner = past.owner.flatMap { people[$0] }
        return contains(
            ForecastCell(
                owner: past.owner, isOwnerKnown: owner != nil, team: owner?.team, category: .pipeline,
                timing: .inPeriod, isPastDue: false, sum: .none))
    }
}
