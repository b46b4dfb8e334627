import Model

/// How the organisation of one day differs from that of another, by name.
public struct OrganisationChange: Sendable, Hashable {
    /// A person in another team, or a team below another.
    public struct Move: Sendable, Hashable {
        /// Who.
        public let name: String
        /// The team before; nil for none.
        public let from: String?
        /// The team after; nil for none.
        public let to: String?
    }

    /// The people of both who are in another team.
    public let movedPeople: [Move]
    /// The people who are in the first alone.
    public let gonePeople: [String]
    /// The people who are in the second alone.
    public let newPeople: [String]
    /// The teams of both that are below another.
    public let movedTeams: [Move]
    /// The teams that are in the first alone.
    public let goneTeams: [String]
    /// The teams that are in the second alone.
    public let newTeams: [String]

    /// Whether there is none.
    public var isEmpty: Bool {
        movedPeople.isEmpty && gonePeople.isEmpty && newPeople.isEmpty && movedTeams.isEmpty
            && goneTeams.isEmpty && newTeams.isEmpty
    }

    /// The difference, each list in the order of names.
    public init(from before: Organisation, to after: Organisation) {
        let oldTeams = Self.byID(before.teams, \.id)
        let teams = Self.byID(after.teams, \.id)
        let oldPeople = Self.byID(before.people, \.id)
        let people = Self.byID(after.people, \.id)
        // A team's name is that of its own day, unless it is not there then.
        func oldName(_ id: RecordID?) -> String? { id.map { (oldTeams[$0] ?? teams[$0])?.name ?? $0.id } }
        func name(_ id: RecordID?) -> String? { id.map { (teams[$0] ?? oldTeams[$0])?.name ?? $0.id } }
        movedPeople = Self.moves(
            oldPeople.compactMap { id, old in
                guard let new = people[id], new.team != old.team else { return nil }
                return Move(name: new.name, from: oldName(old.team), to: name(new.team))
            })
        movedTeams = Self.moves(
            oldTeams.compactMap { id, old in
                guard let new = teams[id], new.parent != old.parent else { return nil }
                return Move(name: new.name, from: oldName(old.parent), to: name(new.parent))
            })
        gonePeople = oldPeople.values.filter { people[$0.id] == nil }.map(\.name).sorted()
        newPeople = people.values.filter { oldPeople[$0.id] == nil }.map(\.name).sorted()
        goneTeams = oldTeams.values.filter { teams[$0.id] == nil }.map(\.name).sorted()
        newTeams = teams.values.filter { oldTeams[$0.id] == nil }.map(\.name).sorted()
    }

    private static func moves(_ moves: [Move]) -> [Move] {
        moves.sorted { ($0.name, $0.from ?? "", $0.to ?? "") < ($1.name, $1.from ?? "", $1.to ?? "") }
    }

    private static func byID<Node>(_ nodes: [Node], _ id: (Node) -> RecordID) -> [RecordID: Node] {
        Dictionary(nodes.map { (id($0), $0) }, uniquingKeysWith: { first, _ in first })
    }
}
