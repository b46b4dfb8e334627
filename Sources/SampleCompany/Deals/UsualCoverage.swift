import Model

/// What was open for the quarter to come in past quarters: fact 9's "usual on this day".
///
/// The rule: on the day that is as many days before its quarter's end as the present is (24 days left),
/// the open amount (commit, best case and pipeline) of the quarter that comes next, divided by the
/// company's budget for that next quarter. What is usual is the median of the last four or eight quarters; the
/// targets make both the same. To meet a target some deals of the background are, around that day,
/// expected to close in that next quarter, or beyond it, and a fortnight later again when they were.
/// In a company too small to meet a target its quarter stays as near as it can be.
struct UsualCoverage {
    /// Open amount over budget in thousandths, for the quarter after the one of that label.
    struct Target: Sendable {
        let label: String
        let perMille: Int
    }

    let organisation: Organisation
    let budgets: Budgets

    /// The day of a quarter on which the present's number of days is left.
    static func day(in quarter: Period) -> Day {
        quarter.end - (Frame.quarter.end - Frame.present)
    }

    /// Sets for each target the close dates that it takes.
    func meet(_ targets: [Target], planted: [DealLife], _ background: inout BackgroundDeals) {
        for target in targets {
            guard let quarter = Frame.calendar.period(labelled: target.label) else { continue }
            meet(target, in: quarter, planted, &background)
        }
    }

    private struct Candidate {
        let index: Int
        let cents: Int
    }

    private func meet(
        _ target: Target, in quarter: Period, _ planted: [DealLife], _ background: inout BackgroundDeals
    ) {
        let day = UsualCoverage.day(in: quarter)
        let next = Frame.calendar.period(after: quarter)
        var missing = budgets.budget(in: next.label) / 10 * target.perMille
        for deal in planted { missing -= UsualCoverage.open(deal, in: next, on: day) ?? 0 }
        var inside: [Candidate] = []
        var outside: [Candidate] = []
        let first = WorkDays.onOrBefore(day - 8)
        let last = WorkDays.onOrAfter(day + 6)
        for index in 0..<background.creation.count {
            guard background.creation.day(of: index) <= day else { break }
            let deal = background.life(index)
            guard let end = deal.ended, end > day else { continue }
            let open = UsualCoverage.open(deal, in: next, on: day)
            missing -= open ?? 0
            guard deal.created < first, end > last + 7, let state = deal.state(on: day),
                let amount = state.amount, state.stage.isOpen,
                [.bestCase, .pipeline].contains(state.effectiveCategory),
                state.owner != organisation.tomIversen
            else { continue }
            let candidate = Candidate(index: index, cents: PlanRate.dollars(amount, of: deal.team))
            if open != nil { inside.append(candidate) } else { outside.append(candidate) }
        }
        let isShort = missing > 0
        var rest = abs(missing)
        // A stride that has no divisor in common with the number of candidates takes them from all over.
        for candidate in UsualCoverage.strewn(isShort ? outside : inside) where candidate.cents <= rest {
            rest -= candidate.cents
            let distance = 12 + candidate.index * 7 % 60
            let date = WorkDays.onOrAfter(isShort ? next.start + distance : next.end + distance)
            background.expect(candidate.index, toCloseOn: date, from: first, to: last)
        }
    }

    private static func open(_ deal: DealLife, in period: Period, on day: Day) -> Int? {
        guard let state = deal.state(on: day), let column = state.column(in: period), column != .closed
        else { return nil }
        return PlanRate.dollars(state.amount ?? 0, of: deal.team)
    }

    private static func strewn(_ candidates: [Candidate]) -> [Candidate] {
        guard candidates.count > 1 else { return candidates }
        // 7919 is a prime; only its multiples would repeat.
        let stride = candidates.count % 7919 == 0 ? 1 : 7919
        return candidates.indices.map { candidates[$0 * stride % candidates.count] }
    }
}
