import Model

/// Why deals are not won, against whom, where, and what deciding nothing costs (metric 37).
public struct Losses: Sendable {
    /// Of fewer deals no rate is told.
    public static let minimum = 10
    /// Of a reason and an attribute that meet fewer times nothing is told.
    public static let minimumTogether = 5
    /// The share of false findings among those told.
    public static let falseShare = 0.05

    /// The deals that ended in one way each.
    public struct Outcomes: Sendable, Hashable {
        private var sums: [DealEnding: DealSum] = [:]
        /// Lost or without a decision, and nobody knows why.
        public private(set) var unknown = DealSum.none

        /// None.
        public init() {}

        /// Those that ended so.
        public subscript(ending: DealEnding) -> DealSum { sums[ending] ?? .none }

        /// Won, lost and without a decision: disqualified ones could not be won.
        public var decided: DealSum { self[.won] + self[.lost] + self[.noDecision] }
        /// Lost or without a decision.
        public var missed: DealSum { self[.lost] + self[.noDecision] }
        /// No decision of won, lost and no decision, by count.
        public var noDecisionRate: Proportion? { Proportion(self[.noDecision].count, of: decided.count) }
        /// The same by amount; nil where nothing is worth anything.
        public var noDecisionAmountRate: Double? { self[.noDecision].amount.ratio(to: decided.amount) }
        /// Of those lost or without a decision, nobody knows why.
        public var unknownRate: Proportion? { Proportion(unknown.count, of: missed.count) }

        /// Counts a cell in.
        public mutating func add(_ cell: EndingCell) {
            sums[cell.ending, default: .none] += cell.sum
            if cell.isMissed, cell.story.reason == nil { unknown += cell.sum }
        }
    }

    /// Losses of one kind: of a reason, to a competitor, from a stage.
    public struct Line: Sendable, Hashable {
        /// The reason, competitor or stage; nil for those without.
        public let name: String?
        /// Its place in the process, of a stage.
        public let position: Int?
        /// All of them.
        public internal(set) var all = DealSum.none
        /// Of them those without a decision.
        public internal(set) var noDecision = DealSum.none
        /// Those that somebody reviewed.
        public internal(set) var reviewed = 0
        /// Those for which the review found another reason.
        public internal(set) var corrected = 0
        /// Those in which we were outsold.
        public internal(set) var outsold = 0
    }

    /// What is known of prospects, and how it goes together with a reason for losing them.
    public struct Link: Sendable, Hashable {
        /// What is known of the prospect.
        public enum Attribute: String, Sendable, Hashable, CaseIterable {
            case source, band, segment
        }

        /// What is known.
        public let attribute: Attribute
        /// Its value.
        public let value: String
        /// The reason.
        public let reason: String
        /// Losses with both, of losses with the value.
        public let own: Proportion
        /// How that differs from the losses with other values.
        public let change: RateChange
        /// The chance of it, allowing for all links tested together.
        public internal(set) var adjusted: Double

        /// How much more often the reason is given than of all losses; nil where of none.
        public var lift: Double? {
            let hits = own.hits + change.before.hits
            let trials = own.trials + change.before.trials
            guard let rate = own.rate, hits > 0 else { return nil }
            return rate * Double(trials) / Double(hits)
        }

        /// Whether it goes together more or less often than chance explains.
        public var isFound: Bool { adjusted < Losses.falseShare }
    }

    /// How all ended.
    public let outcomes: Outcomes
    /// By reason, the most frequent first; those without a reason last.
    public let reasons: [Line]
    /// By competitor; only those to whom something was lost.
    public let competitors: [Line]
    /// By the stage from which it was lost, in the order of the process.
    public let stages: [Line]
    /// Attributes and reasons, those least explained by chance first.
    public let links: [Link]

    /// What some cells say.
    public init(_ cells: [EndingCell]) {
        outcomes = cells.reduce(into: Outcomes()) { $0.add($1) }
        let missed = cells.filter(\.isMissed)
        reasons = Self.lines(missed) { ($0.story.reason, nil) }.sorted(by: Self.frequentFirst)
        competitors = Self.lines(missed) { ($0.story.competitor, nil) }.filter { $0.name != nil }
            .sorted(by: Self.frequentFirst)
        stages = Self.lines(missed) { ($0.story.stage, $0.story.stagePosition) }.sorted {
            ($0.position ?? .max, $0.name ?? "\u{10FFFF}") < ($1.position ?? .max, $1.name ?? "\u{10FFFF}")
        }
        links = Self.links(missed)
    }

    private struct LineKey: Hashable {
        let name: String?
        let position: Int?
    }

    private static func lines(
        _ cells: [EndingCell], by key: (EndingCell) -> (name: String?, position: Int?)
    ) -> [Line] {
        var lines: [LineKey: Line] = [:]
        for cell in cells {
            let (name, position) = key(cell)
            let key = LineKey(name: name, position: position)
            var line = lines[key] ?? Line(name: name, position: position)
            line.all += cell.sum
            if cell.ending == .noDecision { line.noDecision += cell.sum }
            if cell.story.isReviewed { line.reviewed += cell.sum.count }
            if cell.story.isCorrected { line.corrected += cell.sum.count }
            if cell.story.isOutsold == true { line.outsold += cell.sum.count }
            lines[key] = line
        }
        return Array(lines.values)
    }

    private static func frequentFirst(_ left: Line, _ right: Line) -> Bool {
        (left.name == nil ? 1 : 0, -left.all.count, left.name ?? "")
            < (right.name == nil ? 1 : 0, -right.all.count, right.name ?? "")
    }

    // MARK: - What goes together

    private struct Value: Hashable {
        let attribute: Link.Attribute
        let value: String
    }

    private struct Pair: Hashable {
        let value: Value
        let reason: String
    }

    /// Losses of which nobody knows the reason or the attribute are in no link of it.
    private static func links(_ missed: [EndingCell]) -> [Link] {
        var pairs: [Pair: Int] = [:]
        var values: [Value: Int] = [:]
        var reasons: [Link.Attribute: [String: Int]] = [:]
        var totals: [Link.Attribute: Int] = [:]
        for cell in missed {
            guard let reason = cell.story.reason else { continue }
            for attribute in Link.Attribute.allCases {
                guard let text = cell.prospect[attribute] else { continue }
                let value = Value(attribute: attribute, value: text)
                pairs[Pair(value: value, reason: reason), default: 0] += cell.sum.count
                values[value, default: 0] += cell.sum.count
                reasons[attribute, default: [:]][reason, default: 0] += cell.sum.count
                totals[attribute, default: 0] += cell.sum.count
            }
        }
        var links = pairs.compactMap { pair, count -> Link? in
            let attribute = pair.value.attribute
            let trials = values[pair.value] ?? 0
            guard count >= minimumTogether, trials >= minimum, (totals[attribute] ?? 0) - trials >= minimum,
                let own = Proportion(count, of: trials),
                let others = Proportion(
                    (reasons[attribute]?[pair.reason] ?? 0) - count, of: (totals[attribute] ?? 0) - trials),
                let change = RateChange(from: others, to: own)
            else { return nil }
            return Link(
                attribute: attribute, value: pair.value.value, reason: pair.reason, own: own, change: change,
                adjusted: 1)
        }
        links.sort {
            ($0.change.pValue, -$0.own.hits, $0.attribute.rawValue, $0.value, $0.reason)
                < ($1.change.pValue, -$1.own.hits, $1.attribute.rawValue, $1.value, $1.reason)
        }
        for (index, value) in FalseDiscoveries.adjusted(links.map(\.change.pValue)).enumerated() {
            links[index].adjusted = value
        }
        return links
    }
}

extension EndingCell {
    /// Whether it could have been won and was not.
    var isMissed: Bool { ending == .lost || ending == .noDecision }
}

extension EndingCell.Prospect {
    subscript(attribute: Losses.Link.Attribute) -> String? {
        switch attribute {
        case .source: source
        case .band: band
        case .segment: segment
        }
    }
}
