import Model

/// The open deals of a node, held against each rule.
public struct QualitySums: Sendable, Hashable {
    /// A rule's part: the deals of which it can be told, and those that have the defect.
    public struct Part: Sendable, Hashable {
        /// The deals of which it can be told.
        public var measured = DealSum.none
        /// Those that have the defect.
        public var found = DealSum.none

        /// No deals.
        public init() {}

        static func += (left: inout Part, right: Part) {
            left.measured += right.measured
            left.found += right.found
        }
    }

    /// All open deals, and of them those with any defect.
    public var all = Part()
    /// By the rules' ids.
    public var rules: [String: Part] = [:]

    /// No deals.
    public init() {}

    mutating func add(_ cell: QualityCell) {
        var part = Part()
        part.measured = cell.measured
        part.found = cell.found
        if let defect = cell.defect { rules[defect, default: Part()] += part } else { all += part }
    }
}

/// Carries open deals and their defects up the teams: each deal once in every node above its owner.
///
/// A deal that several people share counts for its owner alone: the data of a deal is its owner's to mend.
public struct QualityRollup: Sendable {
    private var sums: [NodePlace: QualitySums] = [:]
    /// The nodes with deals, as a forecast lists them.
    public let lines: [ForecastLine]

    /// The rollup of cells through an organisation.
    ///
    /// - Throws: `BW508` when teams report in a circle.
    public init(_ cells: [QualityCell], _ organisation: Organisation) throws(BellwetherError) {
        let places = try DealPlaces(organisation)
        var sums: [NodePlace: QualitySums] = [:]
        for cell in cells {
            for place in places.nodes(of: cell.holder) { sums[place, default: QualitySums()].add(cell) }
        }
        self.sums = sums
        lines = try ForecastRollup(
            cells: cells.filter { $0.defect == nil }.map(\.forecastCell), plan: [],
            organisation: organisation
        ).lines
    }

    /// The sums of a node; none for one that has no open deal.
    public subscript(place: NodePlace) -> QualitySums { sums[place] ?? QualitySums() }
}

extension QualityCell {
    fileprivate var forecastCell: ForecastCell {
        ForecastCell(
            owner: holder.owner, isOwnerKnown: holder.isOwnerKnown, team: holder.team, category: .pipeline,
            timing: .inPeriod, isPastDue: false, sum: measured, ownerName: ownerName)
    }
}

extension FlawedDeal {
    /// The cell that it makes for its owner.
    public var cell: ForecastCell {
        ForecastCell(
            owner: holder.owner, isOwnerKnown: holder.isOwnerKnown, team: holder.team, category: category,
            timing: .inPeriod, isPastDue: false, sum: DealSum(count: 1, amount: amount ?? .zero),
            ownerName: ownerName)
    }
}
