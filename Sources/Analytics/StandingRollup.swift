import Model

/// A line of a rollup by what can be compared over periods: a person who has moved has one in each team.
public struct NodePlace: Sendable, Hashable {
    /// The node.
    public let node: ForecastLine.Node
    /// For a person in one of several teams, that team; nil for all others, and for a person in all teams together.
    public let team: ForecastLine.Node?

    /// A node, in a team where it is a person's part.
    public init(_ node: ForecastLine.Node, in team: ForecastLine.Node? = nil) {
        self.node = node
        self.team = team
    }

    /// The places of lines that stand in the order of a rollup: each person behind the own team.
    public static func places(of lines: [ForecastLine]) -> [NodePlace] {
        var team: ForecastLine.Node?
        return lines.map { line in
            guard case .person = line.node else {
                team = line.node
                return NodePlace(line.node)
            }
            return NodePlace(line.node, in: line.depth == 0 ? nil : team)
        }
    }
}

/// Carries how a period stood up the teams: each deal once in every node above it.
public struct StandingRollup: Sendable {
    private var sums: [NodePlace: StandingSums] = [:]

    /// The sums of a node; none for one that had nothing.
    public subscript(place: NodePlace) -> StandingSums { sums[place] ?? StandingSums() }

    /// A standing through an organisation.
    public init(_ standing: PeriodStanding, _ places: DealPlaces) {
        for (holder, sums) in standing.sums {
            for place in places.nodes(of: holder) { self.sums[place, default: StandingSums()] += sums }
        }
    }
}

extension DealPlaces {
    /// The nodes in which the deals of a holder count, the company first.
    public func nodes(of holder: DealHolder) -> [NodePlace] {
        var nodes = [NodePlace(.company)]
        let home: ForecastLine.Node
        switch place(owner: holder.owner, isOwnerKnown: holder.isOwnerKnown, team: holder.team) {
        case .withoutOwner: return nodes + [NodePlace(.withoutOwner)]
        case .withoutTeam:
            home = .withoutTeam
            nodes.append(NodePlace(home))
        case .team(let team):
            home = .team(team)
            var current = tree.team(team)
            while let above = current {
                nodes.append(NodePlace(.team(above.id)))
                current = above.parent.flatMap { tree.team($0) }
            }
        }
        guard let owner = holder.owner else { return nodes }
        return nodes + [NodePlace(.person(owner)), NodePlace(.person(owner), in: home)]
    }
}
