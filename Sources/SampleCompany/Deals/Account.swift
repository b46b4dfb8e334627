import Model

/// A customer or prospect.
struct Account: Sendable {
    /// The number from which the id is made; accounts of planted deals have numbers below 10,000.
    let number: Int
    let name: String
    let team: SalesTeam
    /// The index of the owner in the organisation's people.
    let owner: Int
    /// The number of the account above it.
    let parent: Int?
    /// Whether it bought before the exports begin.
    let isOldCustomer: Bool
    let industry: String
    let segment: String
    let country: String
    let employees: Int
    /// In whole units of the team's currency.
    let annualRevenue: Int
    let sourceChannel: String
    let created: Day

    var id: String { numberedID("A", number) }
}

extension Account {
    /// An account of that name whose size, country and the like are drawn at random.
    init(
        number: Int, name: AccountNames.Name, team: SalesTeam, owner: Int, parent: Int? = nil,
        created: Day, _ random: inout RandomStream
    ) {
        let employees = random.around(420, .amounts) * (random.chance(120) ? 9 : 1)
        self.init(
            number: number, name: name.full, team: team, owner: owner, parent: parent,
            isOldCustomer: random.chance(450), industry: name.industry,
            segment: employees > 2500 ? "Enterprise" : employees > 300 ? "Mid-market" : "Small business",
            country: random.pick(team.countries), employees: employees,
            annualRevenue: employees * random.within(140...390) * 1000,
            sourceChannel: random.pick(DealWords.leadSources), created: created)
    }
}
