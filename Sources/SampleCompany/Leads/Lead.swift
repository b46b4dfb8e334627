import Model

/// Interest that became a deal, or did not.
struct Lead: Sendable {
    let number: Int
    let source: String
    let band: String
    let owner: Person
    let created: Day
    /// The day on which someone first worked on it.
    let worked: Day
    /// The day on which it became the deal, or was given up.
    let ended: Day
    /// The id of the deal; nil when it was given up.
    let dealID: String?

    /// The record of lead.csv as of a night, with its line feed; nil before it came.
    func record(on night: Day) -> [UInt8]? {
        guard created <= night else { return nil }
        let isOver = ended <= night
        let deal = isOver ? dealID : nil
        var text = CSVText()
        text.cell(numberedID("L", number))
        text.cell(owner.id)
        text.cell(source)
        text.cell(
            isOver ? (dealID == nil ? "Disqualified" : "Converted") : worked <= night ? "Working" : "Open")
        text.cell(band)
        text.cell(created)
        text.cell(deal != nil)
        text.cell(deal == nil ? nil : ended)
        text.cell(deal ?? "")
        text.cell(isOver && dealID == nil ? ended : nil)
        text.endLine()
        return text.bytes
    }
}

extension Lead {
    /// The longest time from a lead to its deal.
    static let longestWait = 18

    /// The lead that a deal was, and beside it those of its source that came to nothing, so many that the source's
    /// share is met; none for a deal that began otherwise.
    static func leads(
        around deal: DealOrigin, _ habits: LeadHabits, _ organisation: Organisation, seed: UInt64
    ) -> [Lead] {
        var random = RandomStream(seed: seed, .lead, index: deal.number)
        guard let source = habits.sources[deal.source], random.chance(source.born) else { return [] }
        let created = deal.created - random.within(2...longestWait)
        guard created >= LeadHabits.firstDay else { return [] }
        let isLater = created >= LeadHabits.change
        let rate = isLater ? source.convertingLater : source.converting
        let rest = 1000 - rate
        let others = rest / rate + (random.chance(rest % rate * 1000 / rate) ? 1 : 0)
        var leads = [
            Lead(
                number: deal.number * 100, source: deal.source,
                band: random.pick(["A", "A", "A", "B", "B", "C"]),
                owner: organisation.worker(deal.owner, of: deal.team, on: created), created: created,
                worked: created + 1, ended: deal.created, dealID: numberedID("D", deal.number))
        ]
        for other in 0..<others {
            let day = strewn(around: created, isLater: isLater, &random)
            let owner = organisation.owner(drawn: random.below(10_000), of: deal.team, on: day)
            leads.append(
                Lead(
                    number: deal.number * 100 + other + 1, source: deal.source,
                    band: random.pick(["A", "B", "B", "C", "C", "C", "D", "D"]),
                    owner: organisation.worker(owner, of: deal.team, on: day), created: day,
                    worked: day + random.within(1...9),
                    ended: random.workDay(near: day + random.within(12...60)),
                    dealID: nil))
        }
        return leads
    }

    /// A day near another, on the same side of the change.
    private static func strewn(around day: Day, isLater: Bool, _ random: inout RandomStream) -> Day {
        let drawn = max(LeadHabits.firstDay, day + random.within(-12...12))
        let change = LeadHabits.change
        if isLater { return drawn < change ? change + (change - drawn) : drawn }
        return drawn < change ? drawn : change - 1 - (drawn - change)
    }
}

extension Organisation {
    /// The person when already here on a day, else a colleague who is.
    fileprivate func worker(_ index: Int, of team: SalesTeam, on day: Day) -> Person {
        people[index].start <= day ? people[index] : people[seller(1, of: team)]
    }
}
