import Model

/// All that is planned for a node, or for a part of its business.
public struct PlanFigures: Sendable, Hashable {
    /// Its own lines, else the sum of those below.
    public let plan: [PlanAmount.Kind: PlannedSum]
    /// What its people are asked for; nil where nobody has a quota.
    public let quotas: PersonQuotas?
    /// Whether it is one person's.
    public let isPerson: Bool

    /// The sum of the people's quotas against the node's own quota; nil for a person, and without either.
    public var overQuota: Double? {
        guard !isPerson, let own = plan[.quota], !own.isSumOfBelow else { return nil }
        return quotas?.sum.ratio(to: own.amount)
    }

    /// The quota against the budget; nil without either.
    public var overBudget: Double? {
        guard let quota = plan[.quota], let budget = plan[.budget] else { return nil }
        return quota.amount.ratio(to: budget.amount)
    }
}

/// A node of the organisation with all that is planned for it.
public struct PlanNode: Sendable, Hashable {
    /// What is planned for the whole of its business.
    public let whole: PlanFigures
    /// The parts of its business, in order.
    public let parts: [Part]

    /// A part of the business.
    public struct Part: Sendable, Hashable {
        /// Its name; nil for what is planned for the whole and for none of its parts.
        public let name: String?
        /// What is planned for it.
        public let figures: PlanFigures
    }
}

/// Rolls the plan of a period up through the teams.
public struct PlanRollup: Sendable {
    /// The lines of the nodes: the company, then each team with its people and the teams below it.
    public let rollup: ForecastRollup
    private let nodes: [ForecastLine.Node: PlanNode]

    /// All that is planned for a node; nil for one that is not there.
    public subscript(node: ForecastLine.Node) -> PlanNode? { nodes[node] }

    /// The rollup of a selection through an organisation.
    ///
    /// - Throws: `BW508` when teams report in a circle.
    public init(
        _ selection: PlanSelection, organisation: Organisation, proration: Proration
    ) throws(BellwetherError) {
        rollup = try ForecastRollup(cells: [], plan: selection.amounts, organisation: organisation)
        var parts: [(name: String, figures: [ForecastLine.Node: PlanFigures])] = []
        for (name, amounts) in selection.byLine.sorted(by: { $0.key < $1.key }) {
            let part = try ForecastRollup(cells: [], plan: amounts, organisation: organisation)
            parts.append((name, Self.figures(part.lines, proration)))
        }
        nodes = Self.figures(rollup.lines, proration).reduce(into: [:]) { nodes, entry in
            let (node, whole) = entry
            let named = parts.compactMap { part in
                part.figures[node].flatMap {
                    $0.plan.isEmpty ? nil : PlanNode.Part(name: part.name, figures: $0)
                }
            }
            nodes[node] = PlanNode(whole: whole, parts: named + Self.rest(of: whole, beside: named))
        }
    }

    /// What is planned for each line, and what the people of it and of all below it are asked for.
    private static func figures(
        _ lines: [ForecastLine], _ proration: Proration
    ) -> [ForecastLine.Node: PlanFigures] {
        let quotas = quotas(lines, proration)
        let figures = zip(lines, quotas).map { line, quotas in
            let isPerson = if case .person = line.node { true } else { false }
            return (
                line.node,
                PlanFigures(plan: line.plan, quotas: quotas.people > 0 ? quotas : nil, isPerson: isPerson)
            )
        }
        return Dictionary(figures, uniquingKeysWith: { first, _ in first })
    }

    private static func quotas(_ lines: [ForecastLine], _ proration: Proration) -> [PersonQuotas] {
        var sums = [PersonQuotas](repeating: PersonQuotas(), count: lines.count)
        // The lines above the one looked at, from the company down.
        var above: [Int] = []
        for (index, line) in lines.enumerated() {
            while let last = above.last, lines[last].depth >= line.depth { above.removeLast() }
            if case .person(let person) = line.node, let quota = line.plan[.quota] {
                let own = proration.quotas(of: person, quota.amount)
                sums[index].add(own)
                for node in above { sums[node].add(own) }
            }
            above.append(index)
        }
        return sums
    }

    /// What is planned for the whole beyond its parts, so that the parts add up to it.
    private static func rest(of whole: PlanFigures, beside parts: [PlanNode.Part]) -> [PlanNode.Part] {
        guard !parts.isEmpty else { return [] }
        var rest: [PlanAmount.Kind: PlannedSum] = [:]
        for (kind, planned) in whole.plan {
            let named = parts.reduce(Amount.zero) { $0 + ($1.figures.plan[kind]?.amount ?? .zero) }
            guard planned.amount != named else { continue }
            rest[kind] = PlannedSum(
                amount: planned.amount - named, isSumOfBelow: planned.isSumOfBelow, confidence: nil)
        }
        let figures = PlanFigures(plan: rest, quotas: nil, isPerson: whole.isPerson)
        return rest.isEmpty ? [] : [PlanNode.Part(name: nil, figures: figures)]
    }
}
