import Model

/// The company while facts are planted in it.
struct Story {
    let seed: UInt64
    /// The quarter of the present, FY2026Q4.
    let quarter: Period
    /// The quarter after it, FY2027Q1.
    let nextQuarter: Period
    var organisation: Organisation
    /// The deals that are not drawn at random: the cast, and what facts add.
    private(set) var deals: [DealLife] = []
    /// The accounts of those deals.
    private(set) var accounts: [Account] = []
    /// What a deal drawn at random must fulfil to be part of the company.
    var admissions: [BackgroundDeals.Admission]
    /// Days for which there is no export.
    var missingNights: [Day] = []
    /// Who calls what.
    var calls = CallHabits()
    /// How finance's orders differ from the deals.
    var books = Books()
    /// What becomes of deals drawn at random after they were.
    var amendments: [@Sendable (inout DealLife) -> Void] = []
    /// Deals that were entered twice.
    var merges: [DealMerge] = []
    /// Nights in which the plan's rate is another; nil for none.
    var rateShock: ExchangeRates.Shock?
    /// Who commits late and who commits what does not come.
    var commits = CommitHabits()
    /// How many leads become deals.
    var leads = LeadHabits()
    /// What was open for the quarter to come in past ones; without a target it is left to chance.
    var usualCoverage: [UsualCoverage.Target] = []

    /// The company without any planted fact.
    init(_ options: SampleOptions) {
        seed = options.seed
        quarter = options.calendar.quarter(containing: Frame.present)
        nextQuarter = options.calendar.quarter(containing: quarter.end)
        let organisation = Organisation(people: options.people, seed: options.seed)
        self.organisation = organisation
        admissions = [Cast.leavesRoom(for: organisation.tomIversen, in: quarter)]
        for deal in Cast.deals(of: organisation) { add(deal) }
        for deal in Latecomers.deals(of: organisation) {
            add(deal)
            edit(deal.number) { Latecomers.quieten(&$0, closing: deal.closeDate) }
        }
    }

    mutating func add(_ deal: ScriptedDeal) {
        let (life, account) = deal.written(seed: seed)
        deals.append(life)
        accounts.append(account)
    }

    /// Changes the life of a deal of that number.
    mutating func edit(_ number: Int, _ change: (inout DealLife) -> Void) {
        for index in deals.indices where deals[index].number == number { change(&deals[index]) }
    }

    /// What the deals so far add to a column of a period's forecast, as of a day, in cents of the
    /// plan's currency.
    func sum(
        of column: DealCategory? = nil, team: SalesTeam? = nil, in period: Period, on day: Day
    ) -> Int {
        deals.reduce(0) { sum, deal in
            guard let state = deal.state(on: day), let amount = state.amount,
                let counted = state.column(in: period), column == nil || counted == column,
                team == nil || organisation.team(of: state, on: day) == team
            else { return sum }
            return sum + PlanRate.dollars(amount, of: deal.team)
        }
    }

    /// A stream for drawing what a fact invents; `index` tells streams apart.
    func random(_ index: Int) -> RandomStream {
        RandomStream(seed: seed, .planted, index: index)
    }
}

extension Organisation {
    /// The team that a deal counts for as was: on the day it closed, else on `day`.
    func team(of state: DealState, on day: Day) -> SalesTeam {
        team(of: state.owner, crediting: state, on: day)
    }

    /// The team for which a person's credit for a deal counts.
    func team(of person: Int, crediting state: DealState, on day: Day) -> SalesTeam {
        let decisive = state.stage.isOpen ? day : min(day, state.closeDate ?? day)
        return people[person].team[decisive]
    }
}
