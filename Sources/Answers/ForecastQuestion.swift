import Analytics
import Model
import Warehouse

/// What is the commit and the upside of a period, by company, team or person, as of a day?
public struct ForecastQuestion: Sendable {
    /// Down to which level of the organisation lines are given.
    public enum Level: String, Sendable, CaseIterable {
        case company, team, person
    }

    /// The question's id.
    public static let id = "forecast"
    /// The contracts of its numbers.
    public static let metrics = [
        "open/1", "commit/1", "best_case/1", "pipeline/1", "omitted/1", "closed/1", "past_due/1",
        "attainment/1", "plan/1", "coverage_to_go/1", "overlay_credit/1",
    ]

    var scope: QuestionScope
    let level: Level
    let reading: PeriodReading
    /// What the period is frozen at, where the answer is of that.
    var frozen: RestatementWords?

    /// The question for a scope and down to a level.
    public init(scope: QuestionScope, level: Level, reading: PeriodReading = .current) {
        self.scope = scope
        self.level = level
        self.reading = reading
    }

    /// Asks the warehouse.
    ///
    /// - Throws: `BW5xx` for a period, team or person that is not there, `BW2xx` from the database.
    public func answer(from warehouse: Warehouse) throws(BellwetherError) -> Answer {
        if let answer = try frozenAnswer(from: warehouse) { return answer }
        return try answerAsOfDay(from: warehouse)
    }

    /// The answer of the scope's own day, frozen or not.
    func answerAsOfDay(from warehouse: Warehouse) throws(BellwetherError) -> Answer {
        let context = try scope.resolve(in: warehouse)
        let cells = try warehouse.forecastCells(
            of: context.period, andNext: context.nextPeriod, at: context.point)
        let (plan, nextPlan) = try context.planWithNext(from: warehouse)
        let rollup = try ForecastRollup(
            cells: cells, plan: plan.amounts, nextPlan: nextPlan?.amounts, organisation: context.organisation)
        let book = try CallBook(
            rollup.lines, .commit, context, isDayGiven: scope.asOf != nil, warehouse)
        let lines = context.filter.lines(
            among: try context.withNextCalls(book.lines, on: book.day, warehouse))
        let table = ForecastTable(
            lines: lines, level: level, currency: context.company.currency, hasCalls: book.hasCalls,
            next: ForecastNextColumns(period: context.nextPeriod, currency: context.company.currency),
            leads: ForecastLeads(context.organisation))
        let top = lines.first
        return Answer(
            question: Self.id,
            headline: top.map { headline($0, lines, context, hasCalls: book.hasCalls) } ?? "Nothing to show",
            tables: [table.table] + (try context.organisationTables(lines, warehouse)),
            charts: ForecastChart(lines: table.shown, currency: context.company.currency).charts,
            warnings: (top.map { context.warnings(of: $0.sums) } ?? context.ageWarnings)
                + (try book.warnings(for: lines, isBrief: true, warehouse))
                + context.warnings(of: plan, for: lines) + context.lostPlan(plan)
                + context.rateWarnings(top?.sums),
            passport: Passport(
                question: Self.id, metrics: Self.metrics + (book.hasCalls ? ["call/1"] : []),
                asOf: context.point.asOf,
                snapshotDay: context.point.snapshotDay, load: context.point.load,
                filters: context.filters + [.init("by", level.rawValue)],
                rowCount: top.map { $0.sums.all.count } ?? 0,
                exclusions: top.map { exclusions($0) } ?? [],
                sql: [
                    context.nextPeriod == nil ? Warehouse.forecastCellsSQL : Warehouse.forecastTwoPeriodsSQL,
                    context.nextPeriod == nil ? Warehouse.sharedDealsSQL : Warehouse.sharedTwoPeriodsSQL,
                    Warehouse.planSQL, Warehouse.standingCallsSQL,
                ],
                programVersion: programVersion))
    }

    private func headline(
        _ line: ForecastLine, _ lines: [ForecastLine], _ context: QuestionContext, hasCalls: Bool
    ) -> Phrase {
        if let frozen { return frozen.headline(closed: line) }
        return hasCalls
            ? callHeadline(lines, context) ?? sumHeadline(line, context) : sumHeadline(line, context)
    }

    private func sumHeadline(_ line: ForecastLine, _ context: QuestionContext) -> Phrase {
        let currency = context.company.currency
        let sums = line.sums
        var headline: Phrase = """
            \(line.name) \(context.period.label): closed \(sums[.closed].amount, currency) + commit \
            \(sums[.commit].amount, currency) = \(sums.commitCumulative.amount, currency)
            """
        if let gap = line.gapPhrase(sums.commitCumulative.amount, currency) {
            headline = "\(headline), \(gap)"
        }
        return "\(headline); upside adds \(sums[.bestCase].amount, currency)"
    }

    private func exclusions(_ line: ForecastLine) -> [Passport.Exclusion] {
        let sums = line.sums
        let candidates: [(String, DealSum)] = [
            ("omitted", sums[.omitted]), ("unmapped", sums[.unmapped]), ("undated", sums.undated),
            ("won_without_close_date", sums.wonUndated),
            ("past_due_from_earlier_periods", sums.earlierPastDue),
        ]
        var exclusions = candidates.filter { $0.1.count > 0 }.map {
            Passport.Exclusion(reason: $0.0, count: $0.1.count, amount: $0.1.amount)
        }
        if let count = sums.faults[.withoutRate], count > 0 {
            exclusions.append(.init(reason: "rate_missing", count: count, amount: nil))
        }
        return exclusions
    }
}

extension ForecastLine {
    /// How far an amount is from the leading plan; nil without a plan.
    func gapPhrase(_ amount: Amount, _ currency: String) -> Phrase? {
        guard let (kind, planned) = leadingPlan else { return nil }
        let gap = planned.amount - amount
        // One person's quota is not the company's: a sum says that it is one.
        let goal = planned.isSumOfBelow ? "sum of the \(kind.rawValue)s below" : kind.rawValue
        let total: Phrase =
            planned.isSumOfBelow ? ", \(planned.amount, currency)" : " of \(planned.amount, currency)"
        if gap > .zero { return "\(gap, currency) under the \(goal)\(total)" }
        if gap < .zero { return "\(-gap, currency) over the \(goal)\(total)" }
        return "exactly the \(goal)"
    }

    /// The plan that a headline speaks of: the budget, else the quota.
    var leadingPlan: (PlanAmount.Kind, PlannedSum)? {
        if let budget = plan[.budget] { return (.budget, budget) }
        if let quota = plan[.quota] { return (.quota, quota) }
        return nil
    }
}
