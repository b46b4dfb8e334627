import Analytics
import Model
import Warehouse

/// What do leads of each source come to, has it changed, and are there enough of them for the plan?
public struct LeadsQuestion: Sendable {
    /// The question's id.
    public static let id = "leads"
    /// The contracts of its numbers.
    public static let metrics = ["lead_rate/1", "lead_won_rate/1", "required_leads/1", "rate_change/1"]

    private let scope: QuestionScope
    private let level: RateLevel
    private let within: Int?
    private let since: Day?

    /// The question for a scope.
    ///
    /// - Parameters:
    ///   - level: What the lines tell apart: company, team, person, source or segment.
    ///   - within: How many days leads have to come through; nil for what nine of ten took.
    ///   - since: The day from which on rates are compared with those before it; nil for the last three months.
    public init(scope: QuestionScope, level: RateLevel = .source, within: Int? = nil, since: Day? = nil) {
        self.scope = scope
        self.level = level
        self.within = within
        self.since = since
    }

    /// Asks the warehouse.
    ///
    /// - Throws: `BW5xx` for a period, team or person that is not there, `BW2xx` from the database.
    public func answer(from warehouse: Warehouse) throws(BellwetherError) -> Answer {
        let context = try scope.resolve(in: warehouse)
        try context.requireEarlier(since)
        let book = try LeadsBook(level, within: within, since: since, context, warehouse)
        let tables = LeadsTables(book: book, since: since, context: context)
        var filters = context.filters + [.init("by", level.rawValue)]
        if let within { filters.append(.init("within", String(within))) }
        if let since { filters.append(.init("since", since.description)) }
        let count = book.leads.first?.all ?? 0
        return Answer(
            question: Self.id, headline: tables.headline, tables: [tables.main] + tables.required,
            warnings: context.ageWarnings
                + (count == 0
                    ? [AnswerWarning("no_leads", "no lead is known on \(context.point.asOf)")] : []),
            passport: Passport(
                question: Self.id, metrics: Self.metrics, asOf: context.point.asOf,
                snapshotDay: context.point.snapshotDay, load: context.point.load, filters: filters,
                rowCount: count,
                sql: [
                    Warehouse.leadFatesSQL, Warehouse.leadValueSQL, Warehouse.dealFatesSQL,
                    Warehouse.forecastCellsSQL, Warehouse.planSQL, Warehouse.standingsSQL,
                ],
                programVersion: programVersion))
    }
}

/// The tables of `leads`.
struct LeadsTables {
    let book: LeadsBook
    let since: Day?
    let context: QuestionContext

    private var currency: String { context.company.currency }

    // MARK: - In a sentence

    var headline: Phrase {
        let name = context.filter.name ?? context.company.name
        guard let top = book.leads.first, top.all > 0 else { return "\(name): there are no leads" }
        var headline: Phrase
        if let windows = book.dealWindows, let rate = top.toDeal.rate, rate.trials >= RateWatch.minimum {
            headline =
                "\(name): \(percent: rate.rate ?? 0) of \(rate.trials) leads became deals within \(windows.horizon) days"
        } else {
            headline =
                "\(name): \(top.all) leads, too few of them old enough to tell which share becomes a deal"
        }
        for (identity, change) in alarms.prefix(2) {
            headline =
                "\(headline); \(identity.name) \(percent: change.before.rate ?? 0) to \(percent: change.now.rate ?? 0)"
        }
        if alarms.isEmpty { headline = "\(headline); no source has changed beyond chance" }
        guard let required = book.required, let leads = required.leads else { return headline }
        return required.gap == .zero
            ? "\(headline); \(context.period.label) needs no more"
            : "\(headline); \(context.period.label) needs \(Int(leads.rounded(.up))) more"
    }

    private var alarms: [(RateLines.Identity, RateChange)] {
        var found: [(identity: RateLines.Identity, verdict: RateWatch.Verdict)] = []
        for (identity, line) in zip(book.lines.identities, book.leads) {
            guard let verdict = line.dealVerdict, verdict.isAlarm else { continue }
            found.append((identity, verdict))
        }
        return found.sorted { $0.verdict.adjusted < $1.verdict.adjusted }.map {
            ($0.identity, $0.verdict.change)
        }
    }

    // MARK: - By line

    var main: AnswerTable {
        func count(_ name: String, _ title: String, isDetail: Bool = false) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .integer, isDetail: isDetail)
        }
        let tested = book.leads.reduce(0) {
            $0 + ($1.dealVerdict == nil ? 0 : 1) + ($1.wonVerdict == nil ? 0 : 1)
        }
        let ofWon = RateColumns.change.map {
            AnswerColumn("won_" + $0.name, title: $0.title, kind: $0.kind, unit: $0.unit, isDetail: true)
        }
        let detailed = RateColumns.rate("won_rate", "Won").enumerated().map { index, column in
            AnswerColumn(
                column.name, title: column.title, kind: column.kind, unit: column.unit, isDetail: index > 0)
        }
        let rows = zip(book.lines.identities, book.leads).map { identity, line in
            AnswerTable.Row(
                identity.values + [
                    .integer(line.all), told(line.toDeal.begun, book.dealWindows),
                ] + RateColumns.values(line.toDeal.rate)
                    + RateColumns.values(line.toDeal.change, line.dealVerdict)
                    + [told(line.toWon.begun, book.wonWindows)] + RateColumns.values(line.toWon.rate)
                    + RateColumns.values(line.toWon.change, line.wonVerdict),
                style: identity.style)
        }
        return AnswerTable(
            name: LeadsQuestion.id, title: title,
            columns: ComparedLines.identityColumns + [
                count("leads", "Leads", isDetail: true), count("came", "Came"),
            ] + RateColumns.rate("deal_rate", "Became deals") + RateColumns.change + [
                count("won_of", "Won, of", isDetail: true)
            ] + detailed + ofWon,
            rows: rows,
            notes: [RateColumns.promise(tested, since: since)]
                + (book.wonWindows.map {
                    [
                        "Won: within \($0.horizon) days, of leads from \($0.year.lowerBound) to \($0.year.upperBound - 1)"
                    ]
                } ?? []))
    }

    private var title: Phrase? {
        book.dealWindows.map {
            "Leads from \($0.year.lowerBound) to \($0.year.upperBound - 1) that became deals within \($0.horizon) days"
        }
    }

    private func told(_ count: Int, _ windows: CohortWindows?) -> AnswerValue {
        windows == nil ? .null : .integer(count)
    }

    // MARK: - For the plan

    /// How many more leads the plan needs; none without a plan, and where it is met.
    var required: [AnswerTable] {
        guard let required = book.required else { return [] }
        let places = context.company.minorUnitPlaces
        func amount(_ name: String, _ title: String) -> AnswerColumn {
            AnswerColumn(name, title: title, kind: .amount, unit: currency)
        }
        func money(_ amount: Amount) -> AnswerValue { .amount(amount.rounded(toPlaces: places)) }
        let interval = required.interval()
        let lag = book.dealLag.flatMap { deal in book.wonLag.map { deal + $0 } }
        let latest = lag.map { context.period.lastDay - $0 }
        let expected = required.expected
        return [
            AnswerTable(
                name: "required", title: "Leads that \(context.period.label) still needs",
                columns: [
                    amount("to_go", "To go"), amount("from_open", "From open"),
                    amount("from_moved", "Moved in"), amount("from_others", "Not from leads"),
                    amount("from_waiting", "From leads here"), amount("gap", "Gap"),
                    AnswerColumn("leads", title: "Leads", kind: .integer),
                    AnswerColumn("leads_low", title: "From", kind: .integer),
                    AnswerColumn("leads_high", title: "To", kind: .integer),
                    AnswerColumn("latest", title: "By", kind: .day),
                    AnswerColumn("state", title: "", kind: .text),
                    AnswerColumn("lag", title: "Days to a win", kind: .integer, unit: "days", isDetail: true),
                    AnswerColumn("deal_rate", title: "Became deals", kind: .rate, unit: "%", isDetail: true),
                    AnswerColumn("win_rate", title: "Won", kind: .rate, unit: "%", isDetail: true),
                    AnswerColumn(
                        "mean_won", title: "Mean won", kind: .amount, unit: currency, isDetail: true),
                    AnswerColumn("won_n", title: "Won leads", kind: .integer, isDetail: true),
                ],
                rows: [
                    AnswerTable.Row([
                        money(required.toGo), money(expected.fromOpen), money(expected.fromMoved),
                        money(expected.fromOthers), money(expected.fromWaiting), money(required.gap),
                        whole(required.leads), whole(interval?.low), whole(interval?.high),
                        latest.map { .day($0) } ?? .null, .text(state(required, latest)), .maybe(lag),
                        .maybe(required.rates.first?.rate), .maybe(required.rates.last?.rate),
                        required.won.count > 0
                            ? money(required.won.amount.share(1, of: required.won.count, toPlaces: places))
                            : .null,
                        .integer(required.won.count),
                    ])
                ],
                notes: [
                    """
                    From open, moved in, not from leads: what of such was usually won on the same day of past periods. By: leads \
                    that come later are usually won after the period
                    """
                ])
        ]
    }

    private func whole(_ number: Double?) -> AnswerValue {
        .maybe(number.flatMap { $0 < 1e12 ? Int($0.rounded(.up)) : nil })
    }

    private func state(_ required: RequiredLeads, _ latest: Day?) -> String {
        if required.gap == .zero { return "none needed" }
        if required.leads == nil { return "too few to tell" }
        guard let latest else { return "" }
        return latest < context.point.asOf ? "too late" : ""
    }
}
