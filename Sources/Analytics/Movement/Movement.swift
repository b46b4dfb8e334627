import Model

/// What lies between a measure of a period on two days, for every node of the organisation: start + all buckets = end,
/// to the cent.
///
/// A deal that moved leaves the old node and enters the new one at the earlier day's amount, and then takes its other
/// bucket in the new one. For a node that has both there is no move: so what is below adds up to what is above.
///
/// Source: metric 18.
public struct Movement: Sendable {
    /// What was followed.
    public let rule: MovementRule
    /// The nodes that had or have a deal in the measure.
    public private(set) var nodes: [NodePlace: NodeMovement] = [:]
    /// The deals that changed something for the node that was asked for.
    public private(set) var deals: [MovedDeal] = []
    /// Whose deals counted on the earlier day, and on the later.
    let holders: [[DealHolder: DealSum]]

    /// A node; nothing for one that had nothing.
    public subscript(place: NodePlace) -> NodeMovement { nodes[place] ?? NodeMovement() }

    /// The movement of some deals.
    ///
    /// - Parameters:
    ///   - before: Where deals count on the earlier day.
    ///   - after: Where they count on the later.
    ///   - focus: The node whose deals are kept one by one.
    ///   - places: The decimal places of the company's currency.
    /// - Throws: `BW405` when start and buckets do not add up to the end, for a node or a deal.
    public init(
        _ pairs: [DealPair], _ rule: MovementRule, from before: DealPlaces, to after: DealPlaces,
        focus: NodePlace = NodePlace(.company), places: Int = 2
    ) throws(BellwetherError) {
        var builder = MovementBuilder(rule, before, after, focus: focus, places: places)
        for (index, pair) in pairs.enumerated() { builder.add(pair, at: index) }
        self.rule = rule
        nodes = builder.byPlace
        deals = builder.deals
        holders = builder.holders
        try MovementProof.check(nodes)
        try MovementProof.check(deals, pairs)
    }
}

/// Carries deals up the trees of two days.
private struct MovementBuilder {
    private let rule: MovementRule
    private let focus: Int
    private let places: Int
    private var index: NodeIndex
    private var nodes: [NodeMovement] = []
    private(set) var deals: [MovedDeal] = []

    /// Whose deals count, on each day.
    var holders: [[DealHolder: DealSum]] { index.sums }

    init(_ rule: MovementRule, _ before: DealPlaces, _ after: DealPlaces, focus: NodePlace, places: Int) {
        self.rule = rule
        self.places = places
        var index = NodeIndex(before, after)
        self.focus = index.number(of: focus)
        self.index = index
    }

    var byPlace: [NodePlace: NodeMovement] {
        Dictionary(zip(index.places, nodes), uniquingKeysWith: { first, _ in first })
    }

    mutating func add(_ pair: DealPair, at position: Int) {
        guard let steps = DealSteps(pair, rule) else { return }
        let isShared = pair.before?.parts.isEmpty == false || pair.after?.parts.isEmpty == false
        if isShared { addShared(pair, steps, at: position) } else { addWhole(pair, steps, at: position) }
    }

    // MARK: - Deals of one holder

    private mutating func addWhole(_ pair: DealPair, _ steps: DealSteps, at position: Int) {
        var part = PartMovement()
        part.count = pair.count
        part.bucket = steps.bucket
        part.changeBucket = steps.changeBucket
        part.start = steps.start
        part.end = steps.end
        part.carried = steps.start
        part.entry = steps.entry
        part.valued = steps.valued
        let from = pair.before.map { path($0.holder, .before, steps.start, pair.count) } ?? []
        let to = pair.after.map { path($0.holder, .after, steps.end ?? .zero, pair.count) } ?? from
        let isSame = from == to
        for node in to {
            part.isBefore = steps.start != nil && (isSame || from.contains(node))
            part.isAfter = true
            put(part, into: node, at: position)
        }
        guard !isSame, steps.start != nil else { return }
        part.isBefore = true
        part.isAfter = false
        for node in from where !to.contains(node) { put(part, into: node, at: position) }
    }

    /// The nodes of a holder, who is noted: on the later day also when the deal only came to leave.
    private mutating func path(
        _ holder: DealHolder, _ day: PairDay, _ amount: Amount?, _ count: Int
    ) -> [Int] {
        index.path(of: holder, on: day, noting: amount.map { DealSum(count: count, amount: $0) })
    }

    // MARK: - Shared deals

    private mutating func addShared(_ pair: DealPair, _ steps: DealSteps, at position: Int) {
        let before = pair.before.map(CreditShares.init)
        guard let after = pair.after.map(CreditShares.init) ?? before else { return }
        var parts: [Int: PartMovement] = [:]
        func divided(_ amount: Amount?) -> [Amount]? {
            amount.map { after.divided($0, places: places, as: before) }
        }
        let carried = divided(steps.start)
        let (entry, valued) = (divided(steps.entry), divided(steps.valued))
        if steps.start != nil, let before {
            for share in before.all {
                for node in path(share.holder, .before, share.amount, 1) {
                    parts[node, default: PartMovement()].isBefore = true
                    parts[node]?.add(\.start, share.amount)
                }
            }
        }
        let day = pair.after == nil ? PairDay.before : .after
        for (number, share) in after.all.enumerated() {
            let end = steps.end == nil ? nil : share.amount
            for node in path(share.holder, day, day == .after ? end ?? .zero : nil, 1) {
                parts[node, default: PartMovement()].isAfter = true
                parts[node]?.add(\.end, end)
                parts[node]?.add(\.carried, carried?[number])
                parts[node]?.add(\.entry, entry?[number])
                parts[node]?.add(\.valued, valued?[number])
            }
        }
        for (node, var part) in parts {
            part.bucket = steps.bucket
            part.changeBucket = steps.changeBucket
            put(part, into: node, at: position)
        }
    }

    // MARK: - One deal, one node

    private mutating func put(_ part: PartMovement, into node: Int, at position: Int) {
        while nodes.count <= node { nodes.append(NodeMovement()) }
        let isInFocus = node == focus
        var steps: [MovedDeal.Step] = []
        if part.isBefore, let start = part.start {
            nodes[node].start += DealSum(count: part.count, amount: start)
        }
        if part.isAfter, let end = part.end {
            nodes[node].end += DealSum(count: part.count, amount: end)
        }
        part.forEachStep { bucket, amount in
            nodes[node][bucket].add(amount, count: part.count)
            if isInFocus { steps.append(MovedDeal.Step(bucket: bucket, amount: amount)) }
        }
        if part.isUnchanged {
            nodes[node].unchanged += DealSum(count: part.count, amount: part.start ?? .zero)
        } else if isInFocus, !steps.isEmpty {
            deals.append(
                MovedDeal(
                    index: position, start: part.isBefore ? part.start : nil,
                    end: part.isAfter ? part.end : nil, steps: steps))
        }
    }
}
