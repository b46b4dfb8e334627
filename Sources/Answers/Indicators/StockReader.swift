import Analytics
import Model
import Warehouse

/// How pipeline and forecast of a question's period stood at the end of a day, node by node.
struct DayStock {
    private let lines: [NodePlace: ForecastLine]
    /// The lines themselves, in their order.
    let all: [ForecastLine]

    fileprivate init(_ lines: [ForecastLine]) {
        all = lines
        var found = Dictionary(
            zip(NodePlace.places(of: lines), lines), uniquingKeysWith: { first, _ in first })
        // Who is asked for alone is met in all teams together.
        for (node, lines) in Dictionary(grouping: lines, by: \.node) {
            guard case .person = node else { continue }
            found[NodePlace(node)] = ForecastLine.ofPerson(lines).first
        }
        self.lines = found
    }

    /// A node's line; nil where the node had none: neither deals nor people.
    subscript(place: NodePlace) -> ForecastLine? { lines[place] }

    /// All that was open, whenever it was to close: without what is omitted.
    func pipelineValue(_ place: NodePlace) -> DealSum { lines[place]?.sums.pipelineValue ?? .none }

    /// What was open with a close date in the period.
    func open(_ place: NodePlace) -> DealSum { lines[place]?.sums.open ?? .none }

    /// What should have closed already, in the period and before it.
    func pastDue(_ place: NodePlace) -> DealSum {
        lines[place].map { $0.sums.pastDue + $0.sums.earlierPastDue } ?? .none
    }

    /// The landing number: the effective call, else closed + commit.
    func forecast(_ place: NodePlace) -> Amount { lines[place]?.call ?? .zero }
}

extension ForecastSums {
    /// All that is open, of sums that were read with what closes later and without what is omitted.
    fileprivate var pipelineValue: DealSum {
        [ForecastCategory.commit, .bestCase, .pipeline].reduce(open + undated + earlierPastDue) {
            $0 + (nextByCategory[$1] ?? .none)
        }
    }
}

/// Reads how pipeline and forecast stood on days up to the one asked for, by the organisation of that one.
struct StockReader {
    private let context: QuestionContext
    private let warehouse: Warehouse
    private let frame: PastFrame
    private let plan: [PlanAmount]
    private let isDayGiven: Bool

    /// - Parameter isDayGiven: Whether somebody asked for the day; else calls newer than the newest deals count too.
    init(
        _ context: QuestionContext, plan: [PlanAmount] = [], isDayGiven: Bool, _ warehouse: Warehouse
    ) throws(BellwetherError) {
        self.context = context
        self.warehouse = warehouse
        self.plan = plan
        self.isDayGiven = isDayGiven
        frame = try PastFrame(context.company, context.point, warehouse)
    }

    /// Whether what changed after a day is known: its deals are.
    func isKnown(since day: Day) -> Bool { frame.hasBegun(day) }

    /// The stock of the end of a day; nil for a day of which the deals are not known: before the first, or a gap. Of the
    /// day asked for what is known is shown, as everywhere.
    func stock(on day: Day) throws(BellwetherError) -> DayStock? {
        let isAsked = day == context.point.asOf
        guard isAsked || frame.isKnown(day) else { return nil }
        let point = isAsked ? context.point : try warehouse.readPoint(of: day, beside: context.point)
        let cells = try warehouse.reading(at: point, back: context.point) { () throws(BellwetherError) in
            try warehouse.forecastCells(of: context.period, andNext: later, at: point)
        }
        let counted: Set<ForecastCategory> = [.closed, .commit, .bestCase, .pipeline]
        let rollup = try ForecastRollup(
            cells: cells.filter { counted.contains($0.category) }, plan: plan,
            organisation: context.organisation)
        let callDay = isAsked && !isDayGiven ? try warehouse.callDay(notBefore: day) : day
        let calls = try warehouse.standingCalls(
            of: context.period, categories: [.commit], on: callDay, at: context.point)
        return DayStock(
            CallTree(
                rollup.lines, calls: calls, category: .commit, organisation: context.organisation
            ).lines)
    }

    /// All that closes after the period; nil where the period is all of time.
    private var later: Period? {
        guard context.period.grain != .all else { return nil }
        return Period(label: "later", grain: .all, start: context.period.end, end: Period.all.end)
    }
}
