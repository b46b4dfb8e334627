import Model

/// Chooses, of all plan lines, what is planned for each node in one period.
///
/// A line for the very period counts before the lines of the quarters or months within it, and lines for the
/// whole business count before those for its parts: a plan and its breakdown are never added together. A line for
/// a longer period is never divided: it is named.
public struct PlanSelection: Sendable, Hashable {
    /// What is planned for the whole business.
    public let amounts: [PlanAmount]
    /// What is planned for each part of the business.
    public let byLine: [String: [PlanAmount]]
    /// What is planned for a longer period alone.
    public let longer: [Longer]
    /// What is planned for some of the period's quarters or months, and not for all.
    public let partial: [PlanAmount]
    /// The lines that count in no plan.
    public let uncounted: [UncountedPlanLine]
    /// The measures of the lines, in order.
    public let measures: [String]

    /// A plan of a node for a longer period than the one that is asked for.
    public struct Longer: Sendable, Hashable {
        /// The longer period.
        public let period: Period
        /// What is planned for it.
        public let amount: PlanAmount
    }

    /// What is planned for a period.
    ///
    /// - Parameters:
    ///   - reading: The lines for the period, its parts and the longer periods in which it lies.
    ///   - measure: What is planned, in small letters.
    public init(
        _ reading: PlanReading, for period: Period, in calendar: FiscalCalendar,
        measure: String = PlanLine.bookings
    ) {
        let (lines, twice) = Self.once(reading.lines)
        measures = Set(lines.map(\.measure)).sorted()
        uncounted = reading.uncounted + twice
        let choice = Choice(period, calendar)
        var amounts: [PlanAmount] = []
        var byLine: [String: [PlanAmount]] = [:]
        var longer: [Longer] = []
        var partial: [PlanAmount] = []
        let measured = lines.filter { $0.measure == measure }
        for lines in Dictionary(grouping: measured, by: { Key(kind: $0.kind, node: $0.node) }).values {
            switch choice.amount(lines) {
            case .whole(let amount): amounts.append(amount)
            case .partial(let amount):
                amounts.append(amount)
                partial.append(amount)
            case .longer(let period, let amount): longer.append(Longer(period: period, amount: amount))
            case nil: break
            }
            for (name, part) in Dictionary(grouping: lines, by: \.businessLine) {
                guard let name else { continue }
                switch choice.amount(part) {
                case .whole(let amount), .partial(let amount): byLine[name, default: []].append(amount)
                case .longer, nil: break
                }
            }
        }
        self.amounts = amounts
        self.byLine = byLine
        self.longer = longer
        self.partial = partial
    }

    /// What is planned for teams and people who are not there, in no particular order: it is in no sum.
    public func unknownNodes(in organisation: Organisation) -> [PlanAmount] {
        let teams = Set(organisation.teams.map(\.id))
        let people = Set(organisation.people.map(\.id))
        return amounts.filter { amount in
            switch amount.node {
            case .company: false
            case .team(let team): !teams.contains(team)
            case .person(let person): !people.contains(person)
            }
        }
    }

    /// The lines without those that another line of the same source says too: the one whose id sorts first counts.
    private static func once(_ lines: [PlanLine]) -> (lines: [PlanLine], twice: [UncountedPlanLine]) {
        var kept: [Subject: PlanLine] = [:]
        kept.reserveCapacity(lines.count)
        var twice: [UncountedPlanLine] = []
        for line in lines {
            let subject = Subject(line)
            guard let other = kept[subject] else {
                kept[subject] = line
                continue
            }
            let (first, second) = line.id < other.id ? (line, other) : (other, line)
            kept[subject] = first
            twice.append(UncountedPlanLine(id: second.id, fault: .twice, amount: second.amount))
        }
        return (Array(kept.values), twice.sorted { $0.id < $1.id })
    }
}

private struct Key: Hashable {
    let kind: PlanAmount.Kind
    let node: PlanAmount.Node
}

/// What a line of a source speaks of; two that speak of the same are one too many.
private struct Subject: Hashable {
    let source: String
    let key: Key
    let period: Period
    let businessLine: String?
    let measure: String

    init(_ line: PlanLine) {
        source = line.id.source
        key = Key(kind: line.kind, node: line.node)
        period = line.period
        businessLine = line.businessLine
        measure = line.measure
    }
}

/// What the lines of one node and kind say of a period.
private struct Choice {
    enum Found {
        case whole(PlanAmount)
        /// Some parts of the period are planned and others are not.
        case partial(PlanAmount)
        case longer(Period, PlanAmount)
    }

    private let breakdowns: [[Period]]
    private let containers: [Period]

    init(_ period: Period, _ calendar: FiscalCalendar) {
        breakdowns = [[period]] + calendar.parts(of: period)
        containers = calendar.containers(of: period)
    }

    func amount(_ lines: [PlanLine]) -> Found? {
        guard let first = lines.first else { return nil }
        let byPeriod = Dictionary(grouping: lines, by: \.period)
        for periods in breakdowns {
            let planned = periods.compactMap { byPeriod[$0] }.map(Self.wholeBusiness)
            guard !planned.isEmpty else { continue }
            let amount = Self.sum(planned.flatMap(\.self), first)
            return planned.count == periods.count ? .whole(amount) : .partial(amount)
        }
        guard let period = containers.first(where: { byPeriod[$0] != nil }) else { return nil }
        return .longer(period, Self.sum(Self.wholeBusiness(byPeriod[period] ?? []), first))
    }

    private static func wholeBusiness(_ lines: [PlanLine]) -> [PlanLine] {
        let whole = lines.filter { $0.businessLine == nil }
        return whole.isEmpty ? lines : whole
    }

    private static func sum(_ lines: [PlanLine], _ first: PlanLine) -> PlanAmount {
        let confidences = Set(lines.map(\.confidence))
        return PlanAmount(
            kind: first.kind, node: first.node, amount: lines.reduce(.zero) { $0 + $1.amount },
            confidence: confidences.count == 1 ? lines[0].confidence : nil)
    }
}
