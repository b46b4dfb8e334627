import Model

/// The deals that nobody planted: drawn one by one from the seed, each a function of its index.
struct BackgroundDeals: Sendable {
    /// Whether a deal may be part of the company.
    typealias Admission = @Sendable (DealLife) -> Bool

    let seed: UInt64
    let organisation: Organisation
    let creation: CreationDays
    let admissions: [Admission]
    /// What becomes of each deal in the end.
    let amendments: [@Sendable (inout DealLife) -> Void]
    /// How many of the oldest deals make room for others.
    let leftOut: Int
    /// Spans of days on which a deal, by its index, is expected to close on another date.
    private var expectations: [Int: [Expectation]] = [:]

    /// What becomes of the days in commit of a deal, by its index.
    var habits: [Int: [CommitHabits.Habit]] = [:]

    private struct Expectation {
        let first: Day
        let last: Day
        let date: Day
    }

    init(
        seed: UInt64, organisation: Organisation, creation: CreationDays, admissions: [Admission],
        amendments: [@Sendable (inout DealLife) -> Void] = [], leftOut: Int = 0
    ) {
        self.seed = seed
        self.organisation = organisation
        self.creation = creation
        self.admissions = admissions
        self.amendments = amendments
        self.leftOut = leftOut
    }

    /// Whether the deal of an index is none of the company's: the oldest make room for deals with a part in the story,
    /// where nothing that is told looks, and their accounts stay. So no other deal is drawn otherwise for those.
    func isLeftOut(_ index: Int) -> Bool {
        let place = index % BackgroundDeals.dealsPerAccount
        guard place > 0 else { return false }
        return index / BackgroundDeals.dealsPerAccount * (BackgroundDeals.dealsPerAccount - 1) + place
            <= leftOut
    }

    /// From one day to another a deal is expected to close on `date`.
    mutating func expect(_ index: Int, toCloseOn date: Day, from first: Day, to last: Day) {
        expectations[index, default: []].append(Expectation(first: first, last: last, date: date))
    }

    /// The first number of a deal or account of the background.
    static let firstNumber = 10_001
    /// Every so many-th deal is the first of an account.
    static let dealsPerAccount = 3

    /// The deal of an index: the first draw that every planted fact admits.
    func life(_ index: Int) -> DealLife {
        var life = admitted(index)
        for span in expectations[index] ?? [] {
            life.expectClose(on: span.date, from: span.first, to: span.last)
        }
        for amend in amendments { amend(&life) }
        for habit in habits[index] ?? [] { life.take(habit) }
        return life
    }

    private func admitted(_ index: Int) -> DealLife {
        for attempt in 0..<200 {
            if let life = draw(index, attempt: attempt), admissions.allSatisfy({ $0(life) }) {
                return life
            }
        }
        return untouched(index)
    }

    /// What is known of the deal of an index when it is created.
    func origin(_ index: Int) -> DealOrigin {
        let header = header(index)
        return DealOrigin(
            number: BackgroundDeals.firstNumber + index, source: header.leadSource, created: header.created,
            owner: header.owner, team: header.account.team)
    }

    /// The account of an index; its first deal has the index times `dealsPerAccount`.
    func account(_ index: Int) -> Account {
        var random = RandomStream(seed: seed, .account, index: index)
        let draw = random.below(100)
        let team: SalesTeam = draw < 36 ? .east : draw < 69 ? .west : .emea
        let created = creation.day(of: index * BackgroundDeals.dealsPerAccount)
        let owner = organisation.owner(drawn: random.below(10_000), of: team, on: created)
        let parent = index > 20 && random.chance(60) ? random.below(index) : nil
        let name = AccountNames.background(index, for: team, &random)
        return Account(
            number: BackgroundDeals.firstNumber + index, name: name, team: team, owner: owner,
            parent: parent.map { BackgroundDeals.firstNumber + $0 }, created: created, &random)
    }

    // MARK: - One draw

    /// What stays the same however often a deal is drawn.
    private struct Header {
        let account: Account
        let created: Day
        let owner: Int
        let type: String
        let product: Product
        let leadSource: String
    }

    private func header(_ index: Int) -> Header {
        var random = RandomStream(seed: seed, .deal, index: index, attempt: -1)
        let newest = index / BackgroundDeals.dealsPerAccount
        let isFirst = index % BackgroundDeals.dealsPerAccount == 0
        let account = account(isFirst ? newest : random.below(newest + 1))
        let created = creation.day(of: index)
        let drawn = organisation.owner(drawn: random.below(10_000), of: account.team, on: created)
        let keeps = random.chance(850) && account.owner != organisation.tomIversen
        let type = !account.isOldCustomer ? "new" : random.chance(620) ? "expansion" : "renewal"
        return Header(
            account: account, created: created, owner: keeps ? account.owner : drawn, type: type,
            product: type == "renewal" ? Product.all[7] : random.pick(Product.all),
            leadSource: random.pick(DealWords.leadSources))
    }

    private func life(_ index: Int, _ header: Header, _ draft: LifeDraft) -> DealLife {
        DealLife(
            number: BackgroundDeals.firstNumber + index,
            name: "\(header.account.name): \(header.product.family)", account: header.account.number,
            team: header.account.team, productID: header.product.id, type: header.type,
            leadSource: header.leadSource, created: header.created, changes: draft.changes)
    }

    /// nil when the deal would have closed before the exports begin.
    private func draw(_ index: Int, attempt: Int) -> DealLife? {
        let header = header(index)
        var draft = LifeDraft(random: RandomStream(seed: seed, .deal, index: index, attempt: attempt))
        let ending = ending(header, attempt: attempt, &draft.random)
        guard ending.day >= Frame.historyStart else { return nil }

        draft.set(.owner(header.owner), on: header.created)
        let stages = climb(header, ending, &draft)
        for entry in stages {
            draft.set(.stage(entry.stage), on: entry.day)
            draft.set(.category(draft.category(entering: entry.stage)), on: entry.day)
        }
        enterAmounts(header, ending, stages: stages, &draft)
        enterCloseDates(header, ending, &draft)
        draft.nextSteps(from: header.created, before: ending.day, stages: stages)
        draft.end(ending.stage, on: ending.day)
        return life(index, header, draft)
    }

    /// A deal that nobody has touched since it was created: no planted fact can mind it.
    private func untouched(_ index: Int) -> DealLife {
        let header = header(index)
        var draft = LifeDraft(random: RandomStream(seed: seed, .deal, index: index, attempt: -2))
        draft.set(.stage(.prospecting), on: header.created)
        let owner =
            header.owner == organisation.tomIversen
            ? organisation.seller(1, of: .east) : header.owner
        draft.set(.owner(owner), on: header.created)
        return life(index, header, draft)
    }

    private struct Ending {
        let stage: SalesStage
        let day: Day
    }

    /// How and when it ends. Wins crowd at the end of quarters.
    private func ending(
        _ header: Header, attempt: Int, _ random: inout RandomStream
    ) -> Ending {
        if attempt % 2 == 1, header.created >= Frame.historyStart {
            // Where a deal must not count it was mostly lost early.
            let length = max(9, random.around(50, .cycles))
            return Ending(stage: .lost, day: random.workDay(near: header.created + length))
        }
        let skill = header.owner * 37 % 81 - 40
        let isWon: Bool
        let length: Int
        switch header.type {
        case "new":
            isWon = random.chance(215 + skill)
            length = 122
        case "expansion":
            isWon = random.chance(320 + skill)
            length = 96
        default:
            isWon = random.chance(515 + skill)
            length = 84
        }
        let stage: SalesStage = isWon ? .won : random.chance(700) ? .lost : .noDecision
        let median = stage == .won ? length : stage == .lost ? 98 : 165
        let day = random.workDay(near: header.created + max(9, random.around(median, .cycles)))
        guard isWon, random.chance(260) else { return Ending(stage: stage, day: day) }
        let quarterEnd = Frame.calendar.period(.quarter, containing: day).end
        let rushed = WorkDays.onOrBefore(quarterEnd - 1 - random.below(15))
        return Ending(stage: stage, day: rushed - header.created >= 15 ? rushed : day)
    }

    private func climb(
        _ header: Header, _ ending: Ending, _ draft: inout LifeDraft
    ) -> [(stage: SalesStage, day: Day)] {
        let first: SalesStage =
            header.type != "new" && draft.random.chance(550) ? .qualification : .prospecting
        let top: SalesStage
        if ending.stage == .won {
            top = .negotiation
        } else {
            let draw = draft.random.below(100)
            top =
                draw < 12
                ? .prospecting
                : draw < 36
                    ? .qualification
                    : draw < 62
                        ? .solution
                        : draw < 84 ? .proposal : .negotiation
        }
        // The last stage lasts for some time before the end.
        let span = ending.day - header.created
        let last = WorkDays.onOrBefore(header.created + span * draft.random.within(640...880) / 1000)
        guard top > first, last > header.created else { return [(first, header.created)] }
        var entries = draft.climb(first...top, from: header.created, to: last)
        if entries.count >= 3, draft.random.chance(60) {
            // One step back, and forward again.
            let back = entries[entries.count - 2]
            let away = WorkDays.onOrAfter(last + max(1, (ending.day - last) / 4))
            let again = WorkDays.onOrAfter(last + max(2, (ending.day - last) / 2))
            if away < again, again < ending.day {
                entries += [(back.stage, away), (top, again)]
            }
        }
        return entries
    }

    private func enterAmounts(
        _ header: Header, _ ending: Ending, stages: [(stage: SalesStage, day: Day)],
        _ draft: inout LifeDraft
    ) {
        let median = header.type == "new" ? 7_400_000 : header.type == "expansion" ? 5_200_000 : 6_300_000
        let drawn = draft.random.around(median, .amounts)
        // In hundreds of the currency; a euro buys more.
        let final = max(400_000, (header.account.team == .emea ? drawn * 92 / 100 : drawn) / 10_000 * 10_000)
        let isLate = draft.random.chance(150) && stages.count > 1
        draft.set(.amount(draft.guess(near: final)), on: isLate ? stages[1].day : header.created)
        for entry in stages.dropFirst(isLate ? 2 : 1) where draft.random.chance(400) {
            let isFinal = entry.stage >= .proposal
            draft.set(.amount(isFinal ? final : draft.guess(near: final)), on: entry.day)
        }
        if ending.stage == .won, draft.random.chance(350) {
            let discount = draft.random.within(880...1000)
            draft.set(.amount(final / 1000 * discount / 10_000 * 10_000), on: ending.day)
        }
    }

    private func enterCloseDates(_ header: Header, _ ending: Ending, _ draft: inout LifeDraft) {
        // People hope: the first date is a guess at the length of such a deal, on the early side.
        let hoped = draft.random.around(105, .cycles)
        var date = draft.likelyCloseDate(near: header.created + max(14, hoped))
        let isLate = draft.random.chance(100)
        var edited =
            isLate ? WorkDays.onOrAfter(header.created + draft.random.within(8...40)) : header.created
        guard edited < ending.day else { return }
        draft.set(.closeDate(date), on: edited)
        for _ in 0..<12 {
            // Around the date, or some weeks early, the owner sees that it cannot be kept.
            let ahead = draft.random.chance(400) ? draft.random.within(10...35) : draft.random.within(-9...6)
            let neglect = draft.random.chance(60) ? draft.random.within(8...40) : 0
            edited = draft.random.workDay(near: max(edited + 4, date - ahead + neglect))
            guard edited < ending.day - 3 else { return }
            let remaining = ending.day - edited
            let near =
                draft.random.chance(550)
                ? ending.day + draft.random.within(-6...12)
                : edited + min(draft.random.within(20...75), remaining + 45)
            date = draft.likelyCloseDate(near: max(near, edited + 6))
            draft.set(.closeDate(date), on: edited)
        }
    }
}
