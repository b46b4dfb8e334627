import Analytics
import Model
import Warehouse

/// How does a person stand among peers, and a team among teams, as far as that can be told; and who could show whom?
public struct PeersQuestion: Sendable {
    /// The question's id.
    public static let id = "peers"
    /// The contracts of its numbers.
    public static let metrics = ["peer_win_rate/1", "mentor_pair/1"]

    private let scope: QuestionScope
    private let level: ForecastQuestion.Level
    private let months: Int

    /// The question for a scope.
    ///
    /// - Parameters:
    ///   - level: Whether people or teams are peers; the company has none, and is taken for its people.
    ///   - months: Deals that ended in so many months up to the day read count.
    public init(scope: QuestionScope, level: ForecastQuestion.Level = .person, months: Int = 24) {
        self.scope = scope
        self.level = level
        self.months = months
    }

    /// Asks the warehouse.
    ///
    /// - Throws: `BW5xx` for a team or person that is not there, `BW2xx` from the database.
    public func answer(from warehouse: Warehouse) throws(BellwetherError) -> Answer {
        let context = try scope.resolve(in: warehouse)
        let (year, month, day) = context.point.asOf.civil
        let window = Period(
            label: "\(months) months", grain: .month,
            start: Day.first(ofMonth: month - months, year: year) + (day - 1), end: context.point.asOf + 1)
        let cells = try warehouse.endingCounts(in: window)
        let milestones = try warehouse.milestoneCells()
        let all = MilestoneStalls(milestones, among: milestones)
        let own = MilestoneStalls(milestones.filter { context.isAbout($0.holder) }, among: milestones)
        let tables = PeerTables(
            cells: cells, pairs: MentorPair.pairs(own, among: all), terms: try warehouse.milestoneTerms(),
            level: level, window: window, context: context)
        return Answer(
            question: Self.id, headline: tables.headline, tables: tables.all, warnings: context.ageWarnings,
            passport: Passport(
                question: Self.id, metrics: Self.metrics, asOf: context.point.asOf,
                snapshotDay: context.point.snapshotDay, load: context.point.load,
                filters: context.filters.filter { $0.name != "period" } + [
                    .init("by", level.rawValue), .init("since", window.start.description),
                ], rowCount: cells.count,
                sql: [Warehouse.endingCountsSQL, Warehouse.milestoneCellsSQL, Warehouse.milestoneTermsSQL],
                programVersion: programVersion))
    }
}
