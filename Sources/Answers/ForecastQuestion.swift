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
        "attainment/1",
    ]

    private let scope: QuestionScope
    private let level: Level

    /// The question for a scope and down to a level.
    public init(scope: QuestionScope, level: Level) {
        self.scope = scope
        self.level = level
    }

    /// Asks the warehouse.
    ///
    /// - Throws: `BW5xx` for a period, team or person that is not there, `BW2xx` from the database.
    public func answer(from warehouse: Warehouse) throws(BellwetherError) -> Answer {
        let context = try scope.resolve(in: warehouse)
        let cells = try warehouse.forecastCells(of: context.period, at: context.point)
        let parts = context.company.calendar.parts(of: context.period)
        let labels = ([[context.period]] + parts).joined().map(\.label)
        let plan = planAmounts(try warehouse.planLines(for: labels), for: context.period, parts: parts)
        let rollup = try ForecastRollup(cells: cells, plan: plan, organisation: context.organisation)
        let lines = try context.filter.lines(of: rollup)
        let table = ForecastTable(lines: lines, level: level, currency: context.company.currency)
        let top = lines.first
        return Answer(
            question: Self.id,
            headline: top.map { headline($0, context) } ?? "Nothing to show",
            tables: [table.table],
            warnings: top.map { warnings($0, lines, context) } ?? [],
            passport: Passport(
                question: Self.id, metrics: Self.metrics, asOf: context.point.asOf,
                snapshotDay: context.point.snapshotDay, load: context.point.load,
                filters: context.filters + [.init("by", level.rawValue)],
                rowCount: top.map { $0.sums.all.count } ?? 0,
                exclusions: top.map { exclusions($0) } ?? [],
                sql: [Warehouse.forecastCellsSQL], programVersion: programVersion))
    }

    private func headline(_ line: ForecastLine, _ context: QuestionContext) -> Phrase {
        let currency = context.company.currency
        let sums = line.sums
        var headline: Phrase = """
            \(line.name) \(context.period.label): closed \(sums[.closed].amount, currency) + commit \
            \(sums[.commit].amount, currency) = \(sums.commitCumulative.amount, currency)
            """
        if let (kind, planned) = line.leadingPlan {
            let gap = planned.amount - sums.commitCumulative.amount
            if gap > .zero {
                headline =
                    "\(headline), \(gap, currency) under the \(kind.rawValue) of \(planned.amount, currency)"
            } else if gap < .zero {
                headline =
                    "\(headline), \(-gap, currency) over the \(kind.rawValue) of \(planned.amount, currency)"
            } else {
                headline = "\(headline), exactly the \(kind.rawValue)"
            }
        }
        return "\(headline); upside adds \(sums[.bestCase].amount, currency)"
    }

    private func exclusions(_ line: ForecastLine) -> [Passport.Exclusion] {
        let sums = line.sums
        let candidates: [(String, DealSum)] = [
            ("omitted", sums[.omitted]), ("unmapped", sums[.unmapped]), ("undated", sums.undated),
            ("past_due_from_earlier_periods", sums.earlierPastDue),
        ]
        var exclusions = candidates.filter { $0.1.count > 0 }.map {
            Passport.Exclusion(reason: $0.0, count: $0.1.count, amount: $0.1.amount)
        }
        if sums.withoutRate > 0 {
            exclusions.append(.init(reason: "rate_missing", count: sums.withoutRate, amount: nil))
        }
        return exclusions
    }

    private func warnings(
        _ top: ForecastLine, _ lines: [ForecastLine], _ context: QuestionContext
    ) -> [AnswerWarning] {
        let currency = context.company.currency
        var warnings = context.ageWarnings
        for line in lines.dropFirst() where line.node == .withoutOwner || line.node == .withoutTeam {
            let sum = line.sums.all
            guard sum.count > 0 else { continue }
            warnings.append(
                line.node == .withoutOwner
                    ? AnswerWarning(
                        "unassigned_deals",
                        "\(deals(sum, currency)) without an owner among the people")
                    : AnswerWarning(
                        "deals_without_team",
                        "\(deals(sum, currency)) of people without a team"))
        }
        if top.sums[.unmapped].count > 0 {
            warnings.append(
                AnswerWarning(
                    "unmapped_deals",
                    """
                    \(deals(top.sums[.unmapped], currency)) in a stage or category that the mapping does not know
                    """))
        }
        if top.sums.pastDue.count > 0 {
            warnings.append(
                AnswerWarning(
                    "past_due_deals",
                    """
                    \(deals(top.sums.pastDue, currency, "open ")) past the close date
                    """))
        }
        if top.sums.earlierPastDue.count > 0 {
            warnings.append(
                AnswerWarning(
                    "past_due_from_earlier_periods",
                    """
                    \(deals(top.sums.earlierPastDue, currency, "open ")) to close in an earlier period, in no sum here
                    """))
        }
        if top.sums.undated.count > 0 {
            warnings.append(
                AnswerWarning(
                    "undated_deals",
                    """
                    \(deals(top.sums.undated, currency, "open ")) without a close date, in no period
                    """))
        }
        if top.sums.withoutAmount > 0 {
            warnings.append(
                AnswerWarning(
                    "deals_without_amount", "\(top.sums.withoutAmount) of these deals without an amount"))
        }
        if top.sums.withoutRate > 0 {
            warnings.append(
                AnswerWarning(
                    "rate_missing",
                    "\(top.sums.withoutRate) of these deals left out of every sum: no plan rate for their currency"
                ))
        }
        return warnings
    }
}

/// `3 open deals of 1.20 M USD`.
private func deals(_ sum: DealSum, _ currency: String, _ which: String = "") -> Phrase {
    "\(sum.count) \(which)\(sum.count == 1 ? "deal" : "deals") of \(sum.amount, currency)"
}

extension ForecastLine {
    /// The plan that a headline speaks of: the budget, else the quota.
    var leadingPlan: (PlanAmount.Kind, PlannedSum)? {
        if let budget = plan[.budget] { return (.budget, budget) }
        if let quota = plan[.quota] { return (.quota, quota) }
        return nil
    }
}
