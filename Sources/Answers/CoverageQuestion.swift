import Analytics
import Model
import Warehouse

/// Is what is open enough for what is planned, by the company's own past on the same day?
public struct CoverageQuestion: Sendable {
    /// The question's id.
    public static let id = "coverage"
    /// The contracts of its numbers.
    public static let metrics = [
        "open/1", "closed/1", "coverage/1", "coverage_to_go/1", "coverage_vs_actuals/1",
        "required_coverage/1", "plan/1",
    ]

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
        let cells = try warehouse.forecastCells(of: context.period, at: context.point)
        let plan = try context.plan(from: warehouse)
        let rollup = try ForecastRollup(
            cells: cells, plan: plan.amounts, organisation: context.organisation)
        let compared = ComparedLines(rollup.lines, context, level: level)
        let past = try PastPeriods(of: context, warehouse)
        let plans = try past.plans(of: context, warehouse)
        let lines = zip(compared.lines, compared.places).map { line, place in
            CoverageLine(line, at: place, past, plans, places: context.company.minorUnitPlaces)
        }
        let tables = CoverageTable(lines: lines, past: past, context: context)
        return Answer(
            question: Self.id, headline: lines.first.map { headline($0, context) } ?? "Nothing to show",
            tables: [tables.main] + (lines.isEmpty || past.all.isEmpty ? [] : [tables.periods]),
            warnings: (compared.lines.first.map { context.warnings(of: $0.sums) } ?? context.ageWarnings)
                + past.warnings(context) + context.warnings(of: plan, for: compared.lines),
            passport: Passport(
                question: Self.id, metrics: Self.metrics, asOf: context.point.asOf,
                snapshotDay: context.point.snapshotDay, load: context.point.load,
                filters: context.filters + [.init("by", level.rawValue)],
                rowCount: compared.lines.first.map { $0.sums.all.count } ?? 0,
                sql: [
                    Warehouse.forecastCellsSQL, Warehouse.planSQL, Warehouse.basisSQL, Warehouse.standingsSQL,
                ],
                programVersion: programVersion))
    }

    private func headline(_ line: CoverageLine, _ context: QuestionContext) -> Phrase {
        let coverage = line.coverage
        let currency = context.company.currency
        let start: Phrase = "\(line.line.name) \(context.period.label): "
        guard let plan = coverage.plan, let toGo = coverage.toGo, let kind = line.planKind else {
            let goal = line.planKind.map { "a \($0.rawValue) of nothing" } ?? "no plan for it"
            return "\(start)open \(coverage.open, currency), and \(goal)"
        }
        let goal = line.isPlanSum ? "sum of the \(kind.rawValue)s below" : kind.rawValue
        if coverage.isMet == true {
            return """
                \(start)the \(goal) of \(plan, currency) is met with \(coverage.closed, currency) closed; \
                \(coverage.open, currency) more is open
                """
        }
        guard let ratio = coverage.ratio else { return start }
        var headline: Phrase
        if coverage.closed == .zero {
            headline =
                "\(start)open \(coverage.open, currency) is \(times: ratio) the \(goal) of \(plan, currency)"
        } else {
            headline = """
                \(start)\(toGo, currency) to go to the \(goal) of \(plan, currency), and open \
                \(coverage.open, currency) is \(times: ratio) that
                """
        }
        if let usual = coverage.past.usual, let short = coverage.shortBy {
            headline = "\(headline); usual on this day \(times: usual.median)"
            if short > .zero { headline = "\(headline); short by \(short, currency)" }
            if short < .zero { headline = "\(headline); \(-short, currency) above that" }
        }
        guard context.period.start <= context.point.asOf, let must = coverage.mustWin,
            let won = coverage.past.wonShare
        else { return headline }
        return "\(headline); \(percent: must) of what is open must be won, \(percent: won.median) usually is"
    }
}

/// A node with what its open deals cover.
struct CoverageLine {
    let line: ForecastLine
    let place: NodePlace
    let coverage: Coverage
    /// Which plan is covered: the budget, else the quota.
    let planKind: PlanAmount.Kind?
    let isPlanSum: Bool
    /// The past periods, the latest first.
    let past: [PastCoverage]

    init(
        _ line: ForecastLine, at place: NodePlace, _ past: PastPeriods,
        _ plans: [[NodePlace: [PlanAmount.Kind: Amount]]], places: Int
    ) {
        self.line = line
        self.place = place
        planKind = line.leadingPlan?.0
        isPlanSum = line.leadingPlan?.1.isSumOfBelow ?? false
        // Without a plan for the period asked for, the past has one all the same.
        let kinds = planKind.map { [$0] } ?? [.budget, .quota]
        // Who is asked for alone has a plan in the own team's line.
        self.past = zip(past.all, plans).map { one, plans in
            let plan = plans[place] ?? plans.first { $0.key.node == place.node && !$0.value.isEmpty }?.value
            return PastCoverage(
                plan: kinds.lazy.compactMap { plan?[$0] }.first, sums: one.rollup[place],
                isLanded: one.landedDay != nil)
        }
        coverage = Coverage(
            plan: line.leadingPlan?.1.amount, closed: line.sums[.closed].amount, open: line.sums.open.amount,
            past: self.past, places: places)
    }
}
