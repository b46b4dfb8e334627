import Model

extension PlantedFact {
    /// Fact 12 of the story, told by the nights after the present.
    static let backdatedClose = PlantedFact(
        "backdated-close",
        """
        FY2026Q4 is frozen on 2027-01-06 at 6.68: East 2.48, West 2.20, EMEA 2.00; on 2027-01-08 Tom Iversen enters two \
        wins with dates of December, Marlowe Cement 0.08 and Ingleby Foods 0.04: restatements of 0.12
        """
    ) { story in
        for (team, cents) in landings { land(team, at: cents, &story) }
        backdate(&story)
        keepOut(&story)
        story.amendments.append { deal in postponeWin(of: &deal) }
    }

    private static let landings: [(team: SalesTeam, cents: Int)] = [
        (.east, 248_000_000), (.west, 220_000_000), (.emea, 200_000_000),
    ]

    /// Number, amount in cents, date that is entered.
    private static let backdated: [(number: Int, cents: Int, date: Day)] = [
        (Cast.marlowe, 8_000_000, Frame.day(2026, 12, 30)),
        (Cast.marlowe + 1, 4_000_000, Frame.day(2026, 12, 31)),
    ]

    private static func backdate(_ story: inout Story) {
        for (place, deal) in backdated.enumerated() {
            story.edit(deal.number) { life in
                life.rewriteAll(
                    after: Frame.present,
                    [
                        DealChange(
                            day: Frame.day(2026, 12, 29), minute: 615,
                            field: .closeDate(Frame.day(2027, 1, 29)))
                    ]
                        + DealChange.win(
                            on: Frame.day(2027, 1, 8), minute: 552 + 8 * place, dated: deal.date,
                            amount: deal.cents))
            }
        }
    }

    // MARK: - What the quarter lands at

    /// A deal that is open in the quarter at the present.
    private struct Candidate {
        let number: Int
        let category: DealCategory
        /// In cents of the plan's currency.
        let dollars: Int
        let expected: Day
    }

    /// Some of a team's deals are won until its closed sum is reached, the others lost or pushed.
    private static func land(_ team: SalesTeam, at cents: Int, _ story: inout Story) {
        let candidates = candidates(of: team, story)
        var rest = cents - story.sum(of: .closed, team: team, in: story.quarter, on: Frame.present)
        var winners: [Candidate] = []
        for category in [DealCategory.commit, .bestCase, .pipeline] {
            for (place, deal) in candidates.filter({ $0.category == category }).enumerated()
            // Not even all of commit comes.
            where deal.dollars <= rest && (category != .commit || place % 5 != 3) {
                winners.append(deal)
                rest -= deal.dollars
            }
        }
        let amounts = finalAmounts(of: winners, more: max(0, rest), team)
        for deal in candidates {
            story.edit(deal.number) { life in
                let day = decision(on: deal)
                let minute = 560 + deal.number % 400
                if winners.contains(where: { $0.number == deal.number }) {
                    life.rewriteAll(
                        after: Frame.present,
                        DealChange.win(on: day, minute: minute, amount: amounts[deal.number]))
                } else if deal.number % 2 == 0 {
                    life.rewriteAll(
                        after: Frame.present, DealChange.loss(on: day, minute: minute, "Competitor"))
                } else {
                    life.rewriteAll(after: Frame.present, pushed(deal, on: day, minute))
                }
            }
        }
    }

    private static func candidates(of team: SalesTeam, _ story: Story) -> [Candidate] {
        story.deals.compactMap { deal in
            guard !backdated.contains(where: { $0.number == deal.number }),
                let state = deal.state(on: Frame.present), let amount = state.amount,
                let column = state.column(in: story.quarter), column != .closed,
                story.organisation.team(of: state, on: Frame.present) == team
            else { return nil }
            return Candidate(
                number: deal.number, category: column, dollars: PlanRate.dollars(amount, of: deal.team),
                expected: state.closeDate ?? Frame.present)
        }
    }

    /// What the largest win closes above its amount, so that the sum is met to the cent; a euro's rounding may take
    /// another half one from the second.
    private static func finalAmounts(
        of winners: [Candidate], more: Int, _ team: SalesTeam
    ) -> [Int: Int] {
        let largest = winners.sorted { ($1.dollars, $0.number) < ($0.dollars, $1.number) }
        guard more > 0, let first = largest.first else { return [:] }
        if let amount = PlanRate.amount(worth: first.dollars + more, for: team) {
            return [first.number: amount]
        }
        guard let second = largest.dropFirst().first,
            let old = PlanRate.amount(worth: second.dollars, for: team)
        else { return [:] }
        let taken = PlanRate.dollars(old + 45, of: team) - second.dollars
        return PlanRate.amount(worth: first.dollars + more - taken, for: team).map {
            [first.number: $0, second.number: old + 45]
        } ?? [:]
    }

    private static func decision(on deal: Candidate) -> Day {
        let expected =
            deal.expected > Frame.present ? deal.expected : Frame.present + 1 + deal.number % 16
        return WorkDays.onOrBefore(min(expected, Frame.quarter.end - 1))
    }

    private static func pushed(_ deal: Candidate, on day: Day, _ minute: Int) -> [DealChange] {
        let date = WorkDays.onOrAfter(Frame.day(2027, 1, 20) + deal.number % 60)
        let push = DealChange(day: day, minute: minute, field: .closeDate(date))
        return [push]
            + (deal.number % 3 == 0
                ? DealChange.win(on: date, minute: minute)
                : DealChange.loss(on: date, minute: minute, "Price"))
    }

    // MARK: - Nothing else closes in the quarter

    private static func keepOut(_ story: inout Story) {
        for number in story.deals.map(\.number) where !backdated.contains(where: { $0.number == number }) {
            let isCandidate = story.deals.contains { deal in
                deal.number == number
                    && (deal.state(on: Frame.present)?.column(in: story.quarter) != nil)
            }
            if !isCandidate { story.edit(number, postponeWin) }
        }
    }

    /// A win after the present and before the quarter's end comes five weeks later.
    private static func postponeWin(of deal: inout DealLife) {
        guard let day = deal.ended, Frame.present < day, day < Frame.quarter.end,
            deal.state(on: day)?.stage == .won
        else { return }
        deal.reschedule(from: day, to: WorkDays.onOrAfter(day + 35))
    }
}
