import Model

/// Every call that was made: each Monday evening people say what their deals say and leads what they
/// believe. Up to FY2026Q3 the chief revenue officer calls the sum of the teams; since then nobody calls for
/// the company, whose number is what the teams' add up to.
///
/// In a closed quarter a lead begins near the budget, from the eighth week on calls what the quarter
/// will close at with the company's leaning, and comes closer from the eleventh. In the quarter of the
/// present a lead calls what the deals say from the eighth week on.
struct CallSheet: Sendable {
    let ledger: CallLedger
    let habits: CallHabits
    let organisation: Organisation
    let budgets: Budgets
    /// The seed of the notes.
    let seed: UInt64

    /// What a call is for.
    enum Category: String {
        case commit
        case bestCase = "best_case"
    }

    /// A call of a team or the company.
    struct Amount {
        let cents: Int
        let calculated: Int
        var note: String?
        var isOverride = false
    }

    /// The call of a team's lead at a place of the ledger; nil when nobody calls.
    func call(of team: SalesTeam, _ category: Category, at place: Int) -> Amount? {
        let day = ledger.days[place]
        let quarter = ledger.quarters[place]
        guard organisation.lead(of: team, on: day) != nil, !habits.isSilent(team, on: day),
            category == .commit || habits.callsBestCase(team, in: quarter)
        else { return nil }
        let calculated = calculated(for: team, category, at: place)
        if let planted = habits.planted(for: team, on: day) {
            // A best case below the commit would be none.
            return Amount(
                cents: category == .commit ? planted.cents : max(planted.cents, calculated),
                calculated: calculated, note: category == .commit ? planted.note : nil,
                isOverride: planted.isOverride)
        }
        let commit = commit(of: team, at: place)
        guard category == .bestCase else { return Amount(cents: commit, calculated: calculated) }
        let best = isClosed(quarter) ? rounded(commit * 112 / 100) : calculated
        return Amount(cents: max(commit, best), calculated: calculated)
    }

    /// What a lead sets over a person's call in the middle of each of the last eight closed quarters; nil where nothing is.
    ///
    /// Four times in five it lies as far from what the person closes at as what was called, on its other side and half as
    /// far again; else half way to it.
    func override(ofPerson person: Int, called cents: Int, at place: Int) -> Int? {
        let day = ledger.days[place]
        let quarter = ledger.quarters[place]
        let week = ledger.days[..<place].suffix(14).filter(quarter.contains).count
        guard let team = habits.meddler, organisation.people[person].team[day] == team,
            (7...9).contains(week),
            isClosed(quarter), quarter.label >= "FY2024Q4", cents > 0
        else { return nil }
        let error = cents - ledger.landing(ofPerson: person, in: quarter)
        let isBad = (person + place) % 5 != 0
        let moved = isBad ? cents + (error == 0 ? cents : error) / 2 : cents - error / 2
        return max(0, rounded(moved))
    }

    /// What counts for a team: its lead's newest call of the quarter that stands, else what its deals say.
    private func effective(_ team: SalesTeam, _ category: Category, at place: Int) -> Int {
        var earlier = place
        while organisation.lead(of: team, on: ledger.days[place]) != nil, earlier >= 0,
            ledger.quarters[earlier] == ledger.quarters[place]
        {
            if let call = call(of: team, category, at: earlier) { return call.cents }
            earlier -= 1
        }
        return calculated(for: team, category, at: place)
    }

    /// The call of the chief revenue officer.
    func companyCall(_ category: Category, at place: Int) -> Amount? {
        guard isClosed(ledger.quarters[place]) else { return nil }
        return Amount(
            cents: SalesTeam.allCases.reduce(0) { $0 + effective($1, category, at: place) },
            calculated: SalesTeam.allCases.reduce(0) { $0 + calculated(for: $1, category, at: place) })
    }

    /// What the deals of a team say, closed ones included.
    private func calculated(for team: SalesTeam, _ category: Category, at place: Int) -> Int {
        let sums = ledger.sums(of: team, at: place)
        return sums.closed + sums.commit + (category == .bestCase ? sums.bestCase : 0)
    }

    // MARK: - What a lead believes

    private func commit(of team: SalesTeam, at place: Int) -> Int {
        let quarter = ledger.quarters[place]
        let week = ledger.days[..<place].suffix(14).filter(quarter.contains).count
        let budget = budgets.budget(of: team, in: quarter.label) * 100
        guard isClosed(quarter) else {
            let calculated = calculated(for: team, .commit, at: place)
            return week < 7 ? rounded(budget + (calculated - budget) * week / 8) : calculated
        }
        let belief = belief(of: team, in: quarter)
        if week < 7 { return rounded(budget + (belief - budget) * (week + 1) / 8) }
        if week < 11 { return belief }
        let landing = ledger.landing(of: team, in: quarter)
        return rounded(landing + (belief - landing) / 3)
    }

    /// The landing with the company's leaning; the last team takes what rounding leaves of the sum.
    private func belief(of team: SalesTeam, in quarter: Period) -> Int {
        let factor = 1000 + habits.leaning(of: quarter)
        func leaning(_ cents: Int) -> Int { rounded(cents / 1000 * factor) }
        let landings = SalesTeam.allCases.map { ledger.landing(of: $0, in: quarter) }
        guard team == .emea else { return leaning(landings[team.rawValue]) }
        return max(0, leaning(landings.reduce(0, +)) - leaning(landings[0]) - leaning(landings[1]))
    }

    private func isClosed(_ quarter: Period) -> Bool {
        quarter.label < Frame.quarter.label
    }

    /// In ten thousands, as leads call.
    private func rounded(_ cents: Int) -> Int {
        (cents + 500_000) / 1_000_000 * 1_000_000
    }
}
