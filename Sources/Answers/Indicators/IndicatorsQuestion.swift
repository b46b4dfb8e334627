import Analytics
import Model
import Warehouse

/// What tells in time what the results will say too late: velocity, volume, data quality and predictability on one page.
public struct IndicatorsQuestion: Sendable {
    /// The question's id.
    public static let id = "indicators"
    /// Who gives the lines, in no order: the page sorts them by family.
    static let providers: [any IndicatorProvider] = [
        FlowIndicators(), StockIndicators(), GenerationIndicators(),
    ]
    /// How many windows are looked at, the newest of them included.
    static let windowCount = 6

    private let scope: QuestionScope
    private let level: ForecastQuestion.Level
    private let weeks: Int

    /// The question for a scope and down to a level.
    ///
    /// - Parameter weeks: The weeks of a window.
    public init(scope: QuestionScope, level: ForecastQuestion.Level, weeks: Int = 4) {
        self.scope = scope
        self.level = level
        self.weeks = weeks
    }

    /// Asks the warehouse.
    ///
    /// - Throws: `BW5xx` for a period, team or person that is not there, `BW2xx` from the database.
    public func answer(from warehouse: Warehouse) throws(BellwetherError) -> Answer {
        let context = try scope.resolve(in: warehouse)
        let plan = try context.plan(from: warehouse)
        let windows = TrailingWindows(
            endingOn: context.point.asOf, length: 7 * weeks, count: Self.windowCount)
        let stock = try StockReader(
            context, plan: plan.amounts, isDayGiven: scope.asOf != nil, warehouse)
        let volume = try VolumeBook(windows, context, stock, warehouse)
        let frame = IndicatorFrame(context: context, windows: windows, volume: volume)
        var series: [IndicatorSeries] = []
        for provider in Self.providers { series += try provider.series(frame, warehouse) }
        let compared = ComparedLines(volume.stocks.first.flatMap { $0?.all } ?? [], context, level: level)
        let tables = IndicatorTables(series: series, compared: compared, frame: frame, level: level)
        return Answer(
            question: Self.id, headline: tables.headline, tables: tables.all,
            warnings: context.ageWarnings + context.warnings(of: plan, for: compared.lines),
            passport: Passport(
                question: Self.id, metrics: metrics, asOf: context.point.asOf,
                snapshotDay: context.point.snapshotDay, load: context.point.load,
                filters: context.filters + [.init("by", level.rawValue), .init("weeks", String(weeks))],
                rowCount: compared.lines.count * series.count,
                sql: [
                    Warehouse.volumeSQL, Warehouse.forecastCellsSQL, Warehouse.planSQL,
                    Warehouse.standingCallsSQL,
                ] + Self.providers.flatMap(\.sql),
                programVersion: programVersion))
    }

    private var metrics: [String] {
        Self.providers.flatMap(\.metrics).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}
