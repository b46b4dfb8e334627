import Analytics
import Model
import Warehouse

/// All that `leads` tells: what leads of each line come to, and how many more the plan needs.
struct LeadsBook {
    /// A line's leads.
    struct Line {
        /// On to a deal, and whether that has changed.
        var toDeal = CohortSums()
        var dealVerdict: RateWatch.Verdict?
        /// On to a won deal, and whether that has changed.
        var toWon = CohortSums()
        var wonVerdict: RateWatch.Verdict?
        /// All that are known.
        var all = 0
    }

    let lines: RateLines
    let leads: [Line]
    let dealWindows: CohortWindows?
    let wonWindows: CohortWindows?
    /// In how many days half of the leads that become deals have.
    let dealLag: Int?
    /// In how many days half of the deals that are won have been.
    let wonLag: Int?
    /// What the plan needs; nil without a plan, and where it is met.
    let required: RequiredLeads?

    init(
        _ level: RateLevel, within: Int?, since: Day?, _ context: QuestionContext, _ warehouse: Warehouse
    ) throws(BellwetherError) {
        let grouping = context.grouping(by: level)
        let counted = { (cells: [FateCell]) in cells.filter { context.counts($0.holder) } }
        let toDeal = counted(try warehouse.leadFates(grouping, to: .deal, since: since))
        let toWon = counted(try warehouse.leadFates(grouping, to: .won, since: since))
        let day = context.point.asOf
        let days = ConversionBook.curveDays(day)
        let dealCurve = CumulativeIncidence(toDeal, begun: days)
        let wonCurve = CumulativeIncidence(toWon, begun: days)
        let dealWindows = (within ?? dealCurve.horizon(of: .reached)).map {
            CohortWindows(asOf: day, horizon: $0, since: since)
        }
        let wonWindows = (within ?? wonCurve.horizon(of: .reached)).map {
            CohortWindows(asOf: day, horizon: $0, since: since)
        }
        self.dealWindows = dealWindows
        self.wonWindows = wonWindows
        dealLag = dealCurve.medianDays(of: .reached)

        var slices: [String?: Int] = [:]
        for cell in toDeal { slices[cell.slice, default: 0] += cell.count }
        let lines = try RateLines(
            level, holders: Set(toDeal.compactMap(\.holder)), slices: slices, context)
        self.lines = lines
        var leads = [Line](repeating: Line(), count: lines.identities.count)
        for cell in toDeal {
            for line in lines.lines(cell.holder, cell.slice) {
                leads[line].toDeal.add(cell, dealWindows)
                leads[line].all += cell.count
            }
        }
        for cell in toWon {
            for line in lines.lines(cell.holder, cell.slice) { leads[line].toWon.add(cell, wonWindows) }
        }
        // All rates of all lines are one family.
        let verdicts = RateWatch.judge(leads.map(\.toDeal.change) + leads.map(\.toWon.change))
        for line in leads.indices {
            leads[line].dealVerdict = verdicts[line]
            leads[line].wonVerdict = verdicts[leads.count + line]
        }
        self.leads = leads

        let plain = FateGrouping(
            byHolder: context.filter.name != nil, teams: grouping.teams, owner: grouping.owner)
        let deals = counted(
            try warehouse.dealFates(
                plain, endedIn: Period(label: "", grain: .year, start: day, end: day + 1)))
        let winCurve = CumulativeIncidence(deals, begun: days)
        wonLag = winCurve.medianDays(of: .reached)
        let winWindows = winCurve.horizon(of: .reached).map { CohortWindows(asOf: day, horizon: $0) }
        let wins = deals.reduce(into: CohortSums()) { $0.add($1, winWindows) }
        required = try Self.required(
            rates: [leads.first?.toDeal.rate, wins.rate].compactMap { $0 }, grouping, context, warehouse)
    }

    private static func required(
        rates: [Proportion], _ grouping: FateGrouping, _ context: QuestionContext, _ warehouse: Warehouse
    ) throws(BellwetherError) -> RequiredLeads? {
        let cells = try warehouse.forecastCells(of: context.period, at: context.point)
        let plan = try context.plan(from: warehouse)
        let rollup = try ForecastRollup(
            cells: cells, plan: plan.amounts, organisation: context.organisation)
        let compared = ComparedLines(rollup.lines, context, level: .company)
        guard rates.count == 2, let line = compared.lines.first, let place = compared.places.first,
            line.leadingPlan != nil
        else { return nil }
        let past = try PastPeriods(of: context, warehouse)
        let coverage = CoverageLine(
            line, at: place, past, try past.plans(of: context, warehouse),
            places: context.company.minorUnitPlaces
        ).coverage
        guard let toGo = coverage.toGo, coverage.isMet == false else { return nil }
        let day = context.point.asOf
        let value = try warehouse.leadValue(grouping, ended: (day - 729)..<(day + 1))
        let others = value.wonOtherwise.amount.ratio(to: value.won.amount + value.wonOtherwise.amount)
        let mean = value.won.count > 0 ? value.won.amount.share(1, of: value.won.count, toPlaces: 6) : .zero
        let perLead = rates.reduce(mean) { $0.multiplied(by: Amount(share: $1.rate ?? 0)) }
        return RequiredLeads(
            toGo: toGo,
            expected: .init(
                fromOpen: coverage.open.multiplied(by: Amount(share: coverage.past.wonShare?.median ?? 0)),
                fromMoved: coverage.past.moved?.median ?? .zero,
                fromOthers: (coverage.past.created?.median ?? .zero).multiplied(
                    by: Amount(share: others ?? 1)),
                fromWaiting: perLead.multiplied(by: Amount(value.waiting))),
            rates: rates, won: value.won, deviation: value.deviation)
    }
}

extension Amount {
    /// A share as a number of six places, to be taken of an amount.
    fileprivate init(share: Double) {
        self.init(millionths: share.isFinite ? Int128((share * 1_000_000).rounded()) : 0)
    }
}
