import Model

/// The teams of an organisation as a tree, in the order in which people read it.
public struct TeamTree: Sendable {
    /// Teams directly below the company, ordered by name; a team whose parent is unknown is one of them.
    public let roots: [Team]
    private let children: [RecordID: [Team]]
    private let teams: [RecordID: Team]

    /// The tree of an organisation's teams.
    ///
    /// - Throws: `BW508` when teams report in a circle; the message prints it.
    public init(_ organisation: Organisation) throws(BellwetherError) {
        let teams = Dictionary(
            organisation.teams.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var children: [RecordID: [Team]] = [:]
        var roots: [Team] = []
        for team in organisation.teams.sorted(by: TeamTree.readingOrder) {
            if let parent = team.parent, teams[parent] != nil {
                children[parent, default: []].append(team)
            } else {
                roots.append(team)
            }
        }
        self.roots = roots
        self.children = children
        self.teams = teams
        if let circle = circle(among: organisation.teams) {
            throw BellwetherError(
                .organisationCircle,
                "teams report in a circle: \(circle.map(\.name).joined(separator: " → "))",
                hint: "Correct the parent of one of these teams in the CRM and load again.")
        }
    }

    /// The teams directly below a team, ordered by name.
    public func children(of team: RecordID) -> [Team] {
        children[team] ?? []
    }

    /// The team of that key.
    public func team(_ id: RecordID) -> Team? {
        teams[id]
    }

    /// A team and all below it.
    public func subtree(of team: RecordID) -> [RecordID] {
        var ids: [RecordID] = []
        var open = [team]
        while let id = open.popLast() {
            ids.append(id)
            open += children(of: id).reversed().map(\.id)
        }
        return ids
    }

    /// A team in the order in which the tree is read from the top.
    struct Entry {
        /// The team.
        let team: Team
        /// The steps below the company, from 1.
        let depth: Int
        /// The place of the team above among the entries; nil directly below the company.
        let parent: Int?
    }

    /// All teams from the top: each, then those below it.
    var entries: [Entry] {
        var entries: [Entry] = []
        var open = roots.reversed().map { Entry(team: $0, depth: 1, parent: nil) }
        while let entry = open.popLast() {
            let place = entries.count
            entries.append(entry)
            open += children(of: entry.team.id).reversed().map {
                Entry(team: $0, depth: entry.depth + 1, parent: place)
            }
        }
        return entries
    }

    private static func readingOrder(_ left: Team, _ right: Team) -> Bool {
        (left.name, left.id) < (right.name, right.id)
    }

    /// The first circle in the order of keys, its first team repeated at the end.
    private func circle(among all: [Team]) -> [Team]? {
        var settled: Set<RecordID> = []
        for start in all.sorted(by: { $0.id < $1.id }) {
            var path: [Team] = []
            var positions: [RecordID: Int] = [:]
            var current: Team? = start
            while let team = current, !settled.contains(team.id) {
                if let position = positions[team.id] {
                    return Array(path[position...]) + [team]
                }
                positions[team.id] = path.count
                path.append(team)
                current = team.parent.flatMap { teams[$0] }
            }
            settled.formUnion(path.map(\.id))
        }
        return nil
    }
}
