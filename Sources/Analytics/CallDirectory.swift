import Model

/// Finds the nodes of which calls speak: by id, else by name, since lists that people keep by hand name them so.
public struct CallDirectory: Sendable {
    private let teams: [RecordID: Team]
    private let people: Set<RecordID>
    private let teamNames: [RecordID: [RecordID]]
    private let personNames: [RecordID: [RecordID]]
    private let ledTeams: [RecordID: [RecordID]]

    /// The nodes of an organisation.
    public init(_ organisation: Organisation) {
        teams = Dictionary(organisation.teams.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        people = Set(organisation.people.map(\.id))
        teamNames = Dictionary(grouping: organisation.teams.map(\.id)) { [teams] id in
            RecordID(source: id.source, id: (teams[id]?.name ?? "").lowercased())
        }
        personNames = Dictionary(
            grouping: organisation.people, by: { RecordID(source: $0.id.source, id: $0.name.lowercased()) }
        ).mapValues { $0.map(\.id) }
        var ledTeams: [RecordID: [RecordID]] = [:]
        for team in organisation.teams {
            if let lead = team.lead { ledTeams[lead, default: []].append(team.id) }
        }
        self.ledTeams = ledTeams
    }

    /// The node of a target; nil for one that is not there, or whose name several have.
    public func node(_ target: CallTarget) -> CallNode? {
        switch target.kind {
        case "company": return .company
        case "team": return target.id.flatMap(team).map { .team($0) }
        case "person": return target.id.flatMap(person).map { .person($0) }
        case "lead":
            guard let lead = target.id.flatMap(person) else { return nil }
            return ledTeam(of: lead).map { .team($0) } ?? .person(lead)
        default: return nil
        }
    }

    private func team(_ id: RecordID) -> RecordID? {
        teams[id] != nil ? id : only(teamNames[named(id)])
    }

    /// The person of an id or a name.
    public func person(_ id: RecordID) -> RecordID? {
        people.contains(id) ? id : only(personNames[named(id)])
    }

    /// The team that a person leads, the topmost where one is above all others; nil for none, or for several apart.
    private func ledTeam(of lead: RecordID) -> RecordID? {
        let led = ledTeams[lead] ?? []
        let ledSet = Set(led)
        return only(led.filter { !isBelow($0, any: ledSet) })
    }

    private func isBelow(_ team: RecordID, any others: Set<RecordID>) -> Bool {
        var seen: Set<RecordID> = [team]
        var current = teams[team]?.parent
        while let parent = current, seen.insert(parent).inserted {
            if others.contains(parent) { return true }
            current = teams[parent]?.parent
        }
        return false
    }

    private func named(_ id: RecordID) -> RecordID {
        RecordID(source: id.source, id: id.id.lowercased())
    }

    private func only(_ ids: [RecordID]?) -> RecordID? {
        ids?.count == 1 ? ids?.first : nil
    }
}
