import Analytics
import Model
import Warehouse

/// Why were deals not won, against whom, from which stage, and what does deciding nothing cost?
public struct LossesQuestion: Sendable {
    /// The question's id.
    public static let id = "losses"
    /// The contracts of its numbers.
    public static let metrics = [
        "no_decision_rate/1", "loss_reason/1", "loss_stage/1", "loss_link/1", "concession/1",
    ]

    private let scope: QuestionScope
    private let level: ForecastQuestion.Level
    private let limit: Int

    /// The question for a scope.
    ///
    /// - Parameters:
    ///   - level: Down to which nodes outcomes are told apart.
    ///   - limit: How many reasons, competitors and links are listed.
    public init(scope: QuestionScope, level: ForecastQuestion.Level = .team, limit: Int = 10) {
        self.scope = scope
        self.level = level
        self.limit = limit
    }

    /// Asks the warehouse.
    ///
    /// - Throws: `BW5xx` for a period, team or person that is not there, `BW2xx` from the database.
    public func answer(from warehouse: Warehouse) throws(BellwetherError) -> Answer {
        let context = try scope.resolve(in: warehouse)
        let cells = try warehouse.endingCells(in: context.period).filter { context.isAbout($0.holder) }
        let age = try warehouse.endingAge()
        let silent = age.count < EndingAge.minimum ? [] : try warehouse.silentCells(olderThan: age.days)
        let concessions = try warehouse.concessionCells(in: context.period).filter {
            context.isAbout($0.holder)
        }
        let tables = LossTables(
            cells: cells, losses: Losses(cells), age: age,
            silent: silent.filter { context.isAbout($0.holder) },
            concessions: concessions,
            nodes: try EvidenceNodes(cells.map(\.holder), context, level: level), limit: limit,
            context: context)
        return Answer(
            question: Self.id, headline: tables.headline, tables: tables.all,
            warnings: context.ageWarnings + tables.warnings,
            passport: Passport(
                question: Self.id, metrics: Self.metrics, asOf: context.point.asOf,
                snapshotDay: context.point.snapshotDay, load: context.point.load,
                filters: context.filters + [.init("by", level.rawValue)],
                rowCount: cells.reduce(0) { $0 + $1.sum.count },
                sql: [
                    Warehouse.endingCellsSQL, Warehouse.endingAgeSQL, Warehouse.silentCellsSQL,
                    Warehouse.concessionCellsSQL,
                ],
                programVersion: programVersion))
    }
}
