import Analytics
import Model
import Warehouse

/// Which share of deals is won, and goes on from each stage, and has a rate changed?
public struct ConversionQuestion: Sendable {
    /// The question's id.
    public static let id = "conversion"
    /// The contracts of its numbers.
    public static let metrics = [
        "win_rate/1", "win_rate_closed/1", "win_curve/1", "stage_conversion/1", "stage_snapshot/1",
        "rate_change/1",
    ]

    private let scope: QuestionScope
    private let level: RateLevel
    private let isPeriodGiven: Bool
    private let within: Int?
    private let since: Day?
    private let back: Int

    /// The question for a scope.
    ///
    /// - Parameters:
    ///   - level: What the lines tell apart.
    ///   - isPeriodGiven: Whether the scope's period says which deals have ended, else those of the last 365 days.
    ///   - within: How many days deals have to come through a step; nil for what nine of ten took.
    ///   - since: The day from which on rates are compared with those before it; nil for the last three months.
    ///   - back: How many days back lies the day of which it is told where its deals stand now.
    public init(
        scope: QuestionScope, level: RateLevel = .company, isPeriodGiven: Bool = false, within: Int? = nil,
        since: Day? = nil, back: Int = 90
    ) {
        self.scope = scope
        self.level = level
        self.isPeriodGiven = isPeriodGiven
        self.within = within
        self.since = since
        self.back = back
    }

    /// Asks the warehouse.
    ///
    /// - Throws: `BW5xx` for a period, team or person that is not there, `BW2xx` from the database.
    public func answer(from warehouse: Warehouse) throws(BellwetherError) -> Answer {
        let context = try scope.resolve(in: warehouse)
        try context.requireEarlier(since)
        let day = context.point.asOf
        let period =
            isPeriodGiven
            ? context.period
            : Period(label: "the last 365 days", grain: .year, start: day - 364, end: day + 1)
        let book = try ConversionBook(level, ended: period, within: within, since: since, context, warehouse)
        let grouping = context.grouping(by: level)
        let tables = ConversionTables(book: book, period: period, since: since, context: context)
        let moves = try warehouse.stageMoves(grouping, from: period.start, until: period.end)
        let since = try warehouse.stagesSince(day - back, grouping)
        return Answer(
            question: Self.id, headline: tables.headline,
            tables: [tables.main] + tables.stages + tables.curve + tables.snapshot(since, from: day - back)
                + tables.moves(moves),
            warnings: context.ageWarnings + warnings(book),
            passport: Passport(
                question: Self.id, metrics: Self.metrics, asOf: day, snapshotDay: context.point.snapshotDay,
                load: context.point.load, filters: filters(context, period), rowCount: book.deals.all,
                exclusions: book.deals.undated == 0
                    ? [] : [.init(reason: "days_unknown", count: book.deals.undated, amount: nil)],
                sql: [
                    Warehouse.dealFatesSQL, Warehouse.stageFatesSQL, Warehouse.stagesSinceSQL,
                    Warehouse.stageMovesSQL,
                ],
                programVersion: programVersion))
    }

    private func filters(_ context: QuestionContext, _ period: Period) -> [Passport.Filter] {
        var filters = context.filters.filter { $0.name != "period" || isPeriodGiven }
        if !isPeriodGiven { filters.append(.init("ended", period.label)) }
        filters += [.init("by", level.rawValue), .init("back", String(back))]
        if let within { filters.append(.init("within", String(within))) }
        if let since { filters.append(.init("since", since.description)) }
        return filters
    }

    private func warnings(_ book: ConversionBook) -> [AnswerWarning] {
        var warnings: [AnswerWarning] = []
        if book.deals.all > 0, book.windows[nil] == nil {
            warnings.append(
                AnswerWarning(
                    "nothing_won",
                    "no deal is known to have been won after a known number of days: no cohort can be told to be old enough"
                ))
        }
        if level.slice != nil, book.lines.identities.count == 1, book.deals.all > 0 {
            warnings.append(
                AnswerWarning(
                    "nothing_to_tell_apart", "no deal says its \(level.rawValue): all stand in one line"))
        }
        if book.deals.undated > 0 {
            warnings.append(
                AnswerWarning(
                    "days_unknown",
                    "\(book.deals.undated) of \(book.deals.all) deals are in no cohort: created on no known day, or after their end"
                ))
        }
        if book.deals.all > 0, book.visits == 0 {
            warnings.append(
                AnswerWarning(
                    "no_stage_history",
                    "nobody knows when a deal entered its stage: every stage was there on the first day known"
                ))
        }
        return warnings
    }
}
