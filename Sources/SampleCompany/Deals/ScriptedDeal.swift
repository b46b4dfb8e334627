import Model

/// A deal whose end is given and whose way there is invented: from `settled` to the present (or to
/// its win) its stage, category, amount and close date stand still.
struct ScriptedDeal {
    let number: Int
    let accountName: AccountNames.Name
    let team: SalesTeam
    /// The index of the owner in the organisation's people.
    let owner: Int
    /// In cents of the team's currency.
    let amount: Int
    let category: DealCategory
    /// The expected close date at the present; for a won or lost deal the day it closed.
    let closeDate: Day
    let created: Day
    /// From this day on nothing that counts changes.
    let settled: Day
    /// How it ended by the present; nil while open.
    var ending: SalesStage?
}

extension ScriptedDeal {
    /// The deal's life and its account.
    func written(seed: UInt64) -> (life: DealLife, account: Account) {
        var draft = LifeDraft(random: RandomStream(seed: seed, .planted, index: number))
        let account = Account(
            number: number, name: accountName, team: team, owner: owner, created: created, &draft.random)
        let type = !account.isOldCustomer ? "new" : draft.random.chance(620) ? "expansion" : "renewal"
        let product = type == "renewal" ? Product.all[7] : draft.random.pick(Product.all)

        draft.set(.owner(owner), on: created)
        let top = topStage(&draft.random)
        let stages = draft.climb(.prospecting...top, from: created, to: settled)
        for entry in stages {
            draft.set(.stage(entry.stage), on: entry.day)
            // Before it is settled nobody is as sure as later.
            let given = draft.category(entering: entry.stage)
            guard entry.day < settled else { continue }
            draft.set(.category(given == .commit || given == .omitted ? .pipeline : given), on: entry.day)
        }
        draft.set(.category(category), on: settled)
        enterAmounts(&draft)
        enterCloseDates(&draft)
        let end = end(&draft)
        draft.nextSteps(from: created, before: end.day, stages: stages)
        draft.end(end.stage, on: end.day)
        let life = DealLife(
            number: number, name: "\(accountName.full): \(product.family)", account: number, team: team,
            productID: product.id, type: type, leadSource: draft.random.pick(DealWords.leadSources),
            created: created, changes: draft.changes)
        return (life, account)
    }

    private func topStage(_ random: inout RandomStream) -> SalesStage {
        switch category {
        case .commit: random.chance(850) ? .negotiation : .proposal
        case .bestCase: random.chance(750) ? .proposal : .negotiation
        default: random.chance(600) ? .solution : .qualification
        }
    }

    private func enterAmounts(_ draft: inout LifeDraft) {
        if draft.random.chance(550) {
            draft.set(.amount(draft.guess(near: amount)), on: created)
        }
        let days = max(0, settled - created)
        let final = WorkDays.onOrBefore(created + days * draft.random.within(500...1000) / 1000)
        draft.set(.amount(amount), on: max(final, created))
    }

    private func enterCloseDates(_ draft: inout LifeDraft) {
        // A deal that closed did so a few days off the date that was expected.
        let expected =
            ending == nil
            ? closeDate
            : min(Frame.quarter.end - 1, closeDate + draft.random.within(0...12))
        let hoped = expected - draft.random.within(20...75)
        guard draft.random.chance(500), hoped > created + 10 else {
            draft.set(.closeDate(expected), on: created)
            return
        }
        draft.set(.closeDate(hoped), on: created)
        draft.set(
            .closeDate(expected),
            on: max(created, min(settled, WorkDays.onOrBefore(hoped - draft.random.below(20)))))
    }

    /// How it ends: as given, or after the present as deals of its category do.
    private func end(_ draft: inout LifeDraft) -> (stage: SalesStage, day: Day) {
        if let ending { return (ending, closeDate) }
        let chance = category == .commit ? 800 : category == .bestCase ? 420 : 150
        let isWon = draft.random.chance(chance)
        var day = WorkDays.onOrAfter(
            max(closeDate - 3 + draft.random.below(9), Frame.present + 1 + draft.random.below(12)))
        if !isWon, draft.random.chance(500) {
            let pushed = closeDate + draft.random.within(30...80)
            draft.set(.closeDate(pushed), on: WorkDays.onOrAfter(max(closeDate - 2, Frame.present + 1)))
            day = WorkDays.onOrAfter(max(pushed, day + 4))
        }
        return (isWon ? .won : draft.random.chance(650) ? .lost : .noDecision, day)
    }
}
