import Model

/// How much of what is open is qualified: functionally, financially and politically.
public struct QualificationCoverage: Sendable {
    /// The open deals of a forecast category, or all of them.
    public struct Line: Sendable, Hashable {
        /// All of them.
        public private(set) var all = DealSum.none
        /// Those of which each criterion is judged, in the order functional, financial, political.
        public private(set) var judged = [Int](repeating: 0, count: 3)
        /// Those that meet it.
        public private(set) var met = [Int](repeating: 0, count: 3)
        /// Those of which all three are judged.
        public private(set) var complete = DealSum.none
        /// Those that meet all three.
        public private(set) var qualified = DealSum.none
        /// Those of which nothing is judged.
        public private(set) var unknown = DealSum.none

        mutating func add(_ cell: QualificationCell) {
            all += cell.sum
            for (place, isMet) in cell.triad.all.enumerated() {
                if isMet != nil { judged[place] += cell.sum.count }
                if isMet == true { met[place] += cell.sum.count }
            }
            if cell.triad.all.allSatisfy({ $0 != nil }) { complete += cell.sum }
            if cell.triad.all.allSatisfy({ $0 == true }) { qualified += cell.sum }
            if cell.triad.all.allSatisfy({ $0 == nil }) { unknown += cell.sum }
        }
    }

    /// All open deals.
    public private(set) var all = Line()
    /// By category.
    public private(set) var categories: [ForecastCategory: Line] = [:]

    /// What some cells say.
    public init(_ cells: [QualificationCell]) {
        for cell in cells {
            all.add(cell)
            categories[cell.category, default: Line()].add(cell)
        }
    }

    /// Whether anything is judged at all: else nobody keeps criteria, and nothing is told.
    public var isKept: Bool { all.judged.contains { $0 > 0 } }
}
