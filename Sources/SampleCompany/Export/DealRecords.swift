import Model

/// The records of one deal and of one account, night after night: made anew only when they change.
struct DealRecords {
    private let deal: DealLife
    private let people: [Person]
    private var state = DealState()
    private var position = 0
    private var text = CSVText()

    init(_ deal: DealLife, people: [Person]) {
        self.deal = deal
        self.people = people
    }

    /// The record of a night with its line feed; nights are asked for in rising order. nil before
    /// the deal was created, and when it is there no more.
    mutating func record(on night: Day) -> [UInt8]? {
        guard deal.created <= night, deal.removed.map({ night < $0 }) ?? true else { return nil }
        var isChanged = text.bytes.isEmpty
        while position < deal.changes.count, deal.changes[position].day <= night {
            state.apply(deal.changes[position].field)
            position += 1
            isChanged = true
        }
        if isChanged { write() }
        return text.bytes
    }

    private mutating func write() {
        text.removeAll()
        text.cell(deal.id)
        text.cell(deal.name)
        text.cell(numberedID("A", deal.account))
        text.cell(people[state.owner].id)
        text.cell(deal.productID)
        text.cell(state.stage.name)
        text.cell(state.category?.rawValue ?? "")
        text.cell(cents: state.amount)
        text.cell(deal.currency)
        text.cell(state.closeDate)
        text.cell(deal.created)
        text.cell(deal.type)
        text.cell(deal.leadSource)
        text.cell(state.nextStep)
        text.cell(state.lossReason)
        text.cell(!state.stage.isOpen)
        text.cell(state.stage == .won)
        text.cell(state.stage.probability)
        text.endLine()
    }
}

/// An account becomes a customer when its first deal is won.
struct AccountRecords {
    let account: Account
    let owner: Person
    /// The day on which its first deal was won; nil when it was not.
    let won: Day?

    init(_ account: Account, firstDeal: DealLife, people: [Person]) {
        self.account = account
        owner = people[account.owner]
        won = firstDeal.changes.first { $0.field == .stage(.won) }?.day
    }

    /// The record of a night with its line feed; nil before the account was created.
    func record(on night: Day) -> [UInt8]? {
        guard account.created <= night else { return nil }
        let isCustomer = account.isOldCustomer || won.map { $0 <= night } ?? false
        var text = CSVText()
        text.cell(account.id)
        text.cell(account.name)
        text.cell(owner.id)
        text.cell(account.parent.map { numberedID("A", $0) } ?? "")
        text.cell(isCustomer ? "customer" : "prospect")
        text.cell(account.industry)
        text.cell(account.segment)
        text.cell(account.team.region)
        text.cell(account.country)
        text.cell(cents: account.annualRevenue * 100)
        text.cell(account.employees)
        text.cell(account.sourceChannel)
        text.cell(account.created)
        text.endLine()
        return text.bytes
    }
}
