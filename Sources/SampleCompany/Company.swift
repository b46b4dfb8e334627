import Model

/// An invented company: everything that any export of it is written from.
public struct Company: Sendable {
    /// What it was made from.
    public let options: SampleOptions
    /// Its people and teams.
    public let organisation: Organisation
    /// The deals that are not drawn at random: those with a part in the story.
    public let plantedDeals: [DealLife]
    /// Days for which it has no export.
    public let missingNights: [Day]

    let plantedAccounts: [Account]
    let background: BackgroundDeals
    let books: Books
    let merges: [DealMerge]
    let rateShock: ExchangeRates.Shock?
    private let callHabits: CallHabits
    private let leadHabits: LeadHabits

    /// The company that the options describe; throws where they do not hold (`SampleOptions.check`).
    public init(_ options: SampleOptions) throws(BellwetherError) {
        try options.check()
        var story = Story(options)
        for fact in options.facts { fact.plant(&story) }
        self.options = options
        organisation = story.organisation
        plantedDeals = story.deals
        plantedAccounts = story.accounts
        missingNights = story.missingNights
        books = story.books
        merges = story.merges
        rateShock = story.rateShock
        callHabits = story.calls
        leadHabits = story.leads
        var background = BackgroundDeals(
            seed: options.seed, organisation: story.organisation,
            creation: CreationDays(
                total: options.deals,
                taken: story.deals.filter { !Latecomers.numbers.contains($0.number) }.map(\.created)),
            admissions: story.admissions, amendments: story.amendments,
            leftOut: Latecomers.count)
        let budgets = Budgets(story.organisation, calendar: options.calendar)
        UsualCoverage(organisation: story.organisation, budgets: budgets, calendar: options.calendar)
            .meet(story.usualCoverage, planted: story.deals, &background)
        // Last, so that no deal is drawn or expected otherwise for them.
        story.commits.settle(&background, planted: story.deals, story.organisation)
        self.background = background
    }

    /// The nights that the options ask for and that are not missing, in order.
    public var nights: [Day] {
        (0..<options.nights).map { options.until - (options.nights - 1 - $0) }
            .filter { !missingNights.contains($0) }
    }

    /// Every call up to the last night; each deal is drawn once for it.
    var calls: CallRecords {
        var ledger = CallLedger(
            until: options.until, organisation: organisation, calendar: options.calendar)
        // A closed quarter is called by what it closes at, whenever the last night is.
        let last = max(options.until, options.calendar.quarter(containing: options.until).end - 1)
        forEachDeal(createdBy: last) { ledger.add($0) }
        return CallRecords(
            sheet: CallSheet(
                ledger: ledger, habits: callHabits, organisation: organisation,
                budgets: Budgets(organisation, calendar: options.calendar), seed: options.seed))
    }

    /// Calls `body` with each deal that exists at the end of a day, one at a time: however many
    /// there are, no more than one is in memory.
    public func forEachDeal(on day: Day, _ body: (DealLife) throws -> Void) rethrows {
        try forEachDeal(createdBy: day) { deal in
            if deal.removed.map({ day < $0 }) ?? true { try body(deal) }
        }
    }

    /// Calls `body` with each lead that came by the end of a day, in no order.
    func forEachLead<Failure>(on day: Day, _ body: (Lead) throws(Failure) -> Void) throws(Failure) {
        for deal in plantedDeals where deal.number >= Company.firstUnnamed {
            let origin = DealOrigin(
                number: deal.number, source: deal.leadSource, created: deal.created,
                owner: deal.owner(on: deal.created), team: deal.team)
            try tell(of: origin, on: day, body)
        }
        for index in 0..<background.creation.count where !background.isLeftOut(index) {
            let origin = background.origin(index)
            // Leads come up to so many days before their deal, and their neighbours some days earlier still.
            guard origin.created <= day + Lead.longestWait + 12 else { return }
            try tell(of: origin, on: day, body)
        }
    }

    /// Deals with a name in the story began otherwise.
    private static let firstUnnamed = 1001

    private func tell<Failure>(
        of deal: DealOrigin, on day: Day, _ body: (Lead) throws(Failure) -> Void
    ) throws(Failure) {
        for lead in Lead.leads(around: deal, leadHabits, organisation, seed: options.seed)
        where lead.created <= day {
            try body(lead)
        }
    }

    /// The same with those that are there no more.
    private func forEachDeal(createdBy day: Day, _ body: (DealLife) throws -> Void) rethrows {
        for deal in plantedDeals where deal.created <= day { try body(deal) }
        for index in 0..<background.creation.count {
            guard background.creation.day(of: index) <= day else { return }
            guard !background.isLeftOut(index) else { continue }
            try body(background.life(index))
        }
    }
}
