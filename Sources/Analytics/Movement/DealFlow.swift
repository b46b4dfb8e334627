import Model

/// Where a deal stands on one of two days, as a flow counts it.
public enum FlowState: Sendable, Hashable {
    /// Open or won in the period.
    case category(ForecastCategory)
    case lost, noDecision
    /// Open or won in a later period, or in an earlier one.
    case later, earlier
    /// Without a close date.
    case undated
    /// Not among the deals.
    case absent
    /// With another node.
    case elsewhere

    /// The state of a deal that counts for the node, in a period.
    public init(_ side: DealSide, in period: Period) {
        switch side.kind {
        case .lost: self = .lost
        case .noDecision: self = .noDecision
        case .open, .won:
            guard let day = side.closeDate else {
                self = .undated
                return
            }
            self = day < period.start ? .earlier : (day < period.end ? .category(side.category) : .later)
        }
    }
}

/// How deals went from state to state between two days, for one node: each deal in one cell.
///
/// Source: field.md E4; the amounts are in the company's currency, each day's at its own plan rate.
public struct DealFlow<State: Hashable & Sendable>: Sendable {
    /// From one state to another.
    public struct Cell: Sendable, Hashable {
        /// The state on the earlier day.
        public let from: State
        /// The state on the later day.
        public let to: State
        /// How many deals.
        public var count: Int
        /// What they counted for the node on the earlier day.
        public var before: Amount
        /// What they count for it on the later.
        public var after: Amount
        /// Where the deals stand among the pairs.
        public var deals: [Int]
    }

    /// The cells, in no order.
    public let cells: [Cell]

    /// The flow of deals.
    ///
    /// - Parameters:
    ///   - share: What of a deal counts for the node on a day; nil when none of it does.
    ///   - elsewhere: The state of a deal that is there and counts for others.
    ///   - absent: The state of a deal that is not there.
    public init(
        _ pairs: [DealPair], elsewhere: State, absent: State, share: (DealSide, PairDay) -> Amount?,
        state: (DealSide) -> State
    ) {
        var cells: [[State]: Cell] = [:]
        for (index, pair) in pairs.enumerated() {
            let before = pair.before.flatMap { share($0, .before) }
            let after = pair.after.flatMap { share($0, .after) }
            guard before != nil || after != nil else { continue }
            let from = pair.before.map { before == nil ? elsewhere : state($0) } ?? absent
            let to = pair.after.map { after == nil ? elsewhere : state($0) } ?? absent
            var cell =
                cells[[from, to]]
                ?? Cell(from: from, to: to, count: 0, before: .zero, after: .zero, deals: [])
            cell.count += pair.count
            cell.before += before ?? .zero
            cell.after += after ?? .zero
            cell.deals.append(index)
            cells[[from, to]] = cell
        }
        self.cells = Array(cells.values)
    }
}

/// What of a deal counts for one node on each of two days.
public struct NodeShares: Sendable {
    private let place: NodePlace
    private let organisations: [DealPlaces]

    /// For a node of the organisations of two days.
    public init(of place: NodePlace, _ before: DealPlaces, _ after: DealPlaces) {
        self.place = place
        organisations = [before, after]
    }

    /// The amount of a deal for the node; nil when none of it is the node's.
    public func amount(_ side: DealSide, _ day: PairDay) -> Amount? {
        if place == NodePlace(.company) { return side.amount ?? .zero }
        let own = CreditShares(side).all.filter {
            organisations[day.rawValue].nodes(of: $0.holder).contains(place)
        }
        return own.isEmpty ? nil : own.reduce(Amount.zero) { $0 + $1.amount }
    }
}
