import Analytics
import Model
import Warehouse

/// What the lines of a question about rates tell apart.
public enum RateLevel: String, Sendable, CaseIterable {
    case company, team, person, segment, type, source, competitor

    /// The column of deals; nil for the organisation's levels.
    var slice: FateGrouping.Slice? { FateGrouping.Slice(rawValue: rawValue) }

    /// The organisation's level; the company's for a column of deals.
    var organisationLevel: ForecastQuestion.Level {
        ForecastQuestion.Level(rawValue: rawValue) ?? .company
    }

    /// What stands for deals that say nothing.
    var absence: String {
        switch self {
        case .segment: "No segment"
        case .type: "No type"
        case .source: "No source"
        case .competitor: "No competitor named"
        case .company, .team, .person: "Unassigned"
        }
    }
}

extension QuestionContext {
    /// How deals are read so that they can be filtered and told apart.
    func grouping(by level: RateLevel) -> FateGrouping {
        let reach = filter.reach
        return FateGrouping(
            byHolder: filter.name != nil || level == .team || level == .person, slice: level.slice,
            teams: reach.teams, owner: reach.owner)
    }

    /// Whether what a holder has counts for the node asked for; without a holder nobody asked.
    func counts(_ holder: DealHolder?) -> Bool {
        holder.map { filter.contains($0.cell) } ?? true
    }
}

extension DealHolder {
    /// A cell that stands for the holder alone.
    var cell: ForecastCell {
        ForecastCell(
            owner: owner, isOwnerKnown: isOwnerKnown, team: team, category: .pipeline, timing: .inPeriod,
            isPastDue: false, sum: DealSum(count: 1, amount: .zero))
    }
}

/// The lines of a question about rates, and which of them a cell counts for.
struct RateLines {
    /// What a line begins with.
    struct Identity {
        let name: String
        let level: String
        let parent: String?
        let style: AnswerTable.RowStyle

        var values: [AnswerValue] {
            [.text(name), .text(level), parent.map { .text($0) } ?? .null]
        }
    }

    let identities: [Identity]
    private let places: DealPlaces
    private var lineOfNode: [NodePlace: Int] = [:]
    private var lineOfSlice: [String?: Int] = [:]
    private let level: RateLevel

    /// The lines of the node asked for and what is told apart below it.
    ///
    /// - Parameters:
    ///   - holders: Whose deals there are.
    ///   - slices: What deals say, with how many: the most frequent first.
    init(
        _ level: RateLevel, holders: Set<DealHolder>, slices: [String?: Int], _ context: QuestionContext
    ) throws(BellwetherError) {
        self.level = level
        places = try DealPlaces(context.organisation)
        let rollup = try ForecastRollup(
            cells: level == .company ? [] : holders.map(\.cell), plan: [], organisation: context.organisation)
        let compared = ComparedLines(rollup.lines, context, level: level.organisationLevel)
        var identities = zip(compared.lines, compared.places).map { line, _ in
            Identity(
                name: line.name, level: line.levelName, parent: line.parentName, style: line.rowStyle)
        }
        for (index, place) in compared.places.enumerated() { lineOfNode[place] = index }
        if level.slice != nil || level == .company {
            // Without a node's own cells there is still the node.
            let name = context.filter.name ?? context.company.name
            identities = [
                Identity(name: name, level: identities.first?.level ?? "company", parent: nil, style: .total)
            ]
        }
        let top = identities.first?.name
        // A column that nobody fills tells nothing apart.
        if level.slice != nil, slices.keys.contains(where: { $0 != nil }) {
            let order = slices.sorted {
                ($1.value, $0.key == nil ? 1 : 0, $0.key ?? "") < (
                    $0.value, $1.key == nil ? 1 : 0, $1.key ?? ""
                )
            }
            for (slice, _) in order {
                lineOfSlice[slice] = identities.count
                identities.append(
                    Identity(
                        name: slice ?? level.absence, level: level.rawValue, parent: top,
                        style: .indented(1)))
            }
        }
        self.identities = identities
    }

    /// The lines for which a cell counts. Of deals that count in several slices none counts for the node itself.
    func lines(_ holder: DealHolder?, _ slice: String?) -> [Int] {
        if level.slice != nil {
            return (isOverlapping ? [] : [0]) + (lineOfSlice[slice].map { [$0] } ?? [])
        }
        guard level != .company, let holder else { return [0] }
        return places.nodes(of: holder).compactMap { lineOfNode[$0] }
    }

    /// Whether a deal can be in several lines: then the node's own is read apart.
    var isOverlapping: Bool { level == .competitor }
}
