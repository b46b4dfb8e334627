import Analytics
import Model
import Warehouse

/// How the periods before the one asked for stood on the same day: as many days before their end.
struct PastPeriods {
    /// A past period.
    struct One {
        let period: Period
        let day: Day
        /// The day on which it landed; nil while it has not.
        let landedDay: Day?
        let rollup: StandingRollup
        let standing: PeriodStanding
    }

    /// Why nothing can be said of a period.
    struct LeftOut {
        let period: Period
        let day: Day
        let isGap: Bool
    }

    /// Those whose state on the day is known, the latest first.
    let all: [One]
    /// Those whose state is not.
    let leftOut: [LeftOut]
    /// How many deals their standings have on the day.
    var dealCount: Int { all.reduce(0) { $0 + $1.rollup[NodePlace(.company)].open.count } }

    /// Those that have landed, the latest first.
    var landed: [One] { all.filter { $0.landedDay != nil } }

    /// How many periods are looked at.
    static let count = 8

    /// The past of the period that is asked for.
    ///
    /// Read from summaries where there are some that hold at the point, else from the versions.
    init(of context: QuestionContext, _ warehouse: Warehouse) throws(BellwetherError) {
        let frame = try PastFrame(context.company, context.point, warehouse)
        let places = try DealPlaces(context.organisation)
        let days = frame.days(of: context.period, count: Self.count)
        leftOut = days.filter { !frame.isKnown($0.day) }.map {
            LeftOut(period: $0.period, day: $0.day, isGap: frame.isGap($0.day))
        }
        let known = days.filter { frame.isKnown($0.day) }
        let summaries = try warehouse.summaries(of: known.compactMap(\.key))
        let stored = Dictionary(
            try warehouse.standings(summaries).map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        var all: [One] = []
        for past in known {
            let standing: PeriodStanding
            if let key = past.key, let found = stored[key] {
                standing = found
            } else {
                var reader = StandingReader(context.point, warehouse)
                standing = try reader.standing(past)
            }
            all.append(
                One(
                    period: past.period, day: past.day, landedDay: past.landedDay,
                    rollup: StandingRollup(standing, places), standing: standing))
        }
        self.all = all
    }

    /// The plan of each past period for each node: of one kind, so that budgets are not compared with quotas.
    func plans(
        of context: QuestionContext, _ warehouse: Warehouse
    ) throws(BellwetherError) -> [[NodePlace: [PlanAmount.Kind: Amount]]] {
        var plans: [[NodePlace: [PlanAmount.Kind: Amount]]] = []
        for past in all {
            let calendar = context.company.calendar
            let plan = PlanSelection(
                try warehouse.plan(for: past.period, in: calendar), for: past.period, in: calendar)
            let lines = try ForecastRollup(
                cells: [], plan: plan.amounts, organisation: context.organisation
            ).lines
            plans.append(
                Dictionary(
                    zip(NodePlace.places(of: lines), lines).map { ($0, $1.plan.mapValues(\.amount)) },
                    uniquingKeysWith: { first, _ in first }))
        }
        return plans
    }

    /// What the reader should know of the past that numbers are compared with.
    func warnings(_ context: QuestionContext) -> [AnswerWarning] {
        var warnings: [AnswerWarning] = []
        if !leftOut.isEmpty {
            let named = leftOut.prefix(3).map { past in
                "\(past.period.label) (\(past.isGap ? "no snapshot of" : "nothing is known of") \(past.day))"
            }
            warnings.append(
                AnswerWarning(
                    "past_periods_left_out",
                    "\(leftOut.count) of the last \(leftOut.count + all.count) periods left out: \(named.joined(separator: ", "))\(leftOut.count > 3 ? ", …" : "")"
                ))
        }
        if all.count < Self.few, context.period.grain != .all {
            warnings.append(
                AnswerWarning(
                    "few_past_periods",
                    all.isEmpty
                        ? "no past period is known on its same day: there is nothing to compare with"
                        : "only \(all.count) past \(all.count == 1 ? "period is" : "periods are") known on the same day: what is usual rests on \(all.count == 1 ? "it" : "them") alone"
                ))
        }
        return warnings
    }

    /// Below so many periods what is usual is said with a warning: metrics 6 and 7 ask for four.
    private static let few = 4
}

/// A past period, the same day of it, and the day on which it landed.
struct PastDay: Hashable {
    let period: Period
    let day: Day
    let landedDay: Day?

    /// By what its summary is found; nil while it has not landed.
    var key: StandingKey? {
        landedDay.map { StandingKey(period: period, day: day, landedDay: $0) }
    }
}

/// Which days of past periods can be compared, as of a day.
struct PastFrame {
    private let calendar: FiscalCalendar
    private let freezeBusinessDay: Int?
    private let businessDays: BusinessDays
    private let known: KnownDays
    private let asOf: Day

    init(_ company: CompanySettings, _ point: ReadPoint, _ warehouse: Warehouse) throws(BellwetherError) {
        calendar = company.calendar
        freezeBusinessDay = company.freezeBusinessDay
        businessDays = try warehouse.businessDays()
        known = try warehouse.knownDays()
        asOf = point.asOf
    }

    /// The same day of the periods before one, the latest first.
    func days(of period: Period, count: Int) -> [PastDay] {
        guard period.grain != .all else { return [] }
        return calendar.periods(before: period, count: count).map { past in
            PastDay(period: past, day: sameDay(of: period, in: past), landedDay: landedDay(of: past))
        }
    }

    /// The day as far before a past period's end as the day asked for is before the end of one that has begun. Before it
    /// has, as far before its first day: then the period in which the day lies has as many days left.
    private func sameDay(of period: Period, in past: Period) -> Day {
        period.start > asOf ? past.start - (period.start - asOf) : period.sameDay(as: asOf, in: past)
    }

    /// Whether the state of the deals on a day is known.
    func isKnown(_ day: Day) -> Bool {
        known.first.map { $0 <= day } ?? false && !isGap(day)
    }

    /// The first day of which deals are known.
    var firstDay: Day? { known.first }

    /// Whether a snapshot of the day was due and none counts.
    func isGap(_ day: Day) -> Bool { known.gaps.contains(day) }

    /// The day whose end says what a period landed at: that on which it is frozen, else its last; in a gap the next.
    /// Nil while that has not come.
    func landedDay(of period: Period) -> Day? {
        var day =
            calendar.freezeDay(of: period, businessDay: freezeBusinessDay, businessDays) ?? period.lastDay
        while isGap(day) { day = day + 1 }
        return day <= asOf && known.first.map { $0 <= day } ?? false ? day : nil
    }
}

/// Computes standings from the versions, reading what a period landed at once for all its days.
struct StandingReader {
    private let point: ReadPoint
    private let warehouse: Warehouse
    private var landed: (period: Period, day: Day, deals: [BasisDeal], firstDays: [RecordID: Day])?

    init(_ point: ReadPoint, _ warehouse: Warehouse) {
        self.point = point
        self.warehouse = warehouse
    }

    mutating func standing(_ past: PastDay) throws(BellwetherError) -> PeriodStanding {
        let then = try warehouse.standingDeals(in: past.period, on: past.day, at: point)
        if let landedDay = past.landedDay { try readLanded(past.period, landedDay) }
        let sums = PeriodComparison.sums(
            then: then, landed: past.landedDay == nil ? nil : landed?.deals,
            firstDays: landed?.firstDays ?? [:], on: past.day)
        return PeriodStanding(
            key: StandingKey(
                period: past.period, day: past.day, landedDay: past.landedDay ?? past.period.lastDay),
            sums: sums)
    }

    private mutating func readLanded(_ period: Period, _ day: Day) throws(BellwetherError) {
        guard landed?.period != period || landed?.day != day else { return }
        let won = try warehouse.standingDeals(in: period, on: day, at: point).filter {
            $0.category == .closed
        }
        landed = (period, day, won, try warehouse.firstDays(of: won.map(\.id), at: point))
    }
}
