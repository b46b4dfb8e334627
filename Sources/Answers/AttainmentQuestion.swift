import Analytics
import Model
import Warehouse

/// What is closed of the quotas, how many people carry the number, and is more asked of them than planned?
public struct AttainmentQuestion: Sendable {
    /// The question's id.
    public static let id = "attainment"
    /// The contracts of its numbers.
    public static let metrics = [
        "closed/1", "attainment/1", "over_assignment/1", "proration/1", "plan/1",
    ]

    private let scope: QuestionScope
    private let level: ForecastQuestion.Level
    private let ramp: Amount

    /// The question for a scope and down to a level.
    ///
    /// - Parameter ramp: The share of a quota that counts on a day before its person is ramped; 1 for all of it.
    public init(scope: QuestionScope, level: ForecastQuestion.Level, ramp: Amount = Amount(1)) {
        self.scope = scope
        self.level = level
        self.ramp = ramp
    }

    /// Asks the warehouse.
    ///
    /// - Throws: `BW5xx` for a period, team or person that is not there, `BW2xx` from the database.
    public func answer(from warehouse: Warehouse) throws(BellwetherError) -> Answer {
        let context = try scope.resolve(in: warehouse)
        let cells = try warehouse.forecastCells(of: context.period, at: context.point)
        let plan = try context.plan(from: warehouse)
        let proration = Proration(
            period: context.period, day: context.point.asOf, employments: try warehouse.employments(),
            ramp: ramp, places: context.company.minorUnitPlaces)
        let rollup = try ForecastRollup(
            cells: cells, plan: plan.amounts, organisation: context.organisation)
        let planned = try PlanRollup(plan, organisation: context.organisation, proration: proration)
        let table = AttainmentTable(
            company: rollup.lines, lines: context.filter.lines(among: rollup.lines),
            shown: ComparedLines(rollup.lines, context, level: level).lines, planned: planned,
            proration: proration, currency: context.company.currency)
        let top = table.shown.first
        return Answer(
            question: Self.id, headline: top.map { headline($0, table, context) } ?? "Nothing to show",
            tables: [table.main] + (table.everybody.isEmpty ? [] : [table.distribution]),
            warnings: (top.map { context.warnings(of: $0.sums) } ?? context.ageWarnings)
                + context.warnings(of: plan, for: table.shown),
            passport: Passport(
                question: Self.id, metrics: Self.metrics, asOf: context.point.asOf,
                snapshotDay: context.point.snapshotDay, load: context.point.load,
                filters: context.filters + ownFilters, rowCount: top.map { $0.sums.all.count } ?? 0,
                sql: [Warehouse.forecastCellsSQL, Warehouse.planSQL], programVersion: programVersion))
    }

    private var ownFilters: [Passport.Filter] {
        [.init("by", level.rawValue)] + (ramp == Amount(1) ? [] : [.init("ramp", ramp.description)])
    }

    private func headline(
        _ line: ForecastLine, _ table: AttainmentTable, _ context: QuestionContext
    ) -> Phrase {
        let currency = context.company.currency
        let left = context.period.daysLeft(after: context.point.asOf)
        var headline: Phrase = "\(line.name) \(context.period.label)"
        if left > 0 { headline = "\(headline), \(left) \(left == 1 ? "day" : "days") left" }
        headline = "\(headline): \(line.sums[.closed].amount, currency) closed"
        guard let quota = line.plan[.quota] else { return "\(headline), and no quota" }
        if let share = line.sums[.closed].amount.ratio(to: quota.amount) {
            headline = "\(headline) is \(percent: share) of the quota of \(quota.amount, currency)"
        }
        let all = Attainment(table.everybody)
        if all.people > 1 {
            headline = """
                \(headline); of \(all.people) people \(all.atFull) at 100 % or more, \(all.atSeventy) at 70 to 100 %, \
                \(all.below) below
                """
        }
        let figures = table.planned[line.node]?.whole
        if let share = figures?.overBudget {
            headline = "\(headline); quota is \(percent: share) of the budget"
        }
        return headline
    }
}
