import Model

/// Amounts that look like those of any deals and add up to a given sum.
enum SumFill {
    /// Splits dollar cents into amounts of a team's currency, in whole hundreds but for the last,
    /// which makes the sum exact when each is converted at plan and rounded.
    static func amounts(
        worth dollarCents: Int, for team: SalesTeam, _ random: inout RandomStream
    ) -> [Int] {
        let typical = 7_000_000
        var amounts: [Int] = []
        var rest = dollarCents
        while rest > typical * 17 / 10 {
            let drawn = min(max(random.around(typical, .amounts), typical / 5), rest / 2)
            let amount = drawn / 10_000 * 10_000
            amounts.append(amount)
            rest -= PlanRate.dollars(amount, of: team)
        }
        if PlanRate.amount(worth: rest, for: team) == nil, let last = amounts.popLast() {
            // No rounded amount of euros is worth the rest; half a euro elsewhere changes that.
            rest += PlanRate.dollars(last, of: team) - PlanRate.dollars(last + 45, of: team)
            amounts.append(last + 45)
        }
        if let last = PlanRate.amount(worth: rest, for: team), last > 0 { amounts.append(last) }
        return amounts
    }
}
