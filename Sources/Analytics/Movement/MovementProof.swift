import Model

/// That start and buckets add up to the end: an answer that does not balance is none.
public enum MovementProof {
    /// Proves it for every node.
    ///
    /// - Throws: `BW405` with what is left over.
    public static func check(_ nodes: [NodePlace: NodeMovement]) throws(BellwetherError) {
        let open = nodes.filter { $0.value.residual != .zero }
        guard let worst = open.max(by: { $0.value.residual.magnitude < $1.value.residual.magnitude }) else {
            return
        }
        throw failure(
            "the movement does not add up in \(open.count) of \(nodes.count) nodes",
            "residual \(worst.value.residual) in \(worst.key.words)")
    }

    /// Proves it for every deal.
    ///
    /// - Throws: `BW405` with what is left over.
    static func check(_ deals: [MovedDeal], _ pairs: [DealPair]) throws(BellwetherError) {
        guard let open = deals.first(where: { $0.residual != .zero }) else { return }
        let id = pairs[open.index].id
        throw failure(
            "the movement of a deal does not add up", "residual \(open.residual) in \(id.source)/\(id.id)")
    }

    /// Proves that a sum of one reading is that of another.
    ///
    /// - Throws: `BW405` with what is left over.
    public static func check(
        _ name: String, of place: NodePlace, _ found: DealSum, is expected: DealSum
    ) throws(BellwetherError) {
        guard found.amount != expected.amount || found.count != expected.count else { return }
        throw failure(
            "the \(name) of the movement is not what the forecast of the day says",
            "residual \(found.amount - expected.amount), \(found.count - expected.count) deals in \(place.words)"
        )
    }

    private static func failure(_ message: String, _ detail: String) -> BellwetherError {
        BellwetherError(
            .movementOpen, message, detail: detail,
            hint: "Report it with the command line and the answer of `bellwether verify`.")
    }
}

extension NodePlace {
    /// The node for an error: by its key, never by a name.
    fileprivate var words: String {
        switch node {
        case .company: "the company"
        case .team(let id): "team \(id.source)/\(id.id)"
        case .person(let id): "person \(id.source)/\(id.id)"
        case .others: "the other people of a team"
        case .withoutTeam: "the deals without a team"
        case .withoutOwner: "the deals without an owner"
        }
    }
}
