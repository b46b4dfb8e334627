import Model

/// Who commits late and who commits what never comes, in deals that ended before the quarter of the present: their
/// outcomes, amounts and dates are those of any deals, only the days in commit differ.
///
/// The rule that both facts are told by: a deal's entry is the first day at whose end it was open and in commit.
/// A win entered late when that is less than seven days before the day it was won. A commit is a deal with
/// an entry that is decided; it landed when it was won.
struct CommitHabits: Sendable {
    /// The index of the person 55 % of whose wins enter commit late; nil for none.
    var sandbagger: Int?
    /// The person whose wins, some of them, were the sandbagger's.
    var colleague: Int?
    /// The index of the person of whose commits 38 % land, against 72 % of all others; nil for none.
    var optimist: Int?

    /// What becomes of a deal's days in commit.
    enum Habit: Sendable, Hashable {
        /// In commit for a few days only.
        case late(Int)
        /// In commit for some weeks.
        case early(Int)
        /// Never in commit.
        case never
        /// Owned by another person from the beginning.
        case taken(Int)
    }

    /// A deal that has ended by the present.
    private struct Decided {
        /// The place in the background; nil for a planted deal, which keeps its habits.
        let place: Int?
        let number: Int
        let created: Day
        var owner: Int
        let isWon: Bool
        let ended: Day
        var entry: Day?
        /// The day on which it came to its last open stage, from Solution on; nil when it never came so far.
        let matured: Day?

        /// Lost some time after it came far, and never in commit.
        var isHopeless: Bool { !isWon && entry == nil && matured.map { ended - $0 > 7 } ?? false }
        var isLate: Bool { isWon && entry.map { ended - $0 < 7 } ?? false }
    }

    /// Sets the habits that the facts take; every deal is drawn once.
    func settle(_ background: inout BackgroundDeals, planted: [DealLife], _ organisation: Organisation) {
        guard sandbagger != nil || optimist != nil else { return }
        var decided = planted.compactMap { CommitHabits.decided($0, at: nil) }
        for place in 0..<background.creation.count {
            guard background.creation.day(of: place) <= Frame.present else { break }
            guard !background.isLeftOut(place) else { continue }
            if let deal = CommitHabits.decided(background.life(place), at: place) { decided.append(deal) }
        }
        if let sandbagger { commitLate(sandbagger, &decided, &background, organisation) }
        if let optimist { commitMuch(optimist, &decided, &background) }
    }

    private static func decided(_ deal: DealLife, at place: Int?) -> Decided? {
        guard deal.removed == nil, let ended = deal.ended, ended <= Frame.present,
            let state = deal.state(on: ended)
        else { return nil }
        return Decided(
            place: place, number: deal.number, created: deal.created, owner: state.owner,
            isWon: state.stage == .won, ended: ended, entry: deal.firstCommit,
            matured: deal.maturity)
    }

    // MARK: - Late commits

    private func commitLate(
        _ person: Int, _ decided: inout [Decided], _ background: inout BackgroundDeals,
        _ organisation: Organisation
    ) {
        takeOver(person, &decided, &background, organisation)
        let wins = decided.indices.filter { decided[$0].owner == person && decided[$0].isWon }
        let free = wins.filter { decided[$0].place != nil && decided[$0].ended < Frame.quarter.start }
        let fixed = wins.count { decided[$0].isLate } - free.count { decided[$0].isLate }
        let late = max(0, (wins.count * 11 + 10) / 20 - fixed)
        for (turn, index) in free.enumerated() {
            guard let place = decided[index].place else { continue }
            let number = decided[index].number
            let isLate = (turn + 1) * late / free.count > turn * late / free.count
            guard isLate || decided[index].entry == nil || decided[index].isLate else { continue }
            let days = isLate ? 2 + number % 4 : 12 + number % 25
            background.habits[place, default: []].append(isLate ? .late(days) : .early(days))
            decided[index].entry = decided[index].ended - days
        }
    }

    /// So many wins of a colleague are the person's that eleven in twenty can be told exactly, a quarter more at most.
    private func takeOver(
        _ person: Int, _ decided: inout [Decided], _ background: inout BackgroundDeals,
        _ organisation: Organisation
    ) {
        let count = decided.count { $0.owner == person && $0.isWon }
        let missing = min((20 - count % 20) % 20, count / 4)
        let theirs = decided.indices.filter {
            decided[$0].owner == colleague && decided[$0].isWon && decided[$0].place != nil
                && decided[$0].ended < Frame.quarter.start
                && organisation.people[person].start <= decided[$0].created
        }
        guard missing < theirs.count else { return }
        for turn in 0..<missing {
            let index = theirs[(turn + 1) * theirs.count / (missing + 1)]
            guard let place = decided[index].place else { continue }
            background.habits[place, default: []].append(.taken(person))
            decided[index].owner = person
        }
    }

    // MARK: - Commits that do not land

    /// Before the first of the default company's nights: what is exported each night is as it was.
    private static let last = Frame.day(2026, 8, 9)

    private func commitMuch(
        _ person: Int, _ decided: inout [Decided], _ background: inout BackgroundDeals
    ) {
        let won = decided.count { $0.owner == person && $0.isWon && $0.entry != nil }
        let lost = decided.count { $0.owner == person && !$0.isWon && $0.entry != nil }
        let quiet = decided.indices.filter {
            decided[$0].owner == person && decided[$0].isHopeless && isFree(decided[$0])
        }
        // 38 % of all.
        for index in spread(max(0, won * 62 / 38 - lost), over: quiet) {
            let deal = decided[index]
            let longest = deal.ended - (deal.matured ?? deal.created)
            change(deal, .early(min(14 + deal.number % 40, longest)), &background)
        }
        let wonByOthers = decided.count { $0.owner != person && $0.isWon && $0.entry != nil }
        let lostByOthers = decided.indices.filter {
            decided[$0].owner != person && !decided[$0].isWon && decided[$0].entry != nil
        }
        // 72 % of all.
        let surplus = max(0, lostByOthers.count - wonByOthers * 28 / 72)
        for index in spread(surplus, over: lostByOthers.filter { isFree(decided[$0]) }) {
            change(decided[index], .never, &background)
        }
    }

    private func isFree(_ deal: Decided) -> Bool {
        deal.place != nil && deal.ended <= CommitHabits.last
    }

    /// So many of them, from all over.
    private func spread(_ count: Int, over indices: [Int]) -> [Int] {
        let count = min(count, indices.count)
        return (0..<count).map { indices[$0 * indices.count / count] }
    }

    private func change(_ deal: Decided, _ habit: Habit, _ background: inout BackgroundDeals) {
        if let place = deal.place { background.habits[place, default: []].append(habit) }
    }
}

extension DealLife {
    /// The first day at whose end it is open and in commit; nil without one.
    var firstCommit: Day? {
        var state = DealState()
        for (index, change) in changes.enumerated() {
            state.apply(change.field)
            let isLastOfDay = index + 1 == changes.count || changes[index + 1].day != change.day
            if isLastOfDay, state.stage.isOpen, state.effectiveCategory == .commit { return change.day }
        }
        return nil
    }

    /// The day on which it came to its last open stage, when that was Solution or a later one.
    fileprivate var maturity: Day? {
        let stages = changes.compactMap { change -> (stage: SalesStage, day: Day)? in
            guard case .stage(let stage) = change.field, stage.isOpen else { return nil }
            return (stage, change.day)
        }
        return stages.last.flatMap { $0.stage >= .solution ? $0.day : nil }
    }

    /// Its days in commit are those of a habit.
    mutating func take(_ habit: CommitHabits.Habit) {
        guard let ended else { return }
        switch habit {
        case .never: recategorise(.commit, as: .bestCase, before: ended)
        case .late(let days):
            recategorise(.commit, as: .bestCase, before: ended)
            enterCommit(on: WorkDays.onOrAfter(max(ended - days, created)), before: ended)
        case .early(let days):
            enterCommit(on: WorkDays.onOrBefore(max(ended - days, created)), before: ended)
        case .taken(let person): give(to: person)
        }
    }

    private mutating func enterCommit(on day: Day, before end: Day) {
        let day = day < end ? day : WorkDays.onOrBefore(end - 1)
        let minute = 545 + number * 41 % 480
        rewrite(
            from: day, to: end - 1, with: [DealChange(day: day, minute: minute, field: .category(.commit))])
    }
}
