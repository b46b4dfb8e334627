import Model

/// Carries calls up the lines of a forecast: each node's number replaces what is below it, and is added once to
/// the node above.
public struct CallTree: Sendable {
    /// The lines with their numbers.
    public let lines: [ForecastLine]
    /// Calls of nodes that have no line, or that the organisation does not know.
    public let unplaced: [Call]
    /// Calls without a plan rate: in no number.
    public let withoutRate: [Call]
    /// Whether anybody has called anything at all.
    public let hasCalls: Bool

    /// The calls of one category over all lines of a rollup, the company's first.
    ///
    /// Each part of the business and each measure is a tree of its own. What deals say of it is not known: there a
    /// node for which nobody called has nothing.
    public init(
        _ lines: [ForecastLine], calls: [Call], category: CallCategory, businessLine: String? = nil,
        measure: String = "bookings", organisation: Organisation
    ) {
        let isWhole = businessLine == nil && measure == "bookings"
        var desk = Desk(
            lines: isWhole ? lines : lines.map(\.withoutDeals), category: category,
            homeTeams: organisation.homeTeams)
        let whole = calls.filter {
            $0.category == category && $0.businessLine == businessLine && $0.measure == measure
        }
        withoutRate = whole.filter(\.lacksRate)
        unplaced = desk.place(whole, CallDirectory(organisation))
        self.lines = desk.carriedUp()
        hasCalls = self.lines.contains { $0.calls?.deciding != nil }
    }
}

/// Numbers line by line.
private struct Desk {
    private var lines: [ForecastLine]
    /// The place of the line above each line.
    private var parents: [Int?] = []
    private let category: CallCategory
    /// The place among the lines at which a node's own call counts.
    private var homes: [CallNode: Int] = [:]
    private var own: [Int: Call] = [:]
    private var overrides: [Int: Call] = [:]
    private var lastSpoken: [Int: Day] = [:]
    /// The places of the lines of one person.
    private var placesOfPeople: [RecordID: [Int]] = [:]

    init(lines: [ForecastLine], category: CallCategory, homeTeams: [RecordID: RecordID]) {
        self.lines = lines
        self.category = category
        var path: [Int] = []
        for (place, line) in lines.enumerated() {
            path = Array(path.prefix(line.depth))
            parents.append(path.last)
            switch line.node {
            case .company: homes[.company] = place
            case .team(let id): homes[.team(id)] = place
            case .person(let id):
                placesOfPeople[id, default: []].append(place)
                // Who has moved has a line in each team; the call counts where the person is now.
                let home = homeTeams[id].map { ForecastLine.Node.team($0) } ?? .withoutTeam
                if homes[.person(id)] == nil || path.last.map({ lines[$0].node }) == home {
                    homes[.person(id)] = place
                }
            case .others, .withoutTeam, .withoutOwner: break
            }
            path.append(place)
        }
    }

    /// Puts calls at their lines; gives those that have none.
    mutating func place(_ calls: [Call], _ directory: CallDirectory) -> [Call] {
        var unplaced: [Call] = []
        for call in calls.sorted(by: Call.isEarlier) {
            guard let node = directory.node(call.target), let place = homes[node] else {
                if call.amount != nil { unplaced.append(call) }
                continue
            }
            if call.amount != nil { lastSpoken[place] = max(lastSpoken[place] ?? call.day, call.day) }
            // One node may be named in two ways, or in two systems: the last word counts.
            if call.kind == .own { own[place] = call } else { overrides[place] = call }
        }
        return unplaced
    }

    mutating func carriedUp() -> [ForecastLine] {
        var rolledUp: [Amount?] = Array(repeating: nil, count: lines.count)
        var withoutOverrides = rolledUp
        for place in lines.indices.reversed() {
            let calculated = lines[place].sums.amount(of: category.cumulative)
            var numbers = CallNumbers(
                calculated: calculated,
                calculatedExclusive: lines[place].sums.amount(of: category.exclusive),
                rolledUp: rolledUp[place] ?? calculated)
            let plain = withoutOverrides[place] ?? calculated
            numbers.indirect = numbers.rolledUp - plain
            numbers.submitted = standing(own[place], at: place)
            numbers.override = standing(overrides[place], at: place)
            numbers.lastSpoken = lastSpoken[place]
            lines[place].calls = numbers
            guard let parent = parents[place] else { continue }
            rolledUp[parent] = (rolledUp[parent] ?? .zero) + numbers.effective
            withoutOverrides[parent] =
                (withoutOverrides[parent] ?? .zero) + (numbers.submitted?.amount ?? plain)
        }
        return lines
    }

    /// A call's number in the line at a place: exclusive ones on top of what the deals say is surer, and of who has
    /// deals in several lines only what the others do not have.
    private func standing(_ call: Call?, at place: Int) -> StandingCall? {
        guard let call, var amount = call.companyAmount else { return nil }
        if call.basis == .exclusive {
            amount += lines[place].sums.amount(of: category.cumulative.subtracting(category.exclusive))
        }
        if case .person(let person) = lines[place].node {
            for other in placesOfPeople[person] ?? [] where other != place {
                amount -= lines[other].sums.amount(of: category.deals(call.basis))
            }
        }
        return StandingCall(call: call, amount: amount)
    }
}

extension ForecastLine {
    fileprivate var withoutDeals: ForecastLine {
        ForecastLine(
            node: node, name: name, parentName: parentName, depth: depth, sums: ForecastSums(), plan: plan)
    }
}

extension Organisation {
    /// The team of each person who has one that is there.
    fileprivate var homeTeams: [RecordID: RecordID] {
        let known = Set(teams.map(\.id))
        return Dictionary(
            people.compactMap { person in
                person.team.flatMap { known.contains($0) ? (person.id, $0) : nil }
            }, uniquingKeysWith: { first, _ in first })
    }
}

extension Call {
    /// By day, then by instant, then by key: the last one counts.
    static func isEarlier(_ left: Call, _ right: Call) -> Bool {
        (left.day, left.instant ?? "", left.id) < (right.day, right.instant ?? "", right.id)
    }
}

extension ForecastSums {
    /// The sum of several categories.
    func amount(of categories: Set<ForecastCategory>) -> Amount {
        categories.reduce(.zero) { $0 + self[$1].amount }
    }
}

extension [ForecastLine] {
    /// The parts of the first line's judgement: those of the nodes directly below it where its number is rolled up.
    public var judgementParts: [(name: String, amount: Amount)] {
        guard let top = first, top.calls?.deciding == nil else { return [] }
        return dropFirst().filter { $0.depth == top.depth + 1 }.compactMap { line in
            guard let judgement = line.calls?.judgement, judgement != .zero else { return nil }
            return (line.name, judgement)
        }
    }

    /// The lines whose live overrides the first line's number stands on: none is below another call.
    public var decidingOverrides: [ForecastLine] {
        var found: [ForecastLine] = []
        var shadow: Int?
        for line in self {
            if let depth = shadow, line.depth > depth { continue }
            shadow = nil
            guard let calls = line.calls, calls.deciding != nil else { continue }
            shadow = line.depth
            if calls.override != nil { found.append(line) }
        }
        return found
    }
}
