import Analytics
import Model
import Warehouse

/// What is the story of one deal?
public struct DealQuestion: Sendable {
    /// The question's id.
    public static let id = "deal"

    private let name: String
    private let asOf: Day?
    private let asKnown: String?

    /// The question for a deal's id, `source/id`, name, or a part of a name that no other has.
    public init(_ name: String, asOf: Day? = nil, asKnown: String? = nil) {
        self.name = name
        self.asOf = asOf
        self.asKnown = asKnown
    }

    /// Asks the warehouse.
    ///
    /// - Throws: `BW523` for a deal that is not there, and for a name of several; `BW2xx` from the database.
    public func answer(from warehouse: Warehouse) throws(BellwetherError) -> Answer {
        let context = try QuestionScope(asOf: asOf, asKnown: asKnown, period: "all").resolve(in: warehouse)
        let found = try warehouse.dealEver(named: name)
        let story = try DealStory(found, context, isDayGiven: asOf != nil, warehouse)
        let tables = DealTables(story: story, context: context)
        return Answer(
            question: Self.id, headline: DealWords(story: story, context: context).headline,
            tables: tables.all,
            warnings: context.ageWarnings + DealWords(story: story, context: context).warnings,
            passport: Passport(
                question: Self.id, metrics: ["deal/1", "push/1"], asOf: context.point.asOf,
                snapshotDay: context.point.snapshotDay, load: context.point.load,
                filters: [.init("deal", "\(found.id.source)/\(found.id.id)")],
                rowCount: story.changes.count,
                sql: [
                    Warehouse.dealHeadSQL, Warehouse.dealChangesSQL, Warehouse.stageVisitsSQL,
                    Warehouse.dealPastSQL, Warehouse.dealMovesSQL, Warehouse.activitiesSQL,
                    Warehouse.dealCallsSQL, Warehouse.dealCreditsSQL,
                ],
                programVersion: programVersion))
    }
}

/// Everything that is known of a deal.
struct DealStory {
    let deal: FoundDeal
    /// As it is on the day; nil where it is not there.
    let head: DealHead?
    /// Without those that are only assumed.
    let changes: [DealChange]
    /// The fields whose past is assumed.
    let assumedFields: Set<String>
    let visits: [StageVisit]
    let stays: [ForecastStay]
    /// The close date with which it appeared.
    let firstCloseDate: Day?
    let moves: [CloseMove]
    let activities: [DealActivity]
    let calls: [DealCall]
    let credits: [(part: CreditPart, isOverlay: Bool)]
    /// The names of what the changes refer to, by column and id.
    let names: [String: [String: String]]

    init(
        _ deal: FoundDeal, _ context: QuestionContext, isDayGiven: Bool, _ warehouse: Warehouse
    ) throws(BellwetherError) {
        self.deal = deal
        head = try warehouse.dealHead(of: deal.id)
        let changes = try warehouse.dealChanges(of: deal.id)
        self.changes = changes.filter { !$0.isAssumed }
        assumedFields = Set(changes.filter(\.isAssumed).compactMap(\.field))
        visits = try warehouse.stageVisits(of: deal.id)
        let calendar = context.company.calendar
        let past = try warehouse.dealPast(of: deal.id)
        stays = past?.stays(in: calendar, by: calendar.usualGrain) ?? []
        firstCloseDate = past?.spans.first?.closeDate
        moves = try warehouse.closeMoves(of: deal.id)
        activities = try warehouse.activities(of: deal.id)
        let day =
            isDayGiven ? context.point.asOf : try warehouse.callDay(notBefore: context.point.asOf)
        calls = try warehouse.dealCalls(of: deal.id.id, until: day).filter { $0.deal == deal.id }
        credits = try warehouse.credits(of: deal.id)
        var names: [String: [String: String]] = [:]
        for referred in Warehouse.Referred.allCases {
            let column = referred == .person ? "owner_id" : "\(referred.rawValue)_id"
            let ids = changes.filter { $0.field == column }.flatMap { [$0.old, $0.new] }
            names[column] = try warehouse.names(
                of: referred, source: deal.id.source, ids: ids.compactMap(\.self))
        }
        self.names = names
    }
}

extension Warehouse {
    /// The one deal that is or was called so.
    ///
    /// - Throws: `BW523` with the nearest names when there is none, with the candidates when there are several.
    func dealEver(named text: String) throws(BellwetherError) -> FoundDeal {
        let found = try dealsEver(named: text)
        if found.count == 1, let only = found.first { return only }
        guard found.isEmpty else {
            let named = found.prefix(8).map { "\($0.id.id) (\($0.name))" }.joined(separator: ", ")
            throw BellwetherError(
                .unknownDeal,
                "\(found.count == 20 ? "20 deals or more" : "\(found.count) deals") are called “\(text)” or have it in their name",
                hint: "Name one by its id: \(named)\(found.count > 8 ? ", …" : "")")
        }
        let near = nearestDeals(to: text, among: try dealsNear(text))
        throw BellwetherError(
            .unknownDeal, "there is and was no deal “\(text)”",
            hint: near.isEmpty
                ? "Name it by its id, as `bellwether deals --format csv` shows it."
                : "Did you mean: \(near.map { "\($0.id.id) (\($0.name))" }.joined(separator: ", "))")
    }
}

/// The deals whose id, name or beginning of the name looks most like a text.
func nearestDeals(to text: String, among deals: [FoundDeal]) -> [FoundDeal] {
    var named: [String: FoundDeal] = [:]
    for deal in deals {
        for word in [deal.id.id, deal.name, String(deal.name.prefix(text.count))] {
            named[word] = named[word] ?? deal
        }
    }
    var seen: Set<RecordID> = []
    return nearestNames(to: text, among: named.keys.sorted(), limit: 6).compactMap { named[$0] }
        .filter { seen.insert($0.id).inserted }.prefix(3).map(\.self)
}
