import Analytics
import Model
import Warehouse

/// What is planned for a period, by company, team, person or part of the business, and is more asked for than planned?
public struct PlanQuestion: Sendable {
    /// Down to which level lines are given.
    public enum Level: String, Sendable, CaseIterable {
        case company, team, person
        /// The parts of the business below each company and team.
        case line
    }

    /// The question's id.
    public static let id = "plan"
    /// The contracts of its numbers.
    public static let metrics = ["plan/1", "over_assignment/1", "proration/1"]

    private let scope: QuestionScope
    private let level: Level
    private let measure: String
    private let ramp: Amount

    /// The question for a scope and down to a level.
    ///
    /// - Parameters:
    ///   - measure: What is planned: `bookings` unless files say otherwise.
    ///   - ramp: The share of a quota that counts on a day before its person is ramped; 1 for all of it.
    public init(
        scope: QuestionScope, level: Level, measure: String = PlanLine.bookings, ramp: Amount = Amount(1)
    ) {
        self.scope = scope
        self.level = level
        self.measure = measure.lowercased()
        self.ramp = ramp
    }

    /// Asks the warehouse.
    ///
    /// - Throws: `BW5xx` for a period, team or person that is not there, `BW2xx` from the database.
    public func answer(from warehouse: Warehouse) throws(BellwetherError) -> Answer {
        let context = try scope.resolve(in: warehouse)
        guard context.period.grain != .all else {
            throw BellwetherError(
                .unknownPeriod, "a plan is for a period, and “all” is all of time",
                hint: "Write a label such as FY2026, or this, next, following, last.")
        }
        let plan = try context.plan(from: warehouse, measure: measure)
        let employments = try warehouse.employments()
        let proration = Proration(
            period: context.period, day: context.point.asOf, employments: employments,
            ramp: ramp, places: context.company.minorUnitPlaces)
        let rollup = try PlanRollup(plan, organisation: context.organisation, proration: proration)
        let lines = context.filter.lines(among: rollup.rollup.lines)
        let unknownPeriods = try warehouse.unknownPlanPeriods(in: context.company.calendar)
        let table = PlanTable(
            lines: lines, nodes: rollup, level: level, currency: context.company.currency)
        return Answer(
            question: Self.id,
            headline: lines.first.flatMap { line in
                rollup[line.node].map { headline(line, $0.whole, context) }
            } ?? "Nothing to show",
            tables: [table.table],
            warnings: context.ageWarnings + context.warnings(of: plan, for: lines)
                + context.doubts(
                    of: plan, measure: measure, employments: employments, unknownPeriods: unknownPeriods),
            passport: Passport(
                question: Self.id, metrics: Self.metrics, asOf: context.point.asOf,
                snapshotDay: context.point.snapshotDay, load: context.point.load,
                filters: context.filters + ownFilters, rowCount: plan.amounts.count,
                exclusions: exclusions(plan, context), sql: [Warehouse.planSQL],
                programVersion: programVersion))
    }

    private var ownFilters: [Passport.Filter] {
        var filters = [Passport.Filter("by", level.rawValue)]
        if measure != PlanLine.bookings { filters.append(.init("measure", measure)) }
        if ramp != Amount(1) { filters.append(.init("ramp", ramp.description)) }
        return filters
    }

    private func headline(
        _ line: ForecastLine, _ figures: PlanFigures, _ context: QuestionContext
    ) -> Phrase {
        let currency = context.company.currency
        let start: Phrase = "\(line.name) \(context.period.label): "
        guard let quota = figures.plan[.quota] else {
            return figures.plan[.budget].map { "\(start)budget \($0.amount, currency), and no quota" }
                ?? "\(start)neither quota nor budget is planned"
        }
        var headline: Phrase = "\(start)quota \(quota.amount, currency)"
        if let people = figures.quotas, !figures.isPerson {
            let count: Phrase = "\(people.people) \(people.people == 1 ? "person" : "people")"
            if people.sum == quota.amount {
                headline = "\(headline) of \(count)"
            } else {
                headline = "\(headline), and \(people.sum, currency) asked of \(count)"
            }
        }
        guard let budget = figures.plan[.budget], let share = figures.overBudget else {
            return "\(headline), and no budget"
        }
        return "\(headline): \(percent: share) of the budget of \(budget.amount, currency)"
    }

    private func exclusions(_ plan: PlanSelection, _ context: QuestionContext) -> [Passport.Exclusion] {
        let uncounted = PlanFault.allCases.compactMap { fault -> Passport.Exclusion? in
            let lines = plan.uncounted.filter { $0.fault == fault }
            let amounts = lines.compactMap(\.amount)
            return lines.isEmpty
                ? nil
                : Passport.Exclusion(
                    reason: fault.rawValue, count: lines.count,
                    amount: amounts.isEmpty ? nil : amounts.reduce(.zero, +))
        }
        let lost = plan.unknownNodes(in: context.organisation)
        guard !lost.isEmpty else { return uncounted }
        return uncounted + [
            Passport.Exclusion(
                reason: PlanFault.nodeUnknown.rawValue, count: lost.count,
                amount: lost.reduce(.zero) { $0 + $1.amount })
        ]
    }
}
