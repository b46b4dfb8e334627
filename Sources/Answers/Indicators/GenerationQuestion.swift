import Analytics
import Model
import Warehouse

/// How much pipeline was generated in a period, where from and for when, is it enough, and does it last?
public struct GenerationQuestion: Sendable {
    /// The question's id.
    public static let id = "generation"
    /// The contracts of its numbers.
    public static let metrics = [
        "pipeline_generation/1", "generation_survival/1", "pipeline_build/1", "plan/1",
    ]
    /// What a plan line measures that says how much is to be generated.
    public static let measure = "pipeline_generation"

    private let scope: QuestionScope
    private let level: ForecastQuestion.Level

    /// The question for a scope and down to a level.
    public init(scope: QuestionScope, level: ForecastQuestion.Level) {
        self.scope = scope
        self.level = level
    }

    /// Asks the warehouse.
    ///
    /// - Throws: `BW5xx` for a period, team or person that is not there, `BW2xx` from the database.
    public func answer(from warehouse: Warehouse) throws(BellwetherError) -> Answer {
        let context = try scope.resolve(in: warehouse)
        let need = try context.plan(from: warehouse, measure: Self.measure)
        let rollup = try ForecastRollup(cells: [], plan: need.amounts, organisation: context.organisation)
        let compared = ComparedLines(rollup.lines, context, level: level)
        let book = try GenerationBook(context, warehouse)
        let build = try PipelineBuild(context, book.past, warehouse)
        let tables = GenerationTables(book: book, build: build, compared: compared, context: context)
        return Answer(
            question: Self.id, headline: tables.headline ?? "Nothing to show", tables: tables.all,
            warnings: context.ageWarnings + tables.warnings,
            passport: Passport(
                question: Self.id, metrics: Self.metrics, asOf: context.point.asOf,
                snapshotDay: context.point.snapshotDay, load: context.point.load,
                filters: context.filters + [.init("by", level.rawValue)],
                rowCount: tables.top.flatMap { book.entries($0.place)?.all.count } ?? 0,
                sql: [
                    Warehouse.generationSQL, Warehouse.forecastCellsSQL, Warehouse.planSQL,
                ],
                programVersion: programVersion))
    }
}
