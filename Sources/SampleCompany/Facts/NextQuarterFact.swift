import Model

extension PlantedFact {
    /// The figure of fact 9.
    static let nextQuarter = PlantedFact(
        "next-quarter",
        "As of 2026-12-07 12.60 is open in FY2027Q1, 2.1 times its budget of 6.0"
    ) { story in
        var number = 2001
        let quarter = story.nextQuarter
        let missing = 1_260_000_000 - story.sum(in: quarter, on: Frame.present)
        let east = missing * 35 / 100 / 100_000 * 100_000
        let west = missing * 31 / 100 / 100_000 * 100_000
        for (team, sum) in zip(SalesTeam.allCases, [east, west, missing - east - west]) {
            var random = story.random(2_000_000 + team.rawValue)
            for amount in SumFill.amounts(worth: sum, for: team, &random) {
                let owner = story.organisation.owner(
                    drawn: random.below(10_000), of: team, on: Frame.quarter.start)
                story.add(deal(number: number, amount, of: team, owner: owner, &random))
                number += 1
            }
        }
        story.admissions.append { deal in
            deal.state(on: Frame.present)?.column(in: quarter) == nil
        }
    }

    private static func deal(
        number: Int, _ amount: Int, of team: SalesTeam, owner: Int, _ random: inout RandomStream
    ) -> ScriptedDeal {
        let name = AccountNames.planted(150 + number - 2001, for: team, &random)
        let sureness = random.below(1000)
        var closeDate = WorkDays.onOrAfter(Frame.nextQuarter.start + 7 + random.below(80))
        if closeDate >= Frame.nextQuarter.end || random.chance(280) { closeDate = Frame.nextQuarter.end - 1 }
        let settled = WorkDays.onOrBefore(Frame.present - 3 - random.below(75))
        return ScriptedDeal(
            number: number, accountName: name, team: team, owner: owner, amount: amount,
            category: sureness < 60 ? .commit : sureness < 250 ? .bestCase : .pipeline,
            closeDate: closeDate, created: WorkDays.onOrBefore(settled - random.within(10...140)),
            settled: settled)
    }
}
