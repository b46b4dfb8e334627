import Model

/// Deals as they count at one point of both clocks.
public struct MomentSet: Sendable {
    /// Where they count.
    public let places: DealPlaces
    private let deals: [RecordID: DealMoment]
    /// The nodes of each holder: there are few, and many deals of each.
    private let nodes: [DealHolder: Set<NodePlace>]

    /// Some deals through the organisation of their point.
    public init(_ deals: [DealMoment], _ places: DealPlaces) {
        self.places = places
        self.deals = Dictionary(deals.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let holders = Set(deals.lazy.flatMap(\.shares).map(\.holder))
        nodes = Dictionary(
            uniqueKeysWithValues: holders.map { ($0, Set(places.nodes(of: $0))) })
    }

    /// The keys of the deals.
    public var ids: Set<RecordID> { Set(deals.keys) }

    /// The deal of a key; nil where it is not among them.
    public subscript(id: RecordID) -> DealMoment? { deals[id] }

    /// What counts of a deal for a node, by whom it counts for; empty where nothing does.
    public func credits(_ id: RecordID, in node: NodePlace) -> [DealHolder: Amount] {
        var credits: [DealHolder: Amount] = [:]
        for share in deals[id]?.shares ?? [] where nodes[share.holder]?.contains(node) ?? false {
            credits[share.holder, default: .zero] += share.amount ?? .zero
        }
        return credits
    }

    /// Count and sum of the deals of each node: a deal once, however many share it.
    public var sums: [NodePlace: DealSum] {
        var sums: [NodePlace: DealSum] = [:]
        for deal in deals.values {
            var own: [NodePlace: Amount] = [:]
            for share in deal.shares {
                for node in places.nodes(of: share.holder) {
                    own[node, default: .zero] += share.amount ?? .zero
                }
            }
            for (node, amount) in own { sums[node, default: .none] += DealSum(count: 1, amount: amount) }
        }
        return sums
    }
}

/// What has become of the bookings of a frozen period: what the CRM changed, apart from what corrected loads changed.
///
/// Three readings of the same period: as frozen; the same day as known now, which differs by corrected, late and undone
/// loads; and the newest day as known now, which differs from the second by what the CRM has said since. So the frozen
/// number, both kinds of restatement and the current number add up, deal by deal.
public struct Restatements: Sendable {
    /// Who changed a number.
    public enum Cause: String, Sendable, Hashable, CaseIterable {
        /// The CRM said something else of the deal on a later day.
        case crm
        /// A load told otherwise of the frozen day itself.
        case load
    }

    /// A deal whose booking is not what it was.
    public struct Change: Sendable, Hashable {
        /// The deal.
        public let id: RecordID
        /// Who changed it.
        public let cause: Cause
        /// What counted for the node before; nil when nothing did.
        public let before: Amount?
        /// What counts for it after; nil when nothing does.
        public let after: Amount?

        /// By how much the node's number changes.
        public var amount: Amount { (after ?? .zero) - (before ?? .zero) }
    }

    /// The numbers of a node.
    public struct Sums: Sendable, Hashable {
        /// What it was frozen at.
        public let frozen: DealSum
        /// The frozen day as known now.
        public let corrected: DealSum
        /// The newest day as known now.
        public let current: DealSum

        /// What corrected loads changed.
        public var byLoads: Amount { corrected.amount - frozen.amount }
        /// What the CRM changed afterwards.
        public var byCRM: Amount { current.amount - corrected.amount }
    }

    /// The bookings as frozen.
    public let frozen: MomentSet
    /// Those of the frozen day as known now.
    public let corrected: MomentSet
    /// Those of the newest day as known now.
    public let current: MomentSet
    private let sums:
        (frozen: [NodePlace: DealSum], corrected: [NodePlace: DealSum], current: [NodePlace: DealSum])

    /// What became of bookings, by three readings of one period.
    public init(frozen: MomentSet, corrected: MomentSet, current: MomentSet) {
        self.frozen = frozen
        self.corrected = corrected
        self.current = current
        sums = (frozen.sums, corrected.sums, current.sums)
    }

    /// The numbers of a node.
    public subscript(node: NodePlace) -> Sums {
        Sums(
            frozen: sums.frozen[node] ?? .none, corrected: sums.corrected[node] ?? .none,
            current: sums.current[node] ?? .none)
    }

    /// What changed for a node, the largest change first; a deal that both the CRM and a load changed stands twice, and one
    /// that changed hands within the node stands with no amount.
    public func changes(in node: NodePlace) -> [Change] {
        var changes: [Change] = []
        for (cause, before, after) in [(Cause.load, frozen, corrected), (.crm, corrected, current)] {
            for id in before.ids.union(after.ids) {
                let (old, new) = (before.credits(id, in: node), after.credits(id, in: node))
                guard old != new else { continue }
                changes.append(
                    Change(id: id, cause: cause, before: Self.total(old), after: Self.total(new)))
            }
        }
        return changes.sorted {
            ($1.amount.magnitude, $0.id, $0.cause.rawValue) < ($0.amount.magnitude, $1.id, $1.cause.rawValue)
        }
    }

    private static func total(_ credits: [DealHolder: Amount]) -> Amount? {
        credits.isEmpty ? nil : credits.values.reduce(.zero, +)
    }
}
