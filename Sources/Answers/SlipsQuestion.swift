import Analytics
import Model
import Warehouse

/// Which deals were to close in a period and did not, how often were they pushed, and where did its bookings come from?
public struct SlipsQuestion: Sendable {
    /// The question's id.
    public static let id = "slips"
    /// The contracts of its numbers.
    public static let metrics = [
        "slip/1", "push/1", "pull_in/1", "hairball/1", "created_late/1", "open/1", "closed/1",
    ]

    private let scope: QuestionScope
    private let level: ForecastQuestion.Level
    private let request: SlipBook.Request
    private let limit: Int

    /// The question for a scope.
    ///
    /// - Parameters:
    ///   - level: Down to which nodes slips are told apart.
    ///   - week: The week of the period with whose beginning it is compared; nil for the first.
    ///   - lateDays: In how many of the period's last days leaving it is late.
    ///   - createdDays: Within how many days before it closes a deal must appear to be created late.
    ///   - limit: How many deals each list shows.
    public init(
        scope: QuestionScope, level: ForecastQuestion.Level = .company, week: Int? = nil, lateDays: Int = 15,
        createdDays: Int = 30, limit: Int = 10
    ) {
        self.scope = scope
        self.level = level
        self.limit = limit
        request = SlipBook.Request(week: week, lateDays: lateDays, createdDays: createdDays)
    }

    /// Asks the warehouse.
    ///
    /// - Throws: `BW580`–`BW582` for a period without an end and a week that there is not, `BW5xx` for a period, team or
    ///   person that is not there, `BW2xx` from the database.
    public func answer(from warehouse: Warehouse) throws(BellwetherError) -> Answer {
        let context = try scope.resolve(in: warehouse)
        let book = try SlipBook(request, context, warehouse)
        let fates = SlipFates(book, request)
        let deals = SlipDealTables(book: book, fates: fates, context: context, limit: limit)
        let sums = SlipSumTables(
            book: book, fates: fates, request: request, context: context,
            node: scope.person ?? scope.team ?? context.company.name)
        let nodes = try SlipNodes(book, fates, context, level: level)
        return Answer(
            question: Self.id, headline: sums.headline,
            tables: [sums.main] + nodes.table + deals.slipped + sums.pushes + deals.pushed + sums.hairballs
                + deals.hairballs + sums.origins,
            warnings: context.ageWarnings + warnings(book, context),
            passport: Passport(
                question: Self.id, metrics: Self.metrics, asOf: context.point.asOf,
                snapshotDay: context.point.snapshotDay, load: context.point.load,
                filters: context.filters + filters(book), rowCount: book.pasts.count,
                sql: [
                    Warehouse.basisSQL, Warehouse.reachedDealsSQL, Warehouse.dealPastsSQL,
                    Warehouse.recreatedDealsSQL, Warehouse.closeMovesSQL,
                ],
                programVersion: programVersion))
    }

    private func filters(_ book: SlipBook) -> [Passport.Filter] {
        var filters: [Passport.Filter] = [.init("by", level.rawValue)]
        if let week = request.week { filters.append(.init("week", String(week))) }
        if let reference = book.reference {
            filters.append(.init("reference", reference.description))
        }
        return filters + [
            .init("until", book.end.description), .init("late", String(request.lateDays)),
            .init("created", String(request.createdDays)),
        ]
    }

    private func warnings(_ book: SlipBook, _ context: QuestionContext) -> [AnswerWarning] {
        var warnings: [AnswerWarning] = []
        let start = OriginJudge.startDay(of: book.period)
        if book.reference == nil {
            let day = book.period.start + 7 * ((request.week ?? 1) - 1) - 1
            warnings.append(
                AnswerWarning(
                    "reference_unknown",
                    day > context.point.asOf
                        ? "\(book.period.label) has not begun: nothing can have slipped yet"
                        : "nothing is known of \(day): what was open then, and what slipped of it, cannot be told"
                ))
        } else if book.isReferenceGap, let reference = book.reference {
            warnings.append(
                AnswerWarning(
                    "reference_gap",
                    "no snapshot of \(reference), a gap: the state before it is compared with"
                ))
        }
        if let first = book.firstKnown, first > start, start <= context.point.asOf {
            warnings.append(
                AnswerWarning(
                    "start_unknown",
                    "deals are known since \(first), and not when \(book.period.label) began: where its bookings came from cannot be told"
                ))
        }
        if !book.isFinal, book.end >= book.period.end {
            warnings.append(
                AnswerWarning(
                    "not_frozen",
                    "\(book.period.label) is over and not frozen on \(book.end): what is open in it may still close"
                ))
        }
        return warnings
    }
}
