import Model

/// The deals of a day by where they count in the organisation of that day, for the nodes of which calls speak.
public struct DayBasis: Sendable {
    private let places: DealPlaces
    private var all: [BasisDeal] = []
    private var byPlace: [DealPlace: [BasisDeal]] = [:]
    private var byOwner: [RecordID: [BasisDeal]] = [:]

    /// No deals, in the organisation of a day.
    ///
    /// - Throws: `BW508` when teams report in a circle.
    public init(_ organisation: Organisation) throws(BellwetherError) {
        places = try DealPlaces(organisation)
    }

    /// Whose deals have to be read for some nodes.
    public func owners(of nodes: Set<CallNode>) -> BasisOwners {
        var owners = BasisOwners()
        for node in nodes {
            switch node {
            case .company: owners.isEverybody = true
            case .team(let team): owners.teams.formUnion(places.tree.subtree(of: team))
            case .person(let person): owners.people.insert(person)
            }
        }
        return owners
    }

    /// The same with the deals of the day.
    public func holding(_ deals: [BasisDeal]) -> DayBasis {
        var held = self
        held.all = deals
        for deal in deals {
            let place = places.place(owner: deal.owner, isOwnerKnown: deal.isOwnerKnown, team: deal.team)
            held.byPlace[place, default: []].append(deal)
            if let owner = deal.owner { held.byOwner[owner, default: []].append(deal) }
        }
        return held
    }

    /// The deals of a node and of those below it.
    public func deals(of node: CallNode) -> [BasisDeal] {
        switch node {
        case .company: wholes(all)
        case .team(let team): wholes(places.tree.subtree(of: team).flatMap { byPlace[.team($0)] ?? [] })
        case .person(let person): wholes(byOwner[person] ?? [])
        }
    }

    /// Each deal once, its parts together.
    private func wholes(_ parts: [BasisDeal]) -> [BasisDeal] {
        var wholes: [BasisDeal] = []
        var positions: [RecordID: Int] = [:]
        for part in parts {
            if let position = positions[part.id] {
                wholes[position].amount = part.amount.map { (wholes[position].amount ?? .zero) + $0 }
            } else {
                positions[part.id] = wholes.count
                wholes.append(part)
            }
        }
        return wholes
    }
}
