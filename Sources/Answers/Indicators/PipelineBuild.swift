import Analytics
import Model
import Warehouse

/// How the pipelines of the next two periods are built up, against those of past periods as long before: metric 33's
/// second half, question 32.
struct PipelineBuild {
    /// A period that lies ahead.
    struct Ahead {
        let period: Period
        /// What is open in it.
        let open: Amount
        /// What was open in the like period on the same day of past ones, the latest first.
        let past: [Amount]
        let plan: Amount?
    }

    let periods: [Ahead]

    /// Reads them for the node asked for, by its own organisation.
    init(_ context: QuestionContext, _ past: [Period], _ warehouse: Warehouse) throws(BellwetherError) {
        let calendar = context.company.calendar
        let frame = try PastFrame(context.company, context.point, warehouse)
        let asOf = context.point.asOf
        guard context.period.contains(asOf), let now = Self.ahead(of: context.period, in: calendar) else {
            periods = []
            return
        }
        let filter = context.filter
        func open(of pair: [Period], at point: ReadPoint) throws(BellwetherError) -> [Amount] {
            let cells = try warehouse.reading(at: point, back: context.point) {
                () throws(BellwetherError) in
                try warehouse.forecastCells(
                    of: pair[0], andNext: pair.count > 1 ? pair[1] : nil, at: point)
            }
            let open: Set<ForecastCategory> = [.commit, .bestCase, .pipeline]
            return pair.indices.map { number in
                cells.reduce(Amount.zero) { sum, cell in
                    open.contains(cell.category) && filter.contains(cell) && cell.credit != .overlay
                        && cell.timing == (number == 0 ? .inPeriod : .nextPeriod)
                        ? sum + cell.sum.amount : sum
                }
            }
        }
        var history = [[Amount]](repeating: [], count: now.count)
        for period in past {
            let day = context.period.sameDay(as: asOf, in: period)
            guard frame.isKnown(day), let pair = Self.ahead(of: period, in: calendar),
                pair.count == now.count
            else { continue }
            let amounts = try open(of: pair, at: try warehouse.readPoint(of: day, beside: context.point))
            for (number, amount) in amounts.enumerated() { history[number].append(amount) }
        }
        let opens = try open(of: now, at: context.point)
        let plans = try warehouse.plans(for: now, in: calendar)
        var periods: [Ahead] = []
        for number in now.indices {
            let plan = PlanSelection(plans[number], for: now[number], in: calendar)
            let lines = try ForecastRollup(
                cells: [], plan: plan.amounts, organisation: context.organisation
            ).lines
            periods.append(
                Ahead(
                    period: now[number], open: opens[number], past: history[number],
                    plan: filter.lines(among: lines).first?.leadingPlan?.1.amount))
        }
        self.periods = periods
    }

    /// The two periods that follow one; nil where none does.
    private static func ahead(of period: Period, in calendar: FiscalCalendar) -> [Period]? {
        guard let next = calendar.period(after: period) else { return nil }
        return [next] + (calendar.period(after: next).map { [$0] } ?? [])
    }
}
