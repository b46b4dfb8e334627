import Model

/// The people and the teams, and who leads which team on which day.
public struct Organisation: Sendable {
    /// Everyone: first those with a quota, by team, then those who lead.
    public var people: [Person]
    /// The index in `people` of each team's lead, in the order of `SalesTeam.allCases`; nil while vacant.
    public var leads: [Timeline<Int?>]

    /// The id of the chief revenue officer, who has the teams' leads below and belongs to no team.
    public let chiefID: String

    /// The indices in `people` of those who sell for a team, in the order of `SalesTeam.allCases`.
    /// An owner of a deal is drawn from these; a planted move of a person does not change them.
    let rosters: [[Int]]

    /// The company's organisation with that many people who have a quota.
    init(people count: Int, seed: UInt64) {
        var people: [Person] = []
        var rosters: [[Int]] = []
        for team in SalesTeam.allCases {
            let size = (count + 2 - team.rawValue) / 3
            rosters.append(Array(people.count..<people.count + size))
            for place in 0..<size {
                people.append(
                    Organisation.seller(number: people.count, place: place, of: team, seed: seed))
            }
        }
        var leads: [Timeline<Int?>] = []
        for (team, lead) in zip(SalesTeam.allCases, PersonNames.leads) {
            leads.append(Timeline(people.count))
            people.append(
                Person(
                    id: Organisation.id(people.count), name: lead.name, email: lead.email,
                    title: "Regional sales director", hasQuota: false,
                    start: Frame.day(2019, 3 + team.rawValue, 1), end: nil, team: Timeline(team)))
        }
        chiefID = Organisation.id(people.count)
        self.people = people
        self.rosters = rosters
        self.leads = leads
    }

    /// The lead of a team at the end of a day; nil while vacant.
    public func lead(of team: SalesTeam, on day: Day) -> Person? {
        leads[team.rawValue][day].map { people[$0] }
    }

    /// The index of the person who comes `place`-th in a team, counted round.
    func seller(_ place: Int, of team: SalesTeam) -> Int {
        let roster = rosters[team.rawValue]
        return roster[place % roster.count]
    }

    /// The owner whom a draw of `place` gives on a day: the first from there on who works here by
    /// then. Tom Iversen takes nothing new in the half year before his move.
    func owner(drawn place: Int, of team: SalesTeam, on day: Day) -> Int {
        let roster = rosters[team.rawValue]
        for step in 0..<roster.count {
            let index = roster[(place + step) % roster.count]
            if index == tomIversen, day >= Organisation.tomTakesNothingNew { continue }
            if people[index].start <= day { return index }
        }
        return seller(1, of: team)
    }

    /// The index of Tom Iversen, who heads the roster of East.
    var tomIversen: Int { 0 }

    private static let tomTakesNothingNew = Frame.day(2026, 4, 1)

    private static func id(_ number: Int) -> String {
        let digits = String(number + 1)
        return "P" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    }

    private static func seller(number: Int, place: Int, of team: SalesTeam, seed: UInt64) -> Person {
        var random = RandomStream(seed: seed, .person, index: number)
        let known = PersonNames.sellers[team.rawValue]
        let name = place < known.count ? known[place] : PersonNames.invented(number)
        // The first two of a team have been here before any deal of the exports; everyone has
        // been since the summer of 2026, so that each has a quota in FY2026Q4.
        let start: Day
        if place < 2 || random.chance(600) {
            start = Frame.day(2017, 1, 1) + random.below(2300)
        } else {
            start = Frame.day(2023, 9, 1) + random.below(1000)
        }
        return Person(
            id: id(number), name: name.name, email: name.email,
            title: random.chance(350) ? "Senior account executive" : "Account executive",
            hasQuota: true, start: WorkDays.onOrAfter(start), end: nil, team: Timeline(team))
    }
}
