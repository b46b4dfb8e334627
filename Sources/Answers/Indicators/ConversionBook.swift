import Analytics
import Model
import Warehouse

/// All that `conversion` tells: what became of deals by line, and by stage of each line.
struct ConversionBook {
    /// What became of those of a line that began a step.
    struct Step {
        /// Nil for the whole way from creation to a win.
        let stage: ProcessStage?
        let sums: CohortSums
        var verdict: RateWatch.Verdict?
    }

    let lines: RateLines
    /// Of each line: the whole way, then each open stage.
    let steps: [[Step]]
    /// By stage, nil for the whole way; none for a step through which nobody has come.
    let windows: [RecordID?: CohortWindows]
    /// How the deals of the node end over their age: those created in the last two years.
    let curve: CumulativeIncidence<FateEnd>
    let stages: [ProcessStage]
    /// How many deals the node has, how many of them on no known day of creation or with days that cannot be.
    let deals: (all: Int, undated: Int)
    /// How many visits of open stages there are whose first day is known.
    let visits: Int

    /// The days of which the curve tells.
    static func curveDays(_ day: Day) -> Range<Day> {
        let (year, month, _) = day.civil
        return Day.first(ofMonth: month - 24, year: year)..<(day + 1)
    }

    init(
        _ level: RateLevel, ended period: Period, within: Int?, since: Day?, _ context: QuestionContext,
        _ warehouse: Warehouse
    ) throws(BellwetherError) {
        let grouping = context.grouping(by: level)
        let counted = { (cells: [FateCell]) in cells.filter { context.counts($0.holder) } }
        let deals = counted(try warehouse.dealFates(grouping, endedIn: period, since: since))
        let visits = counted(try warehouse.stageFates(grouping, since: since))
        let isOverlapping = level == .competitor
        let plain = FateGrouping(byHolder: grouping.byHolder, teams: grouping.teams, owner: grouping.owner)
        let whole =
            isOverlapping ? counted(try warehouse.dealFates(plain, endedIn: period, since: since)) : deals
        let wholeVisits = isOverlapping ? counted(try warehouse.stageFates(plain, since: since)) : visits

        var slices: [String?: Int] = [:]
        for cell in deals { slices[cell.slice, default: 0] += cell.count }
        lines = try RateLines(
            level, holders: Set(deals.compactMap(\.holder)), slices: slices, context)
        stages = try warehouse.processStages().filter(\.isOpen)

        let day = context.point.asOf
        let days = Self.curveDays(day)
        curve = CumulativeIncidence(whole, begun: days)
        var windows: [RecordID?: CohortWindows] = [:]
        windows[nil] = (within ?? curve.horizon(of: .reached)).map {
            CohortWindows(asOf: day, horizon: $0, since: since)
        }
        for (stage, cells) in Dictionary(grouping: wholeVisits, by: \.step) {
            let curve = CumulativeIncidence(cells, begun: days)
            windows[stage] = (within ?? curve.horizon(of: .reached)).map {
                CohortWindows(asOf: day, horizon: $0, since: since)
            }
        }
        self.windows = windows
        self.deals = whole.reduce(into: (0, 0)) { sums, cell in
            sums.0 += cell.count
            if cell.month == nil || cell.days == nil { sums.1 += cell.count }
        }
        self.visits = wholeVisits.reduce(0) { $0 + $1.count }

        var sums = [[RecordID?: CohortSums]](repeating: [:], count: lines.identities.count)
        for cell in deals + visits {
            for line in lines.lines(cell.holder, cell.slice) {
                sums[line][cell.step, default: CohortSums()].add(cell, windows[cell.step])
            }
        }
        if isOverlapping {
            for cell in whole + wholeVisits {
                sums[0][cell.step, default: CohortSums()].add(cell, windows[cell.step])
            }
        }
        steps = Self.judged(sums, stages)
    }

    /// All rates of all lines are one family.
    private static func judged(_ sums: [[RecordID?: CohortSums]], _ stages: [ProcessStage]) -> [[Step]] {
        var steps = sums.map { line in
            ([nil] + stages.map(Optional.some)).map { stage in
                Step(stage: stage, sums: line[stage?.id] ?? CohortSums())
            }
        }
        let verdicts = RateWatch.judge(steps.flatMap { $0.map(\.sums.change) })
        let width = stages.count + 1
        for (index, verdict) in verdicts.enumerated() {
            steps[index / width][index % width].verdict = verdict
        }
        return steps
    }

    /// How many rates were looked at together.
    var tested: Int { steps.reduce(0) { $0 + $1.count { $0.verdict != nil } } }

    /// The rates that have changed, the surest first.
    var alarms: [(line: RateLines.Identity, step: Step)] {
        zip(lines.identities, steps).flatMap { line, steps in
            steps.filter { $0.verdict?.isAlarm ?? false }.map { (line, $0) }
        }.sorted { ($0.step.verdict?.adjusted ?? 1) < ($1.step.verdict?.adjusted ?? 1) }
    }
}
