import Model

/// What the deals said on each Monday evening, for every person and team, and what each quarter
/// closed at: what calls stand on. Filled deal by deal.
struct CallLedger: Sendable {
    /// Closed, commit and best case of a quarter, exclusive, in cents of the plan's currency.
    struct Sums: Sendable {
        var closed = 0
        var commit = 0
        var bestCase = 0

        static func + (left: Sums, right: Sums) -> Sums {
            Sums(
                closed: left.closed + right.closed, commit: left.commit + right.commit,
                bestCase: left.bestCase + right.bestCase)
        }

        mutating func add(_ cents: Int, to column: DealCategory) {
            switch column {
            case .closed: closed += cents
            case .commit: commit += cents
            case .bestCase: bestCase += cents
            case .pipeline, .omitted: break
            }
        }
    }

    /// The days on which calls are due: every Monday, or the working day after it.
    let days: [Day]
    /// The quarter of each of them.
    let quarters: [Period]
    private let organisation: Organisation
    private var people: [Sums]
    private var teams: [Sums]
    private var landings: [String: [Int]] = [:]
    /// What each person's deals closed each quarter at, in cents.
    private var personLandings: [String: [Int: Int]] = [:]

    init(until: Day, organisation: Organisation, calendar: SampleCalendar) {
        var days: [Day] = []
        // 2024 begins on a Monday.
        var monday = Frame.historyStart
        while monday <= until {
            days.append(WorkDays.onOrAfter(monday))
            monday = monday + 7
        }
        self.days = days
        quarters = days.map { calendar.quarter(containing: $0) }
        self.organisation = organisation
        people = Array(repeating: Sums(), count: days.count * organisation.people.count)
        teams = Array(repeating: Sums(), count: days.count * SalesTeam.allCases.count)
        for quarter in quarters where landings[quarter.label] == nil {
            landings[quarter.label] = SalesTeam.allCases.map { _ in 0 }
        }
    }

    /// What a person's deals said.
    func sums(ofPerson person: Int, at place: Int) -> Sums {
        people[place * organisation.people.count + person]
    }

    /// What a team's deals said.
    func sums(of team: SalesTeam, at place: Int) -> Sums {
        teams[place * SalesTeam.allCases.count + team.rawValue]
    }

    /// What a team closed a quarter at, in cents.
    func landing(of team: SalesTeam, in quarter: Period) -> Int {
        landings[quarter.label]?[team.rawValue] ?? 0
    }

    /// What a person closed a quarter at, in cents.
    func landing(ofPerson person: Int, in quarter: Period) -> Int {
        personLandings[quarter.label]?[person] ?? 0
    }

    mutating func add(_ deal: DealLife) {
        var state = DealState()
        var position = 0
        var place = firstPlace(onOrAfter: deal.created)
        while place < days.count {
            let day = days[place]
            while position < deal.changes.count, deal.changes[position].day <= day {
                state.apply(deal.changes[position].field)
                position += 1
            }
            // Unless it comes back.
            if !state.stage.isOpen, isOver(state, in: quarters[place]), position == deal.changes.count {
                break
            }
            if let column = state.column(in: quarters[place]) { add(deal, state, column, at: place, on: day) }
            place += 1
        }
        addLanding(deal)
    }

    private func isOver(_ state: DealState, in quarter: Period) -> Bool {
        guard state.stage == .won, let closeDate = state.closeDate else { return true }
        return closeDate < quarter.start
    }

    private mutating func add(
        _ deal: DealLife, _ state: DealState, _ column: DealCategory, at place: Int, on day: Day
    ) {
        for (person, cents) in deal.credits(state) {
            people[place * organisation.people.count + person].add(cents, to: column)
            let team = organisation.team(of: person, crediting: state, on: day)
            teams[place * SalesTeam.allCases.count + team.rawValue].add(cents, to: column)
        }
    }

    /// What is won in a quarter by the day that freezes it.
    private mutating func addLanding(_ deal: DealLife) {
        var counted: Set<String> = []
        for change in deal.changes where change.field == .stage(.won) {
            guard let date = deal.state(on: change.day)?.closeDate,
                let quarter = quarters.first(where: { $0.contains(date) }),
                counted.insert(quarter.label).inserted,
                let state = deal.state(on: max(WorkDays.third(after: quarter), quarter.end - 1)),
                state.column(in: quarter) == .closed
            else { continue }
            for (person, cents) in deal.credits(state) {
                let team = organisation.team(of: person, crediting: state, on: quarter.end - 1)
                landings[quarter.label]?[team.rawValue] += cents
                personLandings[quarter.label, default: [:]][person, default: 0] += cents
            }
        }
    }

    private func firstPlace(onOrAfter day: Day) -> Int {
        var low = 0
        var high = days.count
        while low < high {
            let middle = (low + high) / 2
            if days[middle] < day { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
