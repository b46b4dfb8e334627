import Analytics
import Model
import Warehouse

/// Which milestones do deals reach, where does whom get stuck, and what is a milestone worth?
public struct MilestonesQuestion: Sendable {
    /// The question's id.
    public static let id = "milestones"
    /// The contracts of its numbers.
    public static let metrics = ["milestone_reach/1", "milestone_win_rate/1", "qualification_triad/1"]

    private let scope: QuestionScope
    private let landmark: Int
    private let limit: Int

    /// The question for a scope.
    ///
    /// - Parameters:
    ///   - landmark: So many days after a deal came to a stage it is looked at what it had reached.
    ///   - limit: How many people are listed.
    public init(scope: QuestionScope, landmark: Int = 14, limit: Int = 10) {
        self.scope = scope
        self.landmark = landmark
        self.limit = limit
    }

    /// Asks the warehouse.
    ///
    /// - Throws: `BW5xx` for a team or person that is not there, `BW2xx` from the database.
    public func answer(from warehouse: Warehouse) throws(BellwetherError) -> Answer {
        let context = try scope.resolve(in: warehouse)
        let terms = try warehouse.milestoneTerms()
        let all = try warehouse.milestoneCells()
        let own = all.filter { context.isAbout($0.holder) }
        let sets = LandmarkSets(
            try warehouse.landmarkCells(daysAfter: landmark).filter { context.isAbout($0.holder) })
        let triad = QualificationCoverage(
            try warehouse.qualificationCells().filter { context.isAbout($0.holder) })
        let tables = MilestoneTables(
            terms: terms, stalls: MilestoneStalls(own, among: all), sets: sets, triad: triad,
            landmark: landmark,
            limit: limit, context: context)
        return Answer(
            question: Self.id, headline: tables.headline, tables: tables.all,
            warnings: context.ageWarnings + tables.warnings,
            passport: Passport(
                question: Self.id, metrics: Self.metrics, asOf: context.point.asOf,
                snapshotDay: context.point.snapshotDay, load: context.point.load,
                filters: context.filters.filter { $0.name != "period" } + [
                    .init("landmark", String(landmark))
                ],
                rowCount: all.count,
                sql: [
                    Warehouse.milestoneTermsSQL, Warehouse.milestoneCellsSQL, Warehouse.landmarkCellsSQL,
                    Warehouse.qualificationCellsSQL,
                ],
                programVersion: programVersion))
    }
}
