import Analytics
import Model
import Warehouse

/// In which currencies is a period forecast, what is it worth at the day's rates, and what of a change is exchange?
public struct CurrencyQuestion: Sendable {
    /// The question's id.
    public static let id = "currency"

    private let scope: QuestionScope
    private let level: ForecastQuestion.Level
    private let since: Day?

    /// The question for a scope and down to a level; `since` an earlier day to compare with.
    public init(scope: QuestionScope, level: ForecastQuestion.Level, since: Day? = nil) {
        self.scope = scope
        self.level = level
        self.since = since
    }

    /// Asks the warehouse.
    ///
    /// - Throws: `BW560` when the earlier day is none, other `BW5xx` for a period, team or person that is not there,
    ///   `BW2xx` from the database.
    public func answer(from warehouse: Warehouse) throws(BellwetherError) -> Answer {
        let context = try scope.resolve(in: warehouse)
        try context.requireEarlier(since)
        let lines = try lines(of: context, ratesOf: nil, warehouse)
        let rates = CurrencyRates(
            try warehouse.rates(into: context.company.currency, of: context.period, at: context.point),
            company: context.company.currency)
        let top = lines.first?.sums ?? ForecastSums()
        let missing = rates.withoutDayRate(top)
        // Where the market's rates are not loaded at all, each deal would be named for the want of one.
        let unrated = try warehouse.unratedDeals(
            of: context.period, orOfDay: rates.hasDayRates, at: context.point
        ).filter(OwnedDeals(of: lines, in: context.organisation).contains)
        let missingWarnings = try warnings(of: top, missing, rates, context, warehouse)
        let comparison = try since.map { since throws(BellwetherError) in
            try CurrencyComparison(
                of: lines, rates, in: context, with: earlier(since, context, warehouse))
        }
        let table = CurrencyTable(
            lines: lines.filter { $0.isShown(downTo: level, in: lines) }, rates: rates, context: context)
        return Answer(
            question: Self.id,
            headline: comparison.map { $0.headline } ?? headline(lines.first, rates, context),
            tables: [table.table] + (comparison.map { [$0.table(downTo: level)] } ?? []) + [table.rateTable]
                + (unrated.isEmpty ? [] : [UnratedDeals(unrated, rates, context).table]),
            warnings: context.warnings(of: top) + missingWarnings + (comparison?.warnings ?? []),
            passport: passport(context, top, isComparison: comparison != nil))
    }

    // MARK: - Reading

    /// The lines of the part of the organisation asked for, by currency.
    private func lines(
        of context: QuestionContext, ratesOf day: Day?, _ warehouse: Warehouse
    ) throws(BellwetherError) -> [ForecastLine] {
        let cells = try warehouse.currencyCells(of: context.period, ratesOf: day, at: context.point)
        let rollup = try ForecastRollup(cells: cells, plan: [], organisation: context.organisation)
        return context.filter.lines(among: rollup.lines)
    }

    /// The same question on an earlier day, at the later day's plan rates and at those of its own time.
    private func earlier(
        _ since: Day, _ context: QuestionContext, _ warehouse: Warehouse
    ) throws(BellwetherError) -> CurrencyComparison.Earlier {
        var earlier = scope
        earlier.asOf = since
        earlier.asKnown = String(context.point.load)
        earlier.period = context.period.label
        let then = try earlier.resolve(in: warehouse)
        return CurrencyComparison.Earlier(
            context: then,
            rates: CurrencyRates(
                try warehouse.rates(
                    into: context.company.currency, of: context.period, at: then.point),
                company: context.company.currency),
            lines: try lines(of: then, ratesOf: context.point.asOf, warehouse),
            shown: try lines(of: then, ratesOf: nil, warehouse))
    }

    // MARK: - Words

    private func headline(
        _ line: ForecastLine?, _ rates: CurrencyRates, _ context: QuestionContext
    ) -> Phrase {
        guard let line else { return "Nothing to show" }
        let currency = context.company.currency
        let firm = line.sums.sum(ForecastCategory.firm)
        let start: Phrase =
            "\(line.name) \(context.period.label): closed + commit of \(firm.amount, currency) at plan rates"
        guard !rates.foreign(line.sums).isEmpty else { return "\(start), all of it in \(currency)" }
        guard let effect = rates.effect(of: line.sums, ForecastCategory.firm) else {
            return "\(start); the day's rates are not known"
        }
        if effect == .zero { return "\(start) is worth the same at the day's rates" }
        return """
            \(start) is worth \(effect.magnitude, currency) \(effect < .zero ? "less" : "more") at the day's rates
            """
    }

    private func warnings(
        of sums: ForecastSums, _ missing: [String], _ rates: CurrencyRates, _ context: QuestionContext,
        _ warehouse: Warehouse
    ) throws(BellwetherError) -> [AnswerWarning] {
        let company = context.company.currency
        guard !missing.isEmpty else { return [] }
        guard rates.hasDayRates else {
            return [
                AnswerWarning(
                    "day_rates_missing",
                    "no rate of \(context.point.asOf) (kind daily) into \(company) is loaded: the rate effect cannot be told"
                )
            ]
        }
        var warnings: [AnswerWarning] = []
        for currency in missing {
            let newest = try warehouse.newestDayRate(from: currency, into: company, at: context.point)
            let deals = sums.byCurrency[currency]?.converted(ForecastCategory.allCases).count ?? 0
            let known = newest.map { ", the newest is of \($0)" } ?? " and none before it"
            warnings.append(
                AnswerWarning(
                    "day_rate_missing",
                    """
                    no day's rate \(currency) → \(company) on \(context.point.asOf)\(known): \(deals) \
                    \(deals == 1 ? "deal stands" : "deals stand") at the plan rate
                    """))
        }
        return warnings
    }

    private func passport(
        _ context: QuestionContext, _ sums: ForecastSums, isComparison: Bool
    ) -> Passport {
        var filters = context.filters + [.init("by", level.rawValue)]
        if let since { filters.append(.init("since", since.description)) }
        let withoutRate = sums.faults[.withoutRate] ?? 0
        return Passport(
            question: Self.id,
            metrics: [
                "closed/1", "commit/1", "best_case/1", "pipeline/1", "omitted/1", "open/1", "rate_effect/1",
            ]
                + (isComparison ? ["constant_currency/1"] : []),
            asOf: context.point.asOf, snapshotDay: context.point.snapshotDay, load: context.point.load,
            filters: filters, rowCount: sums.all.count,
            exclusions: withoutRate == 0
                ? [] : [.init(reason: "rate_missing", count: withoutRate, amount: nil)],
            sql: [Warehouse.currencyCellsSQL, Warehouse.ratesSQL], programVersion: programVersion)
    }
}

extension ForecastCategory {
    /// Closed and commit: what a period lands at without any upside.
    static let firm: [ForecastCategory] = [.closed, .commit]
}

extension ForecastLine {
    /// Whether the line is told down to a level: the node that was asked for always, deals without owner or team too.
    func isShown(downTo level: ForecastQuestion.Level, in lines: [ForecastLine]) -> Bool {
        if depth == 0 { return true }
        return switch node {
        case .company, .withoutOwner, .withoutTeam: true
        case .team: level != .company
        // A person's parts in several teams, below that person's own line.
        case .person: level == .person || lines.first?.node == node
        case .others: false
        }
    }
}
