import Analytics
import Model
import Warehouse

/// How much of commit hangs on how few deals, accounts and people, and how many of them must close?
public struct ConcentrationQuestion: Sendable {
    /// The question's id.
    public static let id = "concentration"
    /// The contracts of its numbers.
    public static let metrics = ["closed/1", "commit/1", "call/1", "concentration/1", "must_close/1"]

    private let scope: QuestionScope
    private let level: ForecastQuestion.Level
    private let limit: Int

    /// The question for a scope and down to a level.
    ///
    /// - Parameter limit: How many of the largest deals, accounts and people are listed.
    public init(scope: QuestionScope, level: ForecastQuestion.Level, limit: Int = 5) {
        self.scope = scope
        self.level = level
        self.limit = limit
    }

    /// Asks the warehouse.
    ///
    /// - Throws: `BW5xx` for a period, team or person that is not there, `BW2xx` from the database.
    public func answer(from warehouse: Warehouse) throws(BellwetherError) -> Answer {
        let context = try scope.resolve(in: warehouse)
        let cells = try warehouse.forecastCells(of: context.period, at: context.point)
        let plan = try context.plan(from: warehouse)
        let rollup = try ForecastRollup(
            cells: cells, plan: plan.amounts, organisation: context.organisation)
        let book = try CallBook(
            rollup.lines, .commit, context, isDayGiven: scope.asOf != nil, warehouse)
        let deals = try warehouse.commitDeals(of: context.period, at: context.point)
        let compared = ComparedLines(book.lines, context, level: level)
        let table = ConcentrationTable(
            compared: compared, deals: try CommitByNode(deals, context.organisation),
            hasCalls: book.hasCalls, limit: limit, currency: context.company.currency)
        return Answer(
            question: Self.id, headline: table.headline(context.period) ?? "Nothing to show",
            tables: table.all,
            warnings: (compared.lines.first.map { context.warnings(of: $0.sums) } ?? context.ageWarnings)
                + context.warnings(of: plan, for: compared.lines) + notAbove(table),
            passport: Passport(
                question: Self.id, metrics: Self.metrics, asOf: context.point.asOf,
                snapshotDay: context.point.snapshotDay, load: context.point.load,
                filters: context.filters + [.init("by", level.rawValue)], rowCount: table.top.count,
                sql: [
                    Warehouse.forecastCellsSQL, Warehouse.planSQL, Warehouse.standingCallsSQL,
                    Warehouse.commitDealsSQL,
                ],
                programVersion: programVersion))
    }

    /// Shares are of amounts above zero: a deal below it is no part of the whole.
    private func notAbove(_ table: ConcentrationTable) -> [AnswerWarning] {
        let count = table.top.count { ($0.deal.amount ?? .zero) <= .zero }
        guard count > 0 else { return [] }
        return [
            AnswerWarning(
                "deals_in_no_share",
                "\(count) \(count == 1 ? "deal" : "deals") in commit without an amount above zero: in no share here"
            )
        ]
    }
}

/// The deals in commit of each node.
struct CommitByNode {
    private var deals: [NodePlace: [CommitDeal]] = [:]

    init(_ deals: [CommitDeal], _ organisation: Organisation) throws(BellwetherError) {
        let places = try DealPlaces(organisation)
        for deal in deals {
            for place in places.nodes(of: deal.deal.holder) { self.deals[place, default: []].append(deal) }
        }
    }

    /// The deals of a node and of all below it, the largest first.
    subscript(place: NodePlace) -> [CommitDeal] { deals[place] ?? [] }
}
