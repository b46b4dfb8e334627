import Model

extension PlantedFact {
    /// The table of the frame.
    static let quarterTable = PlantedFact(
        "quarter-table",
        """
        As of 2026-12-07 FY2026Q4 is, to the cent: East closed 1.65, commit 0.70, best case 0.45, pipeline \
        0.60; West 1.50, 0.60, 0.55, 0.80; EMEA 0.95, 1.00, 0.60, 0.80
        """
    ) { story in
        let quarter = story.quarter
        var number = 1001
        for (index, row) in table.enumerated() {
            var random = story.random(1_000_000 + index)
            let planted = story.sum(of: row.column, team: row.team, in: quarter, on: Frame.present)
            for amount in SumFill.amounts(worth: row.cents - planted, for: row.team, &random) {
                let owner = story.organisation.owner(
                    drawn: random.below(10_000), of: row.team, on: Frame.quarter.start)
                story.add(deal(number: number, row.column, amount, of: row.team, owner: owner, &random))
                number += 1
            }
        }
        // Deals drawn at random neither count at the present nor move the firm part before it.
        story.admissions.append { deal in
            deal.state(on: Frame.present)?.column(in: quarter) == nil
                && deal.days(Frame.day(2026, 11, 16)...Frame.present) { state in
                    let column = state.column(in: quarter)
                    return column != .closed && column != .commit
                }
        }
    }

    private static let table: [(team: SalesTeam, column: DealCategory, cents: Int)] = [
        (.east, .closed, 165_000_000), (.east, .commit, 70_000_000),
        (.east, .bestCase, 45_000_000), (.east, .pipeline, 60_000_000),
        (.west, .closed, 150_000_000), (.west, .commit, 60_000_000),
        (.west, .bestCase, 55_000_000), (.west, .pipeline, 80_000_000),
        (.emea, .closed, 95_000_000), (.emea, .commit, 100_000_000),
        (.emea, .bestCase, 60_000_000), (.emea, .pipeline, 80_000_000),
    ]

    private static func deal(
        number: Int, _ column: DealCategory, _ amount: Int, of team: SalesTeam, owner: Int,
        _ random: inout RandomStream
    ) -> ScriptedDeal {
        let name = AccountNames.planted(number - 1001, for: team, &random)
        let isWon = column == .closed
        let isFirm = isWon || column == .commit
        var closeDate: Day
        if isWon {
            closeDate = WorkDays.onOrBefore(Frame.day(2026, 10, 5) + random.below(64))
        } else if random.chance(isFirm ? 50 : 150) {
            // Past due.
            closeDate = WorkDays.onOrBefore(Frame.present - 3 - random.below(16))
        } else {
            closeDate = WorkDays.onOrAfter(Frame.present + 1 + random.below(24))
            if closeDate >= Frame.quarter.end || random.chance(250) { closeDate = Frame.quarter.end - 1 }
        }
        // EMEA's closed + commit stands still from 2026-11-16 on but for the slip, the others'
        // from the reference day of the week's movement.
        let lastQuietDay =
            !isFirm
            ? Frame.day(2026, 12, 4)
            : team == .emea ? Frame.day(2026, 11, 13) : Frame.day(2026, 11, 25)
        let drawn = isWon ? closeDate - random.within(5...40) : lastQuietDay - random.below(45)
        let settled = WorkDays.onOrBefore(min(drawn, lastQuietDay, closeDate - 4))
        let created = WorkDays.onOrBefore(settled - random.within(25...170))
        return ScriptedDeal(
            number: number, accountName: name, team: team, owner: owner, amount: amount,
            category: isWon ? .commit : column, closeDate: closeDate, created: created,
            settled: settled, ending: isWon ? .won : nil)
    }
}
