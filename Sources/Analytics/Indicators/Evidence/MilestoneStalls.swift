import Model

/// At which milestones whose deals get stuck (metric 36): how many of the deals that came to a milestone's stage reached
/// it, of one person against all others.
public struct MilestoneStalls: Sendable {
    /// Of fewer deals no rate is told.
    public static let minimum = 10
    /// The share of false findings among those told.
    public static let falseShare = 0.05

    /// The deals of some holders at a milestone.
    public struct Standing: Sendable, Hashable {
        /// Deals that came to the stage and had their time.
        public var came = 0
        /// Of them those that reached it, with evidence.
        public var reached = 0
        /// Claimed without evidence.
        public var bare = 0
        /// Open, still there and without it.
        public var stuck = 0

        /// None.
        public init() {}

        /// Reached of came; nil of nothing.
        public var rate: Proportion? { came > 0 ? Proportion(reached, of: came) : nil }

        mutating func add(_ cell: MilestoneCell) {
            came += cell.came
            reached += cell.reached
            bare += cell.bare
            stuck += cell.stuck
        }
    }

    /// A person at a milestone, beside everybody else.
    public struct Comparison: Sendable, Hashable {
        /// The person; nil for deals without an owner.
        public let person: RecordID?
        /// The milestone.
        public let milestone: RecordID
        /// The person's deals.
        public let standing: Standing
        /// How the person's rate differs from that of all others; nil where one of them is of fewer than the minimum.
        public let change: RateChange?
        /// The chance of it, allowing for all comparisons made together; nil where none was made.
        public internal(set) var adjusted: Double?

        /// Whether the person reaches it less often than others do, by more than chance explains.
        public var isStall: Bool { isFound && (change?.difference ?? 0) < 0 }
        /// Whether the person reaches it more often.
        public var isStrength: Bool { isFound && (change?.difference ?? 0) > 0 }

        private var isFound: Bool { adjusted.map { $0 < MilestoneStalls.falseShare } ?? false }
    }

    /// The deals at each milestone.
    public let milestones: [RecordID: Standing]
    /// Every person with deals at a milestone, those least explained by chance first.
    public let comparisons: [Comparison]
    /// How many comparisons were tested together.
    public let tested: Int

    /// What some cells say.
    ///
    /// - Parameters:
    ///   - cells: Of the part of the organisation that is asked about.
    ///   - all: Of the whole company, whose others each person is compared with.
    public init(_ cells: [MilestoneCell], among all: [MilestoneCell]) {
        milestones = Self.sums(cells) { $0.milestone }
        let company = Self.sums(all) { $0.milestone }
        let own = Self.sums(cells.filter { $0.came > 0 }) {
            Pair(person: $0.holder.owner, milestone: $0.milestone)
        }
        let whole = Self.sums(all) { Pair(person: $0.holder.owner, milestone: $0.milestone) }
        var comparisons = own.map { pair, standing in
            Comparison(
                person: pair.person, milestone: pair.milestone, standing: standing,
                change: Self.change(standing, whole[pair], company[pair.milestone]), adjusted: nil)
        }
        comparisons.sort(by: Self.order)
        let places = comparisons.indices.filter { comparisons[$0].change != nil }
        let values = places.compactMap { comparisons[$0].change?.pValue }
        for (place, value) in zip(places, FalseDiscoveries.adjusted(values)) {
            comparisons[place].adjusted = value
        }
        self.comparisons = comparisons
        tested = places.count
    }

    private struct Pair: Hashable {
        let person: RecordID?
        let milestone: RecordID
    }

    private static func sums<Key: Hashable>(
        _ cells: [MilestoneCell], by key: (MilestoneCell) -> Key
    ) -> [Key: Standing] {
        var sums: [Key: Standing] = [:]
        for cell in cells { sums[key(cell), default: Standing()].add(cell) }
        return sums
    }

    /// The person's rate against that of the company without the person.
    private static func change(_ own: Standing, _ whole: Standing?, _ company: Standing?) -> RateChange? {
        guard let whole, let company, own.came >= minimum, company.came - whole.came >= minimum,
            let mine = own.rate,
            let others = Proportion(company.reached - whole.reached, of: company.came - whole.came)
        else { return nil }
        return RateChange(from: others, to: mine)
    }

    private static func order(_ left: Comparison, _ right: Comparison) -> Bool {
        func key(_ comparison: Comparison) -> (Double, Int, String, String) {
            (
                comparison.change?.pValue ?? 2, -comparison.standing.came, comparison.person?.id ?? "",
                comparison.milestone.id
            )
        }
        return key(left) < key(right)
    }
}
