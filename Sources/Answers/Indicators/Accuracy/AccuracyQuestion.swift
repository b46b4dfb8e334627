import Analytics
import Model
import Warehouse

/// How good were calls, who makes them better, what did commit come to, and what does the record show of people?
public struct AccuracyQuestion: Sendable {
    /// What is asked for beside the scope.
    public struct Request: Sendable {
        /// The week of the periods by whose end calls are judged; nil for that of the day asked for.
        public var week: Int?
        /// How many past periods are looked at.
        public var periods: Int
        /// Whether every week is told of.
        public var isEveryWeek: Bool
        /// How many people are listed.
        public var limit: Int

        /// A request of those.
        public init(week: Int? = nil, periods: Int = 8, isEveryWeek: Bool = false, limit: Int = 10) {
            self.week = week
            self.periods = periods
            self.isEveryWeek = isEveryWeek
            self.limit = limit
        }
    }

    /// The question's id.
    public static let id = "accuracy"
    /// The contracts of its numbers.
    public static let metrics = [
        "forecast_accuracy/1", "forecast_value_added/1", "commit_record/1", "late_commit/1",
        "commit_landing/1", "risk_disclosure/1", "call/1", "commit/1",
    ]

    private let scope: QuestionScope
    private let level: ForecastQuestion.Level
    private let request: Request

    /// The question for a scope and down to a level.
    public init(
        scope: QuestionScope, level: ForecastQuestion.Level = .team, request: Request = Request()
    ) {
        self.scope = scope
        self.level = level
        self.request = request
    }

    /// Asks the warehouse.
    ///
    /// - Throws: `BW580`, `BW581` for a period without weeks and a week that it has not, `BW506` for another organisation
    ///   than as it was, other `BW5xx` for a period, team or person that is not there, `BW2xx` from the database.
    public func answer(from warehouse: Warehouse) throws(BellwetherError) -> Answer {
        guard scope.isAsWas else {
            throw BellwetherError(
                .badOption, "past calls count by the organisation as it was",
                hint: "Leave --org out: frozen figures and calls are those of their day.")
        }
        let context = try scope.resolve(in: warehouse)
        let week = try self.week(of: context)
        let past = try PastForecasts(
            of: context, scope: scope, count: request.periods, weeks: weeks(of: context, week), warehouse)
        let lines = try ForecastRollup(cells: [], plan: [], organisation: context.organisation).lines
        let book = AccuracyBook(
            past: past, week: week, weeks: weeks(of: context, week),
            compared: ComparedLines(lines, context, level: level), everybody: lines, context: context,
            evidence: try PeopleEvidence(past, context, warehouse))
        let tables = AccuracyTables(book: book)
        let people = EvidenceTables(book: book, isEverybody: level == .person, limit: request.limit)
        return Answer(
            question: Self.id, headline: tables.headline, tables: tables.all + people.all,
            warnings: context.ageWarnings + book.warnings + people.warnings,
            passport: Passport(
                question: Self.id, metrics: Self.metrics, asOf: context.point.asOf,
                snapshotDay: context.point.snapshotDay, load: context.point.load,
                filters: context.filters + [
                    .init("week", String(week)), .init("periods", String(request.periods)),
                    .init("by", level.rawValue),
                ],
                rowCount: past.all.reduce(0) { $0 + $1.weeks.count },
                sql: [
                    Warehouse.basisSQL, Warehouse.standingsSQL, Warehouse.standingCallsSQL,
                    Warehouse.dealEndingsSQL, Warehouse.commitStaysSQL,
                ],
                programVersion: programVersion))
    }

    /// The week whose end is looked at: that of the day asked for, of a period that has not begun the first, of one that
    /// is over the last.
    private func week(of context: QuestionContext) throws(BellwetherError) -> Int {
        let period = context.period
        guard period.grain != .all else {
            throw BellwetherError(
                .periodWithoutEnd, "all of time has no weeks by which calls could be compared",
                hint: "Name a period, such as --period this.")
        }
        if let week = request.week {
            guard (1...period.weekCount).contains(week) else {
                throw BellwetherError(
                    .weekNotInPeriod, "\(period.label) has no week \(week)",
                    hint: "It has weeks 1 to \(period.weekCount), counted in sevens from its first day.")
            }
            return week
        }
        return min(max((context.point.asOf - period.start) / 7 + 1, 1), period.weekCount)
    }

    /// The weeks that are told of: 1, 5, 10 and the last, and the one that is looked at.
    private func weeks(of context: QuestionContext, _ week: Int) -> [Int] {
        let count = context.period.weekCount
        if request.isEveryWeek { return Array(1...count) }
        return Set([1, 5, 10, count, week].filter { $0 <= count }).sorted()
    }
}

/// What a question about accuracy has read.
struct AccuracyBook {
    let past: PastForecasts
    /// The week whose end is looked at.
    let week: Int
    /// All that are told of.
    let weeks: [Int]
    let compared: ComparedLines
    /// The lines of the whole company.
    let everybody: [ForecastLine]
    let context: QuestionContext
    let evidence: PeopleEvidence

    /// The node that is asked for.
    var topPlace: NodePlace { compared.places.first ?? context.filter.place }
    var name: String {
        compared.lines.first?.name ?? context.filter.name ?? context.company.name
    }

    /// The nodes below the one asked for and itself, down to people, each once.
    var nodes: [NodePlace] {
        let lines = context.filter.lines(among: everybody)
        var seen: Set<NodePlace> = []
        return lines.map { NodePlace($0.node) }.filter { seen.insert($0).inserted }
    }

    var warnings: [AnswerWarning] {
        var warnings: [AnswerWarning] = []
        if !past.leftOut.isEmpty {
            let named = past.leftOut.prefix(3).joined(separator: ", ")
            warnings.append(
                AnswerWarning(
                    "past_periods_left_out",
                    "\(past.leftOut.count) of the last \(past.leftOut.count + past.all.count) periods left out, of which no frozen figure or no week is known: \(named)\(past.leftOut.count > 3 ? ", …" : "")"
                ))
        }
        let count = past.calls(of: topPlace, week: week).count
        if count < ForecastAccuracy.minimum {
            warnings.append(
                AnswerWarning(
                    "few_past_calls",
                    count == 0
                        ? "nobody called in week \(week) of a past period that landed: there is no accuracy to tell"
                        : "only \(count) past \(count == 1 ? "call" : "calls") of week \(week): too few for a rate, of which \(ForecastAccuracy.minimum) are the least"
                ))
        }
        return warnings
    }
}
