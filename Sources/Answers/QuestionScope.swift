import Analytics
import Model
import Warehouse

/// The version of the program, stated in every passport.
public let programVersion = "0.1.0"

/// What a question is asked about: the two clocks, the period, and the part of the organisation.
public struct QuestionScope: Sendable {
    /// The day as given; nil for the newest opportunity snapshot.
    public var asOf: Day?
    /// A load, time or day as given; nil for the newest published load.
    public var asKnown: String?
    /// A label, or one of `FiscalCalendar.words`: `this`, `next` …
    public var period: String
    /// A team's name or id; nil for the whole company.
    public var team: String?
    /// A person's name or id; nil for everybody.
    public var person: String?
    /// The organisation as given: `as-was`, `as-is` or a day; nil as was.
    public var organisation: String?

    /// A scope of those.
    public init(
        asOf: Day? = nil, asKnown: String? = nil, period: String = "this", team: String? = nil,
        person: String? = nil, organisation: String? = nil
    ) {
        self.asOf = asOf
        self.asKnown = asKnown
        self.period = period
        self.team = team
        self.person = person
        self.organisation = organisation
    }

    func resolve(in warehouse: Warehouse) throws(BellwetherError) -> QuestionContext {
        let choice = try self.organisation.map(OrganisationChoice.init) ?? .asWas
        let point = try warehouse.readPoint(asOf: asOf, asKnown: asKnown, organisation: choice)
        let company = try warehouse.companySettings()
        let organisation = try warehouse.organisation(companyName: company.name, at: point)
        var filters: [Passport.Filter] = []
        let period = try company.calendar.period(named: period, on: point.asOf)
        filters.append(.init("period", period.label))
        if let team { filters.append(.init("team", team)) }
        if let person { filters.append(.init("person", person)) }
        if let filter = choice.filter(point) { filters.append(filter) }
        return QuestionContext(
            point: point, company: company, organisation: organisation,
            change: try organisation.change(at: point, in: warehouse), period: period,
            filter: try NodeFilter(
                team: team, person: person, organisation: organisation, of: point.organisationDay),
            filters: filters)
    }
}

/// A scope with everything looked up.
struct QuestionContext {
    let point: ReadPoint
    let company: CompanySettings
    /// That by which deals count.
    let organisation: Organisation
    /// How it differs from that of the day read; nil where it is that one.
    let change: OrganisationChange?
    let period: Period
    let filter: NodeFilter
    let filters: [Passport.Filter]

    /// Says so when the day asked for has no snapshot of its own, or is known from a CRM's own history, or when deals
    /// count by another organisation than its own.
    var ageWarnings: [AnswerWarning] {
        pastWarnings + staleWarning + unprovenWarnings + organisationWarning
    }

    private var staleWarning: [AnswerWarning] {
        guard let snapshotDay = point.snapshotDay else { return [] }
        let age = point.asOf - snapshotDay
        guard age > 0 else { return [] }
        return [
            point.isGap
                ? AnswerWarning(
                    "stale_snapshot",
                    "no snapshot of \(point.asOf), a gap: the state of \(snapshotDay) is shown")
                : AnswerWarning(
                    "stale_snapshot",
                    "the newest snapshot on or before \(point.asOf) is of \(snapshotDay), \(age) days older")
        ]
    }

    /// Says so when the deals of the day are known from a CRM's own history alone.
    private var pastWarnings: [AnswerWarning] {
        point.pasts.map { past in
            let assumed = past.assumed.isEmpty ? "nothing" : past.assumed.joined(separator: ", ")
            return AnswerWarning(
                "crm_history",
                "before the first snapshot of \(past.source), of \(past.until): from the CRM's history, assumed: \(assumed)"
            )
        }
    }

    /// What questions about deals read.
    private static let entitiesRead: Set = [
        "company", "team", "person", "account", "product", "stage", "exchange_rate", "plan_line",
        "opportunity",
    ]

    /// Says so when what the day shows rests on a delta whose base is not loaded.
    private var unprovenWarnings: [AnswerWarning] {
        point.unproven.filter { Self.entitiesRead.contains($0.entity) }.map { state in
            AnswerWarning(
                "unproven",
                "\(state.entity) is unproven from \(state.since) on: its delta builds on \(state.buildsOn), which is not loaded"
            )
        }
    }
}

extension QuestionContext {
    /// Refuses a day of `--since` that is not before the day read.
    ///
    /// - Throws: `BW560`.
    func requireEarlier(_ since: Day?) throws(BellwetherError) {
        guard let since, since >= point.asOf else { return }
        throw BellwetherError(
            .sinceNotBefore,
            "--since \(since) is not before \(point.asOf), the day it is compared with",
            hint: "Give an earlier day, or a later one with --as-of.")
    }
}

/// The part of the organisation that a question is about.
struct NodeFilter {
    private enum Wanted {
        case company
        case team(Team)
        case withoutTeam
        case withoutOwner
        case person(Person)
    }

    private let wanted: Wanted
    private let places: DealPlaces
    private let members: [Person]
    /// The team that is wanted and those below it.
    private let teams: Set<RecordID>

    /// The node of a team's or person's name or id.
    ///
    /// - Parameter day: The organisation's day, where it is not that of the day read.
    /// - Throws: `BW502`, `BW503` with the nearest names when there is none, or several of that name.
    init(
        team: String?, person: String?, organisation: Organisation, of day: Day? = nil
    ) throws(BellwetherError) {
        let place = day.map { "in the organisation of \($0)" } ?? "on that day"
        places = try DealPlaces(organisation)
        members = organisation.people
        if let person {
            let found = organisation.people.filter { $0.name == person || $0.id.isWritten(person) }
            wanted = .person(
                try Self.single(
                    found, .unknownPerson, "person", person, ids: found.map(\.id),
                    names: organisation.people.map(\.name), place: place))
        } else if let team {
            switch team.lowercased() {
            case "unassigned": wanted = .withoutOwner
            case "no team": wanted = .withoutTeam
            default:
                let found = organisation.teams.filter {
                    $0.name.lowercased() == team.lowercased() || $0.id.isWritten(team)
                }
                wanted = .team(
                    try Self.single(
                        found, .unknownTeam, "team", team, ids: found.map(\.id),
                        names: organisation.teams.map(\.name), place: place))
            }
        } else {
            wanted = .company
        }
        teams = if case .team(let team) = wanted { Set(places.tree.subtree(of: team.id)) } else { [] }
    }

    static func single<Node>(
        _ found: [Node], _ code: ErrorCode, _ kind: String, _ name: String, ids: [RecordID], names: [String],
        place: String = "on that day"
    ) throws(BellwetherError) -> Node {
        if found.count == 1, let only = found.first { return only }
        if found.isEmpty {
            let near = nearestNames(to: name, among: names)
            let known = near.isEmpty ? Array(Set(names)).sorted().prefix(8).map { $0 } : near
            throw BellwetherError(
                code, "there is no \(kind) “\(name)” \(place)",
                hint: known.isEmpty
                    ? nil : (near.isEmpty ? "There are: " : "Did you mean: ") + known.joined(separator: ", "))
        }
        throw BellwetherError(
            code, "\(found.count) nodes of kind \(kind) are called “\(name)”",
            hint:
                "Name one by its id: \(ids.sorted().map { "\($0.source)/\($0.id)" }.joined(separator: ", "))")
    }

    /// The lines of the node and below, the node's own first, its depth taken as 0.
    func lines(among lines: [ForecastLine]) -> [ForecastLine] {
        switch wanted {
        case .company: return lines
        case .team(let team): return subtree(lines) { $0.node == .team(team.id) }
        case .withoutTeam: return subtree(lines) { $0.node == .withoutTeam }
        case .withoutOwner: return subtree(lines) { $0.node == .withoutOwner }
        case .person(let person):
            // Who has moved has a line in each of the teams.
            return ForecastLine.ofPerson(lines.filter { $0.node == .person(person.id) })
        }
    }

    private func subtree(_ lines: [ForecastLine], _ isTop: (ForecastLine) -> Bool) -> [ForecastLine] {
        guard let top = lines.firstIndex(where: isTop) else { return [] }
        let depth = lines[top].depth
        let below = lines[(top + 1)...].prefix { $0.depth > depth }
        return [lines[top].atDepth(0)] + below.map { $0.atDepth($0.depth - depth) }
    }

    /// The node itself.
    var place: NodePlace {
        switch wanted {
        case .company: NodePlace(.company)
        case .team(let team): NodePlace(.team(team.id))
        case .withoutTeam: NodePlace(.withoutTeam)
        case .withoutOwner: NodePlace(.withoutOwner)
        case .person(let person): NodePlace(.person(person.id))
        }
    }

    /// Its name; nil for the company.
    var name: String? {
        switch wanted {
        case .company: nil
        case .team(let team): team.name
        case .withoutTeam: "No team"
        case .withoutOwner: "Unassigned"
        case .person(let person): person.name
        }
    }

    /// By what a reading can be narrowed down before it is filtered: the teams, the owner; neither says nothing.
    var reach: (teams: Set<RecordID>?, owner: RecordID?) {
        switch wanted {
        case .team: (teams, nil)
        case .person(let person): (nil, person.id)
        case .company, .withoutTeam, .withoutOwner: (nil, nil)
        }
    }

    /// The nodes of which calls speak; nil for all.
    var nodes: Set<CallNode>? {
        switch wanted {
        case .company: return nil
        case .team:
            let people = members.filter { $0.team.map(teams.contains) ?? false }
            return Set(teams.map(CallNode.team) + people.map { .person($0.id) })
        case .withoutTeam:
            return Set(members.filter { $0.team.flatMap(places.tree.team) == nil }.map { .person($0.id) })
        case .withoutOwner: return []
        case .person(let person): return [.person(person.id)]
        }
    }

    /// A deal as the node has it: of one that several people share, the parts of the node's people. Nil where none of
    /// it counts for the node.
    func credited(_ deal: DealRow) -> DealRow? {
        if case .company = wanted { return deal }
        guard !deal.parts.isEmpty else { return deal.cells.contains(where: contains) ? deal : nil }
        let parts = zip(deal.parts, deal.cells).filter { contains($0.1) }.map(\.0)
        return parts.isEmpty ? nil : deal.credited(parts)
    }

    /// Whether the deals of a cell count for the node.
    func contains(_ cell: ForecastCell) -> Bool {
        switch wanted {
        case .company: true
        case .team:
            if case .team(let team) = places.place(of: cell) { teams.contains(team) } else { false }
        case .withoutTeam: places.place(of: cell) == .withoutTeam
        case .withoutOwner: places.place(of: cell) == .withoutOwner
        case .person(let person): cell.owner == person.id
        }
    }

    /// Where a deal counts directly: one place, or that of each who is credited with a part.
    func places(of deal: DealRow) -> [DealPlace] { deal.cells.map { places.place(of: $0) } }

    /// The sums of those deals, as the rollup has them.
    func sums(of deals: [DealRow]) -> ForecastSums {
        deals.reduce(into: ForecastSums()) { sums, deal in
            for cell in deal.cells { sums.add(cell, at: places.place(of: cell)) }
        }
    }
}

extension RecordID {
    /// Whether a person means this key: its id, or `source/id` where two sources share one.
    func isWritten(_ text: String) -> Bool {
        id == text || "\(source)/\(id)" == text
    }
}
