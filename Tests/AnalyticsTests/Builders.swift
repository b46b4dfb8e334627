import Model

/// Short words for the values of these tests.
func key(_ id: String) -> RecordID { RecordID(source: "s", id: id) }

func team(_ id: String, _ name: String? = nil, below parent: String? = nil) -> Team {
    Team(id: key(id), name: name ?? id, parent: parent.map(key), lead: nil)
}

func person(_ id: String, in team: String? = nil, _ name: String? = nil) -> Person {
    Person(id: key(id), name: name ?? id, team: team.map(key))
}

func organisation(_ teams: [Team], _ people: [Person] = []) -> Organisation {
    Organisation(companyName: "Acme", teams: teams, people: people)
}

/// Deals of one owner: by default one committed deal of 100 in the period.
func cell(
    _ owner: String?, in team: String?, _ category: ForecastCategory = .commit, _ amount: Int = 100,
    count: Int = 1,
    timing: CloseTiming = .inPeriod, pastDue: Bool = false, known: Bool = true,
    faults: [DealFault: Int] = [:], name: String? = nil
) -> ForecastCell {
    ForecastCell(
        owner: owner.map(key), isOwnerKnown: known, team: team.map(key), category: category, timing: timing,
        isPastDue: pastDue, sum: DealSum(count: count, amount: Amount(amount)), faults: faults,
        ownerName: name)
}
