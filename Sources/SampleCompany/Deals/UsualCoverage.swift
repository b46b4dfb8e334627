import Model

/// What was open for the quarter to come in past quarters: fact 9's "usual on this day".
///
/// The rule: on the day that is as many days before its quarter's end as the present is (24 days left),
/// the open amount (commit, best case and pipeline) of the quarter that comes next, divided by the
/// company's budget for that next quarter. What is usual is the median of the last four or eight quarters; the
/// targets make both the same. To meet a target some deals of the background are, around that day,
/// expected to close in that next quarter, or beyond it, and some weeks later again when they were.
/// In a company too small to meet a target its quarter stays as near as it can be.
struct UsualCoverage {
    /// Open amount over budget in thousandths, for the quarter after the one of that label.
    struct Target: Sendable {
        let label: String
        let perMille: Int
    }

    /// Over so many days the changes around a day are spread.
    private static let spread = 7

    let organisation: Organisation
    let budgets: Budgets
    let calendar: SampleCalendar

    /// Sets for each target the close dates that it takes; every deal is drawn once.
    func meet(_ targets: [Target], planted: [DealLife], _ background: inout BackgroundDeals) {
        var tallies = targets.compactMap { Tally($0, self) }
        guard !tallies.isEmpty else { return }
        for deal in planted {
            for index in tallies.indices { tallies[index].count(deal) }
        }
        for place in 0..<background.creation.count {
            let created = background.creation.day(of: place)
            guard tallies.contains(where: { created <= $0.day }) else { break }
            guard !background.isLeftOut(place) else { continue }
            let deal = background.life(place)
            for index in tallies.indices {
                tallies[index].count(deal, at: place, unlessOf: organisation.tomIversen)
            }
        }
        for tally in tallies { tally.meet(&background) }
    }

    /// What is open for the quarter after a past one on its day, and which deals could change it.
    private struct Tally {
        /// The day of the past quarter on which as many days are left as at the present.
        let day: Day
        private let next: Period
        private let first: Day
        private let last: Day
        /// What is missing to the target, in cents; negative where there is too much.
        private var missing: Int
        private var inside: [Candidate] = []
        private var outside: [Candidate] = []

        private struct Candidate {
            let place: Int
            let cents: Int
        }

        init?(_ target: Target, _ usual: UsualCoverage) {
            guard let quarter = usual.calendar.quarter(labelled: target.label) else { return nil }
            day = quarter.end - (Frame.quarter.end - Frame.present)
            next = usual.calendar.quarter(containing: quarter.end)
            first = day - 8
            last = day + 6
            missing = usual.budgets.budget(in: next.label) / 10 * target.perMille
        }

        mutating func count(_ deal: DealLife) {
            guard let state = deal.state(on: day), isOpen(state) else { return }
            missing -= PlanRate.dollars(state.amount ?? 0, of: deal.team)
        }

        /// The same for a deal whose date may be changed, unless it is of a certain owner.
        mutating func count(_ deal: DealLife, at place: Int, unlessOf owner: Int) {
            guard deal.created <= day, let end = deal.ended, end > day, let state = deal.state(on: day)
            else { return }
            let cents = PlanRate.dollars(state.amount ?? 0, of: deal.team)
            let isInside = isOpen(state)
            if isInside { missing -= cents }
            guard deal.created < first - 2 * UsualCoverage.spread, end > last + 3 * UsualCoverage.spread,
                state.amount != nil, state.owner != owner,
                [.bestCase, .pipeline].contains(state.effectiveCategory)
            else { return }
            let candidate = Candidate(place: place, cents: cents)
            if isInside { inside.append(candidate) } else { outside.append(candidate) }
        }

        func meet(_ background: inout BackgroundDeals) {
            let isShort = missing > 0
            var rest = abs(missing)
            for candidate in strewn(isShort ? outside : inside) where candidate.cents <= rest {
                rest -= candidate.cents
                let distance = 12 + candidate.place * 7 % 60
                let date = WorkDays.onOrAfter(isShort ? next.start + distance : next.end + distance)
                // Not all on one day: that would be a fact of its own.
                let spread = candidate.place % UsualCoverage.spread
                background.expect(
                    candidate.place, toCloseOn: date, from: WorkDays.onOrBefore(first - spread),
                    to: WorkDays.onOrAfter(last + spread))
            }
        }

        private func isOpen(_ state: DealState) -> Bool {
            state.column(in: next).map { $0 != .closed } ?? false
        }

        /// From all over: a stride that has no divisor in common with their number.
        private func strewn(_ candidates: [Candidate]) -> [Candidate] {
            guard !candidates.isEmpty else { return [] }
            // A prime: only its multiples would repeat.
            let stride = candidates.count % 7919 == 0 ? 1 : 7919
            return candidates.indices.map { candidates[$0 * stride % candidates.count] }
        }
    }
}
