import Analytics
import Model
import Warehouse

/// How many meetings were held, how many deals progressed, what is the pipeline worth and what is forecast: the four
/// numbers of a weekly report, per person, team and company.
public struct WeeklyQuestion: Sendable {
    /// The question's id.
    public static let id = "weekly"
    /// The contracts of its numbers.
    public static let metrics = [
        "meetings_held/1", "deals_progressed/1", "pipeline_value/1", "call/1", "new_deals/1", "won_deals/1",
        "lost_deals/1", "deals_pushed/1", "open/1",
    ]

    private let scope: QuestionScope
    private let level: ForecastQuestion.Level
    private let weeks: Int

    /// The question for a scope and down to a level.
    ///
    /// - Parameter weeks: How many weeks are beside each other, the newest of them included.
    public init(scope: QuestionScope, level: ForecastQuestion.Level, weeks: Int = 5) {
        self.scope = scope
        self.level = level
        self.weeks = weeks
    }

    /// Asks the warehouse.
    ///
    /// - Throws: `BW5xx` for a period, team or person that is not there, `BW2xx` from the database.
    public func answer(from warehouse: Warehouse) throws(BellwetherError) -> Answer {
        let context = try scope.resolve(in: warehouse)
        let stock = try StockReader(context, isDayGiven: scope.asOf != nil, warehouse)
        // One more than is shown, so that the oldest has one to be compared with where it is the only one.
        let windows = TrailingWindows(endingOn: context.point.asOf, length: 7, count: max(weeks, 2))
        let book = try VolumeBook(windows, context, stock, warehouse)
        let compared = ComparedLines(book.stocks.first?.map(\.all) ?? [], context, level: level)
        let tables = WeeklyTables(book: book, compared: compared, context: context, weeks: weeks)
        return Answer(
            question: Self.id, headline: tables.headline ?? "Nothing to show", tables: tables.all,
            warnings: context.ageWarnings + book.warnings
                + book.unplacedWarning(among: compared.places),
            passport: Passport(
                question: Self.id, metrics: Self.metrics, asOf: context.point.asOf,
                snapshotDay: context.point.snapshotDay, load: context.point.load,
                filters: context.filters + [.init("by", level.rawValue), .init("weeks", String(weeks))],
                rowCount: compared.lines.count * windows.count,
                exclusions: book.sources.closedWithoutDay == 0
                    ? []
                    : [
                        .init(
                            reason: "closed_without_day", count: book.sources.closedWithoutDay, amount: nil)
                    ],
                sql: [Warehouse.volumeSQL, Warehouse.forecastCellsSQL, Warehouse.standingCallsSQL],
                programVersion: programVersion))
    }
}
