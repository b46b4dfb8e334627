import Analytics
import Model
import Warehouse

/// All that `velocity` tells: the factors of each line now and before, how long stages last, and how old deals are.
struct VelocityBook {
    /// A line's velocity.
    struct Line {
        let now: Velocity
        let before: Velocity
        /// Of the open deals: past due, over-age, and those of which neither age nor bound is known.
        let pastDue: Int
        let overAge: Int
        let ageUnknown: Int
    }

    /// An open deal that is over-age, and by how much it may have been old.
    struct OverAge {
        let deal: OpenDealAge
        let bound: Double?
    }

    let lines: RateLines
    let velocities: [Line]
    /// How many days the deals that ended are looked back for: two cycles.
    let trailing: Int
    /// The open deals of the node.
    let open: [OpenDealAge]
    let bounds: AgeBounds
    /// By stage: how long its visits last, those of the last two years.
    let durations: [RecordID: StageDurations]
    /// By stage: how long deals stayed in it that have left it, all visits together.
    let totals: [RecordID: StageDurations]
    let stages: [ProcessStage]

    /// Two cycles: twice the mean days of the deals that ended in the last year, at least a month, at most two years; a
    /// year where none ended.
    private static func trailing(_ sums: ResolvedSums) -> Int {
        let days = sums.days
        guard days.count > 0 else { return 365 }
        return min(730, max(30, (2 * days.sum + days.count - 1) / days.count))
    }

    init(_ level: RateLevel, _ context: QuestionContext, _ warehouse: Warehouse) throws(BellwetherError) {
        let point = context.point
        let day = point.asOf
        let grouping = context.grouping(by: level)
        let counted = { (cells: [ResolvedCell]) in cells.filter { context.counts($0.holder) } }
        let year = counted(
            try warehouse.resolvedDeals(grouping, ended: (day - 364)..<(day + 1), on: day, at: point))
        let trailing = Self.trailing(
            year.reduce(into: ResolvedSums()) { $0.add($1) })
        self.trailing = trailing
        let now = counted(
            try warehouse.resolvedDeals(
                grouping, ended: (day - trailing + 1)..<(day + 1), on: day, at: point))
        let then = day - trailing
        let before = counted(
            try warehouse.resolvedDeals(
                grouping, ended: (then - trailing + 1)..<(then + 1), on: then, at: point))
        let open = try warehouse.openDealAges(grouping, on: day, at: point).filter {
            context.counts($0.holder)
        }
        let openThen = try warehouse.openDealAges(grouping, on: then, at: point).filter {
            context.counts($0.holder)
        }
        self.open = open

        // Old is what is old in the company, whichever part of it is asked for.
        let segments = FateGrouping(slice: .segment)
        let visits = try warehouse.visitFates(segments)
        bounds = AgeBounds(
            visits: visits,
            deals: try warehouse.dealFates(
                segments, endedIn: Period(label: "", grain: .year, start: day, end: day + 1)))
        let own =
            context.filter.name == nil
            ? visits : try warehouse.visitFates(grouping).filter { context.counts($0.holder) }
        let begun = ConversionBook.curveDays(day)
        durations = Self.durations(own, begun)
        totals = Self.durations(
            try warehouse.stageTotals(grouping).filter { context.counts($0.holder) }, begun)
        stages = try warehouse.processStages().filter(\.isOpen)

        var slices: [String?: Int] = [:]
        if level.slice != nil {
            for cell in now { slices[cell.slice, default: 0] += cell.count }
            for deal in open { slices[deal.segment, default: 0] += 1 }
        }
        let lines = try RateLines(
            level, holders: Set(now.compactMap(\.holder) + (level == .company ? [] : open.map(\.holder))),
            slices: slices, context)
        self.lines = lines
        let sums = Self.sums(of: now, lines)
        let sumsThen = Self.sums(of: before, lines)
        let counts = Self.counts(of: open, lines, bounds)
        let countsThen = Self.counts(of: openThen, lines, bounds)
        velocities = lines.identities.indices.map { line in
            Line(
                now: Velocity(
                    qualified: counts[line].qualified, open: counts[line].open, resolved: sums[line]),
                before: Velocity(
                    qualified: countsThen[line].qualified, open: countsThen[line].open,
                    resolved: sumsThen[line]),
                pastDue: counts[line].pastDue, overAge: counts[line].overAge,
                ageUnknown: counts[line].unknown)
        }
    }

    private static func durations(_ cells: [FateCell], _ begun: Range<Day>) -> [RecordID: StageDurations] {
        var found: [RecordID: StageDurations] = [:]
        for (stage, cells) in Dictionary(grouping: cells, by: \.step) {
            if let stage { found[stage] = StageDurations(cells, begun: begun) }
        }
        return found
    }

    private static func sums(of cells: [ResolvedCell], _ lines: RateLines) -> [ResolvedSums] {
        var sums = [ResolvedSums](repeating: ResolvedSums(), count: lines.identities.count)
        for cell in cells {
            for line in lines.lines(cell.holder, cell.slice) { sums[line].add(cell) }
        }
        return sums
    }

    private struct Counts {
        var open = 0
        var qualified = 0
        var pastDue = 0
        var overAge = 0
        var unknown = 0
    }

    private static func counts(of deals: [OpenDealAge], _ lines: RateLines, _ bounds: AgeBounds) -> [Counts] {
        var counts = [Counts](repeating: Counts(), count: lines.identities.count)
        for deal in deals {
            let isOverAge = bounds.isOverAge(deal)
            for line in lines.lines(deal.holder, deal.segment) {
                counts[line].open += 1
                counts[line].pastDue += deal.isPastDue ? 1 : 0
                counts[line].overAge += isOverAge == true ? 1 : 0
                counts[line].unknown += isOverAge == nil ? 1 : 0
                counts[line].qualified += deal.isQualified && !deal.isPastDue && isOverAge != true ? 1 : 0
            }
        }
        return counts
    }

    /// The over-age deals of the node, the largest first.
    var overAge: [OverAge] {
        open.filter { bounds.isOverAge($0) == true }
            .sorted { ($1.amount ?? .zero, $0.id) < ($0.amount ?? .zero, $1.id) }
            .map { deal in
                let stage = deal.stageDays == nil ? nil : deal.stage
                let bound = stage.flatMap { bounds.bound(stage: $0, segment: deal.segment) }
                return OverAge(deal: deal, bound: bound ?? bounds.bound(stage: nil, segment: deal.segment))
            }
    }
}
