import Analytics
import Model
import Warehouse

/// Is the period ahead of or behind the same day of past ones, and what did those land at?
public struct PacingQuestion: Sendable {
    /// The question's id.
    public static let id = "pacing"
    /// The contracts of its numbers.
    public static let metrics = [
        "closed/1", "commit/1", "best_case/1", "pipeline/1", "pacing/1", "call/1", "call_bias/1",
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
        let rollup = try ForecastRollup(cells: cells, plan: [], organisation: context.organisation)
        let compared = ComparedLines(rollup.lines, context, level: level)
        let past = try PastPeriods(of: context, warehouse)
        let calls = try PastCalls(of: past.landed, context, warehouse)
        let tables = PacingTable(compared: compared, past: past, calls: calls, context: context)
        return Answer(
            question: Self.id,
            headline: tables.headline ?? "Nothing to show",
            tables: tables.all,
            warnings: (compared.lines.first.map { context.warnings(of: $0.sums) } ?? context.ageWarnings)
                + past.warnings(context),
            passport: Passport(
                question: Self.id, metrics: Self.metrics, asOf: context.point.asOf,
                snapshotDay: context.point.snapshotDay, load: context.point.load,
                filters: context.filters + [.init("by", level.rawValue)],
                rowCount: compared.lines.first.map { $0.sums.all.count } ?? 0,
                sql: [
                    Warehouse.forecastCellsSQL, Warehouse.basisSQL, Warehouse.standingsSQL,
                    Warehouse.standingCallsSQL,
                ],
                programVersion: programVersion))
    }
}

/// The calls that stood on the same day of past periods.
struct PastCalls {
    /// Those of the node that is asked for, the latest period first.
    let calls: [LandedCall]

    /// The commit calls of periods that have landed, for the node that is asked for: its own or an override, else what
    /// its people's add up to. Periods in which nobody called are left out.
    init(
        of periods: [PastPeriods.One], _ context: QuestionContext, _ warehouse: Warehouse
    ) throws(BellwetherError) {
        var calls: [LandedCall] = []
        for past in periods {
            let said = try warehouse.standingCalls(
                of: past.period, categories: [.commit], on: past.day, at: context.point)
            guard said.contains(where: { $0.amount != nil }) else { continue }
            let organisation = try context.organisation(on: past.day, warehouse)
            let rollup = try ForecastRollup(
                cells: past.standing.cells, plan: [], organisation: organisation)
            let tree = CallTree(
                rollup.lines, calls: said, category: .commit, organisation: organisation)
            let lines = context.filter.lines(among: tree.lines)
            guard tree.hasCalls, let top = lines.first, lines.contains(where: \.isCalled),
                let numbers = top.calls
            else { continue }
            calls.append(
                LandedCall(
                    period: past.period, day: past.day, call: numbers.effective,
                    landed: past.rollup[NodePlace(top.node)][.landed].amount))
        }
        self.calls = calls
    }
}

extension ForecastLine {
    /// Whether somebody called for the node itself.
    fileprivate var isCalled: Bool { calls?.deciding != nil }
}

extension PeriodStanding {
    /// The deals of the day as a forecast of that day had them.
    var cells: [ForecastCell] {
        sums.flatMap { holder, sums in
            ForecastCategory.allCases.compactMap { category in
                guard let part = StandingPart(category), sums[part].count > 0 else { return nil }
                return ForecastCell(
                    owner: holder.owner, isOwnerKnown: holder.isOwnerKnown, team: holder.team,
                    category: category, timing: .inPeriod, isPastDue: false, sum: sums[part])
            }
        }
    }
}
