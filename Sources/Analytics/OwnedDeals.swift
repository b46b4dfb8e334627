import Model

/// The deals that count for a node by their owners, each of them whole: what orders and currencies are tied to.
public struct OwnedDeals: Sendable {
    private let node: ForecastLine.Node?
    private let teams: Set<DealPlace>
    private let places: DealPlaces

    /// Those of the node of the first of some lines; the others are below it.
    ///
    /// - Throws: `BW508` when teams report in a circle.
    public init(of lines: [ForecastLine], in organisation: Organisation) throws(BellwetherError) {
        places = try DealPlaces(organisation)
        node = lines.first?.node
        teams = Set(
            lines.compactMap { line in
                if case .team(let team) = line.node { .team(team) } else { nil }
            })
    }

    /// Whether the deal is one of them.
    public func contains(_ deal: DealRow) -> Bool {
        switch node {
        case .company: true
        case .team: teams.contains(place(of: deal))
        case .withoutTeam: place(of: deal) == .withoutTeam
        case .withoutOwner: place(of: deal) == .withoutOwner
        case .person(let person): deal.owner == person
        case .others, nil: false
        }
    }

    private func place(of deal: DealRow) -> DealPlace {
        places.place(owner: deal.owner, isOwnerKnown: deal.isOwnerKnown, team: deal.team)
    }
}
