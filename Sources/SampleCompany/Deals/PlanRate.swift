/// Money in whole cents, and the plan's rate between the two currencies.
enum PlanRate {
    /// Dollars for one euro at plan: 1.10.
    static let text = "1.10"

    /// The amount in dollar cents at plan: rounded once a deal, half away from zero.
    static func dollars(_ cents: Int, of team: SalesTeam) -> Int {
        guard team == .emea else { return cents }
        return cents >= 0 ? (cents * 11 + 5) / 10 : (cents * 11 - 5) / 10
    }

    /// The amount in the team's currency that is worth so many dollar cents at plan; nil when none
    /// is (one in eleven amounts of dollars is no rounded amount of euros).
    static func amount(worth dollarCents: Int, for team: SalesTeam) -> Int? {
        guard team == .emea else { return dollarCents }
        let euros = (dollarCents * 20 + 11) / 22
        return dollars(euros, of: team) == dollarCents ? euros : nil
    }
}
