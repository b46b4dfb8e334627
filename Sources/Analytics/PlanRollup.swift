import Model

/// What the people below a node are asked for, person by person.
public struct PersonQuotas: Sendable, Hashable {
    /// How many people have a quota.
    public var people = 0
    /// The sum of their quotas.
    public var sum = Amount.zero
    /// The same by the days of the period on which each is there, and ramped.
    public var prorated = Amount.zero
    /// Of the sum, the quotas of those who are not ramped yet on the day read.
    public var ramping = Amount.zero

    mutating func add(_ other: PersonQuotas) {
        people += other.people
        sum += other.sum
        prorated += other.prorated
        ramping += other.ramping
    }
}

/// A node of the organisation with all that is planned for it.
public struct PlanNode: Sendable, Hashable {
    /// The node with its plan: its own lines, else the sum of those below.
    public let line: ForecastLine
    /// The plan of each part of the business, in order.
    public let byLine: [Part]
    /// What its people are asked for; nil where nobody has a quota.
    public let quotas: PersonQuotas?

    /// A part of the business.
    public struct Part: Sendable, Hashable {
        /// Its name; nil for what is planned for the whole and for none of its parts.
        public let name: String?
        /// What is planned for it.
        public let plan: [PlanAmount.Kind: PlannedSum]
    }

    /// The sum of the people's quotas against the node's own quota; nil for a person, and without either.
    public var overQuota: Double? {
        guard !isPerson, let own = line.plan[.quota], !own.isSumOfBelow else { return nil }
        return quotas?.sum.ratio(to: own.amount)
    }

    /// The quota against the budget; nil without either.
    public var overBudget: Double? { PlanNode.share(line.plan) }

    /// The quota of a plan against its budget; nil without either.
    public static func share(_ plan: [PlanAmount.Kind: PlannedSum]) -> Double? {
        guard let quota = plan[.quota], let budget = plan[.budget] else { return nil }
        return quota.amount.ratio(to: budget.amount)
    }

    private var isPerson: Bool {
        if case .person = line.node { true } else { false }
    }
}

/// How a quota counts for people who are not there all of a period, or not ramped.
public struct Proration: Sendable {
    private let period: Period
    private let day: Day
    private let employments: [RecordID: Employment]
    private let ramp: Amount
    private let places: Int

    /// A rule for a period as of a day.
    ///
    /// - Parameters:
    ///   - ramp: The share of a quota that counts on a day before the person is ramped: 1 for all of it.
    ///   - places: The decimal places to which each person's quota is rounded.
    public init(
        period: Period, day: Day, employments: [RecordID: Employment], ramp: Amount = Amount(1), places: Int
    ) {
        self.period = period
        self.day = day
        self.employments = employments
        self.ramp = ramp
        self.places = places
    }

    /// A person's quota in full, and by the days of the period on which the person is there, of which those of the
    /// ramp count in part.
    func quotas(of person: RecordID, _ quota: Amount) -> PersonQuotas {
        let employment = employments[person] ?? Employment()
        let rampDays = employment.rampDays(in: period)
        let fullDays = employment.days(in: period) - rampDays
        let one = Int(Amount(1).millionths)
        return PersonQuotas(
            people: 1, sum: quota,
            prorated: quota.share(
                fullDays * one + rampDays * Int(ramp.millionths), of: period.dayCount * one, toPlaces: places),
            ramping: employment.isRamping(on: day) ? quota : .zero)
    }

    /// Whether a quota of the person is one of the people's: not where the CRM says that the person carries none.
    func counts(_ person: RecordID) -> Bool {
        employments[person]?.carriesQuota != false
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
        let whole = try ForecastRollup(cells: [], plan: selection.amounts, organisation: organisation)
        var parts: [(name: String, plans: [ForecastLine.Node: [PlanAmount.Kind: PlannedSum]])] = []
        for (name, amounts) in selection.byLine.sorted(by: { $0.key < $1.key }) {
            let rollup = try ForecastRollup(cells: [], plan: amounts, organisation: organisation)
            let plans = Dictionary(
                rollup.lines.map { ($0.node, $0.plan) }, uniquingKeysWith: { first, _ in first })
            parts.append((name, plans))
        }
        let quotas = Self.quotas(whole.lines, proration)
        let planned = zip(whole.lines, quotas).map { line, quotas in
            let named = parts.compactMap { part in
                part.plans[line.node].flatMap { $0.isEmpty ? nil : PlanNode.Part(name: part.name, plan: $0) }
            }
            return PlanNode(
                line: line, byLine: named + Self.rest(of: line, beside: named),
                quotas: quotas.people > 0 ? quotas : nil)
        }
        rollup = whole
        nodes = Dictionary(planned.map { ($0.line.node, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// What the people of each line are asked for: each person's own line, and for a node all below it.
    private static func quotas(_ lines: [ForecastLine], _ proration: Proration) -> [PersonQuotas] {
        var sums = [PersonQuotas](repeating: PersonQuotas(), count: lines.count)
        // From the last line up, each gives to the one above it: the last before it that is less deep.
        var above: [Int] = []
        for (index, line) in lines.enumerated() {
            while let last = above.last, lines[last].depth >= line.depth { above.removeLast() }
            if case .person(let person) = line.node, let quota = line.plan[.quota], proration.counts(person) {
                let own = proration.quotas(of: person, quota.amount)
                sums[index].add(own)
                for node in above { sums[node].add(own) }
            }
            above.append(index)
        }
        return sums
    }

    /// What is planned for the whole beyond its parts, so that the parts add up to it.
    private static func rest(of line: ForecastLine, beside parts: [PlanNode.Part]) -> [PlanNode.Part] {
        guard !parts.isEmpty else { return [] }
        var rest: [PlanAmount.Kind: PlannedSum] = [:]
        for (kind, whole) in line.plan {
            let named = parts.reduce(Amount.zero) { $0 + ($1.plan[kind]?.amount ?? .zero) }
            guard whole.amount != named else { continue }
            rest[kind] = PlannedSum(
                amount: whole.amount - named, isSumOfBelow: whole.isSumOfBelow, confidence: nil)
        }
        return rest.isEmpty ? [] : [PlanNode.Part(name: nil, plan: rest)]
    }
}
