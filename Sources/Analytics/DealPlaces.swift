import Model

/// The node of an organisation for which a deal counts directly, above its owner.
public enum DealPlace: Sendable, Hashable {
    case team(RecordID)
    /// The owner is known but belongs to no team.
    case withoutTeam
    /// The deal names no owner, or one who is not among the people.
    case withoutOwner
}

/// Says of any deal where in the organisation it counts: one rule for sums and for lists, so that they agree.
public struct DealPlaces: Sendable {
    /// The teams.
    public let tree: TeamTree
    private let people: Set<RecordID>

    /// The places of an organisation.
    ///
    /// - Throws: `BW508` when teams report in a circle.
    public init(_ organisation: Organisation) throws(BellwetherError) {
        tree = try TeamTree(organisation)
        people = Set(organisation.people.map(\.id))
    }

    /// The place of a deal's owner, whether that owner was among the people on the day that counts for the deal,
    /// and the owner's team on that day. Who came after a deal closed is known as well; several people of a team together
    /// are known without an owner.
    public func place(owner: RecordID?, isOwnerKnown: Bool, team: RecordID?) -> DealPlace {
        guard isOwnerKnown || owner.map(people.contains) ?? false else { return .withoutOwner }
        guard let team, tree.team(team) != nil else { return .withoutTeam }
        return .team(team)
    }

    /// The place of the deals of a cell.
    public func place(of cell: ForecastCell) -> DealPlace {
        place(owner: cell.owner, isOwnerKnown: cell.isOwnerKnown, team: cell.team)
    }
}
