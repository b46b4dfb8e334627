import Model

/// A line of a forecast: a node of the organisation with its sums and its plan.
public struct ForecastLine: Sendable, Hashable {
    /// What a line stands for.
    public enum Node: Sendable, Hashable {
        case company
        case team(RecordID)
        case person(RecordID)
        /// The people of the node above, as far as their deals are summed together and not in lines of their own.
        case others
        /// Deals whose owner is known but belongs to no team.
        case withoutTeam
        /// Deals that name no owner, or one who is not among the people.
        case withoutOwner
    }

    /// The node.
    public let node: Node
    /// Its name.
    public let name: String
    /// The name of the node above; nil for the company.
    public let parentName: String?
    /// The steps below the company: 0 for the company itself.
    public let depth: Int
    /// Its deals and those of all nodes below it.
    public var sums: ForecastSums { heldSums.first ?? ForecastSums() }
    /// Its own planned amounts, else the sum of those below it.
    public let plan: [PlanAmount.Kind: PlannedSum]
    /// What people call, beside what the deals say; nil where nobody asked.
    public var calls: CallNumbers? {
        get { heldCalls.first }
        set { heldCalls = newValue.map { [$0] } ?? [] }
    }
    /// On the heap: most lines are passed about without.
    private var heldCalls: [CallNumbers] = []
    /// What is planned and called for the period after it; nil where nobody asked. Its deals are `sums.ofNextPeriod`.
    public var next: NextPeriod? {
        get { heldNext.first }
        set { heldNext = newValue.map { [$0] } ?? [] }
    }
    private var heldNext: [NextPeriod] = []
    private let heldSums: [ForecastSums]

    init(
        node: Node, name: String, parentName: String?, depth: Int, sums: ForecastSums,
        plan: [PlanAmount.Kind: PlannedSum], calls: CallNumbers? = nil, next: NextPeriod? = nil
    ) {
        self.node = node
        self.name = name
        self.parentName = parentName
        self.depth = depth
        heldSums = [sums]
        self.plan = plan
        heldCalls = calls.map { [$0] } ?? []
        heldNext = next.map { [$0] } ?? []
    }
}

/// A node's planned amount and whether it is the node's own.
public struct PlannedSum: Sendable, Hashable {
    /// How much is planned.
    public let amount: Amount
    /// Whether it is the sum of the nodes below rather than the node's own line.
    public let isSumOfBelow: Bool
    /// The probability with which the node's own line expects it, 0…1; nil when not stated, and for a sum.
    public let confidence: Amount?
}

/// Rolls deals up through the teams: every deal counts once in each node above it, and deals without owner or
/// team have lines of their own, so that nothing drops out in silence.
public struct ForecastRollup: Sendable {
    /// The lines: the company, then each team with its people and the teams below it, then the deals without
    /// team or owner.
    public let lines: [ForecastLine]

    /// The rollup of cells through an organisation.
    ///
    /// - Parameters:
    ///   - nextPlan: What is planned for the period after the one asked for; nil when nobody asks.
    ///   - apart: The people who have lines of their own; those of a team who have none share one. Nil for everybody.
    /// - Throws: `BW508` when teams report in a circle.
    public init(
        cells: [ForecastCell], plan: [PlanAmount], nextPlan: [PlanAmount]? = nil, organisation: Organisation,
        apart: Set<RecordID>? = nil
    ) throws(BellwetherError) {
        let places = try DealPlaces(organisation)
        var builder = Builder(
            cells: cells, plan: plan, nextPlan: nextPlan, organisation: organisation, places: places,
            apart: apart)
        lines = builder.build()
    }
}

/// Builds the lines from the leaves upwards and lists them from the top downwards.
private struct Builder {
    private let tree: TeamTree
    private let organisation: Organisation
    private var people: [RecordID: String] = [:]
    /// The names that deals know, for owners who have left since.
    private var formerNames: [RecordID: String] = [:]
    /// The team in which a person's own plan counts: that of the organisation, not one left during the period.
    private var homeTeams: [RecordID: RecordID?] = [:]
    private var sumsOfPeople: [RecordID?: [RecordID: ForecastSums]] = [:]
    /// The deals of people who are not told apart, by team.
    private var sumsOfOthers: [RecordID?: ForecastSums] = [:]
    /// Those of them for whom something is planned, by team.
    private var plannedOthers: [RecordID?: [RecordID]] = [:]
    private var sumsWithoutOwner = ForecastSums()
    private let ownPlan: OwnPlan
    private let nextPlan: OwnPlan?

    init(
        cells: [ForecastCell], plan: [PlanAmount], nextPlan: [PlanAmount]?, organisation: Organisation,
        places: DealPlaces, apart: Set<RecordID>?
    ) {
        tree = places.tree
        self.organisation = organisation
        ownPlan = OwnPlan(plan)
        self.nextPlan = nextPlan.map(OwnPlan.init)
        for person in organisation.people {
            people[person.id] = person.name
            // People without deals are lines too: a zero is an answer, an absence is a question. Outside
            // any team only those with deals or a plan are shown: CRMs keep many users who never sell.
            let team = person.team.flatMap { tree.team($0)?.id }
            homeTeams[person.id] = .some(team)
            let isPlanned =
                ownPlan[.person(person.id)] != nil || self.nextPlan?[.person(person.id)] != nil
            if let apart, !apart.contains(person.id) {
                if isPlanned { plannedOthers[team, default: []].append(person.id) }
            } else if team != nil || isPlanned {
                sumsOfPeople[team, default: [:]][person.id] = ForecastSums()
            }
        }
        for cell in cells {
            let place = places.place(of: cell)
            let team: RecordID?
            switch place {
            case .withoutOwner:
                sumsWithoutOwner.add(cell, at: place)
                continue
            case .team(let known): team = known
            case .withoutTeam: team = nil
            }
            guard let owner = cell.owner, apart?.contains(owner) ?? true else {
                sumsOfOthers[team, default: ForecastSums()].add(cell, at: place)
                continue
            }
            if let name = cell.ownerName { formerNames[owner] = name }
            sumsOfPeople[team, default: [:]][owner, default: ForecastSums()].add(cell, at: place)
        }
        dropEmptied(cells.filter { $0.sum.count < 0 }, places)
    }

    /// Who owns deals of which others have all the credit has no line for them where nobody else would have one.
    private mutating func dropEmptied(_ taken: [ForecastCell], _ places: DealPlaces) {
        for cell in taken {
            guard let owner = cell.owner else { continue }
            let team: RecordID? = if case .team(let team) = places.place(of: cell) { team } else { nil }
            let isHome = homeTeams[owner] == .some(team) && (team != nil || ownPlan[.person(owner)] != nil)
            guard !isHome, sumsOfPeople[team]?[owner]?.isEmpty == true else { continue }
            sumsOfPeople[team]?[owner] = nil
        }
    }

    mutating func build() -> [ForecastLine] {
        let company = organisation.companyName
        var (direct, below) = teamLines(below: company)
        var sums = ForecastSums()
        for line in direct { sums.add(line.sums) }
        let loose = sumsOfPeople[nil] ?? [:]
        if !loose.isEmpty || hasOthers(nil) {
            let lines = looseLines(loose, parentName: company)
            sums.add(lines[0].sums)
            direct.append(lines[0])
            below += lines
        }
        if !sumsWithoutOwner.isEmpty {
            sums.add(sumsWithoutOwner)
            below.append(
                ForecastLine(
                    node: .withoutOwner, name: "Unassigned", parentName: company, depth: 1,
                    sums: sumsWithoutOwner, plan: [:], next: next(nil, over: [])))
        }
        let line = ForecastLine(
            node: .company, name: company, parentName: nil, depth: 0, sums: sums,
            plan: ownPlan.planned(.company, sumOf: direct.map(\.plan)), next: next(.company, over: direct))
        return [line] + below
    }

    /// The lines of the topmost teams, and those of all: each team's, then its people's, then those of the teams below.
    /// From the deepest upwards and without recursion, since the tree may be of any depth.
    private func teamLines(below company: String) -> (top: [ForecastLine], all: [ForecastLine]) {
        let entries = tree.entries
        var children = [[ForecastLine]](repeating: [], count: entries.count)
        var blocks = children
        var top: [ForecastLine] = []
        for (place, entry) in entries.enumerated().reversed() {
            let people = peopleLines(
                sumsOfPeople[entry.team.id] ?? [:], in: entry.team.id, depth: entry.depth + 1,
                parentName: entry.team.name)
            let parentName = entry.parent.map { entries[$0].team.name } ?? company
            let line = teamLine(entry.team, over: people + children[place], entry.depth, parentName)
            blocks[place] = [line] + people
            if let parent = entry.parent { children[parent].append(line) } else { top.append(line) }
        }
        return (top.reversed(), blocks.flatMap(\.self))
    }

    private func teamLine(
        _ team: Team, over direct: [ForecastLine], _ depth: Int, _ parentName: String
    ) -> ForecastLine {
        var sums = ForecastSums()
        for line in direct { sums.add(line.sums) }
        return ForecastLine(
            node: .team(team.id), name: team.name, parentName: parentName, depth: depth, sums: sums,
            plan: ownPlan.planned(.team(team.id), sumOf: direct.map(\.plan)),
            next: next(.team(team.id), over: direct))
    }

    private func looseLines(_ loose: [RecordID: ForecastSums], parentName: String) -> [ForecastLine] {
        let name = "No team"
        let people = peopleLines(loose, in: nil, depth: 2, parentName: name)
        var sums = ForecastSums()
        for line in people { sums.add(line.sums) }
        let line = ForecastLine(
            node: .withoutTeam, name: name, parentName: parentName, depth: 1, sums: sums,
            plan: ownPlan.planned(nil, sumOf: people.map(\.plan)), next: next(nil, over: people))
        return [line] + people
    }

    private func peopleLines(
        _ people: [RecordID: ForecastSums], in team: RecordID?, depth: Int, parentName: String
    ) -> [ForecastLine] {
        let lines = sorted(people).map {
            personLine($0, $1, in: team, depth: depth, parentName: parentName)
        }
        guard hasOthers(team) else { return lines }
        let planned = (plannedOthers[team] ?? []).map { PlanAmount.Node.person($0) }
        return lines + [
            ForecastLine(
                node: .others, name: "", parentName: parentName, depth: depth,
                sums: sumsOfOthers[team] ?? ForecastSums(),
                plan: ownPlan.planned(nil, sumOf: planned.compactMap { ownPlan[$0] }),
                next: nextPlan.map { plan in
                    ForecastLine.NextPeriod(plan: plan.planned(nil, sumOf: planned.compactMap { plan[$0] }))
                })
        ]
    }

    /// Whether a team's people who are not told apart have deals or a plan.
    private func hasOthers(_ team: RecordID?) -> Bool {
        plannedOthers[team] != nil || sumsOfOthers[team].map { !$0.isEmpty } ?? false
    }

    private func personLine(
        _ person: RecordID, _ sums: ForecastSums, in team: RecordID?, depth: Int, parentName: String
    ) -> ForecastLine {
        let planned: PlanAmount.Node? = homeTeams[person] == .some(team) ? .person(person) : nil
        return ForecastLine(
            node: .person(person), name: name(of: person), parentName: parentName, depth: depth,
            sums: sums, plan: ownPlan.planned(planned, sumOf: []), next: next(planned, over: []))
    }

    /// What is planned for a node in the period after the one asked for.
    private func next(_ node: PlanAmount.Node?, over direct: [ForecastLine]) -> ForecastLine.NextPeriod? {
        nextPlan.map {
            ForecastLine.NextPeriod(plan: $0.planned(node, sumOf: direct.compactMap { $0.next?.plan }))
        }
    }

    private func sorted(_ sums: [RecordID: ForecastSums]) -> [(RecordID, ForecastSums)] {
        sums.sorted { (name(of: $0.key), $0.key) < (name(of: $1.key), $1.key) }
    }

    private func name(of person: RecordID) -> String {
        people[person] ?? formerNames[person] ?? person.id
    }
}

extension ForecastLine {
    /// One line for several of the same node: their sums together, and the plan of the one that has it. Nil for
    /// none.
    public static func joined(_ lines: [ForecastLine]) -> ForecastLine? {
        guard let home = lines.first(where: { !$0.plan.isEmpty }) ?? lines.first else { return nil }
        var sums = ForecastSums()
        for line in lines { sums.add(line.sums) }
        let calls = lines.compactMap(\.calls)
        return ForecastLine(
            node: home.node, name: home.name, parentName: home.parentName, depth: home.depth, sums: sums,
            plan: home.plan,
            calls: calls.dropFirst().reduce(calls.first) { sum, part in sum.map { $0 + part } },
            next: NextPeriod.joined(lines.compactMap(\.next)))
    }

    /// A person's part in one of several teams, named by the team, below the line of them all.
    func asPart(of whole: ForecastLine) -> ForecastLine {
        ForecastLine(
            node: node, name: parentName ?? name, parentName: whole.name, depth: whole.depth + 1, sums: sums,
            plan: plan, calls: calls, next: next)
    }

    /// The lines of a person: one of all deals, and below it one a team for who has deals in several.
    public static func ofPerson(_ lines: [ForecastLine]) -> [ForecastLine] {
        guard let whole = joined(lines)?.atDepth(0) else { return [] }
        return lines.count == 1 ? [whole] : [whole] + lines.map { $0.asPart(of: whole) }
    }

    /// The same line at another depth, for a part of the tree shown alone.
    public func atDepth(_ depth: Int) -> ForecastLine {
        ForecastLine(
            node: node, name: name, parentName: parentName, depth: depth, sums: sums, plan: plan,
            calls: calls,
            next: next)
    }
}
