import Analytics
import Model
import Warehouse

/// What was called at the end of the weeks of past periods, and what those landed at.
///
/// Of a frozen period deals are read as known when it was frozen, so that its record never changes; calls as known now, since
/// a call counts from when it was said. A period that no rule freezes landed on its last day.
struct PastForecasts {
    /// What one node said at the end of a week.
    struct Said {
        let numbers: CallNumbers
        /// Whether anybody called, for the node or for one below it.
        let isCalled: Bool
    }

    /// The end of a week of a past period.
    struct Week {
        let number: Int
        let day: Day
        let said: [NodePlace: Said]
        let standing: StandingRollup
    }

    /// A past period.
    struct One {
        let period: Period
        /// The day whose end says what it landed at.
        let landedDay: Day
        let isFrozen: Bool
        let weeks: [Int: Week]
    }

    /// Those of which anything is known, the latest first.
    let all: [One]
    /// The labels of those that are not told of.
    let leftOut: [String]

    /// Reads the ends of some weeks of the periods before the one that is asked for; the session stands at its point again
    /// afterwards.
    init(
        of context: QuestionContext, scope: QuestionScope, count: Int, weeks: [Int], _ warehouse: Warehouse
    ) throws(BellwetherError) {
        let frame = try PastFrame(context.company, context.point, warehouse)
        let places = try DealPlaces(context.organisation)
        let periods =
            context.period.grain == .all
            ? [] : context.company.calendar.periods(before: context.period, count: count)
        var all: [One] = []
        var leftOut: [String] = []
        for period in periods where period.lastDay < context.point.asOf {
            let reader = try PastPeriodReader(
                period, frame, context: context, scope: scope, places: places, warehouse)
            if let one = try reader?.read(weeks: weeks) {
                all.append(one)
            } else {
                leftOut.append(period.label)
            }
        }
        try warehouse.stand(at: context.point)
        self.all = all
        self.leftOut = leftOut
    }

    /// The calls of a node at the end of a week, and what its periods landed at: of each period in which anybody called.
    func calls(of place: NodePlace, week: Int) -> [LandedCall] {
        numbers(of: place, week: week).compactMap { one, week, said in
            said.isCalled
                ? LandedCall(
                    period: one.period, day: week.day, call: said.numbers.effective,
                    landed: week.standing[place][.landed].amount) : nil
        }
    }

    /// What the deals said in the same weeks.
    func calculated(of place: NodePlace, week: Int) -> [LandedCall] {
        numbers(of: place, week: week).compactMap { one, week, said in
            said.isCalled
                ? LandedCall(
                    period: one.period, day: week.day, call: said.numbers.calculated,
                    landed: week.standing[place][.landed].amount) : nil
        }
    }

    /// How a node stood at the end of a week, in each period of which that is known.
    func standings(of place: NodePlace, week: Int) -> [StandingSums] {
        all.compactMap { $0.weeks[week]?.standing[place] }
    }

    func numbers(of place: NodePlace, week: Int) -> [(One, Week, Said)] {
        all.compactMap { one in
            guard let week = one.weeks[week], let said = week.said[place] else { return nil }
            return (one, week, said)
        }
    }
}

/// Reads one past period.
private struct PastPeriodReader {
    private let period: Period
    private let frame: PastFrame
    private let now: QuestionContext
    /// As known when the period was frozen.
    private let then: QuestionContext
    private let places: DealPlaces
    private let isFrozen: Bool
    private let warehouse: Warehouse

    /// Nil where nobody knows what the period landed at.
    init?(
        _ period: Period, _ frame: PastFrame, context: QuestionContext, scope: QuestionScope,
        places: DealPlaces, _ warehouse: Warehouse
    ) throws(BellwetherError) {
        let records = try warehouse.coverageRecords(of: period, at: context.point)
        let freeze = FreezeSearch(records).point(of: period, knownAt: context.point.load).flatMap {
            $0.day <= context.point.asOf ? $0 : nil
        }
        let isByRule = context.company.freezeDay(of: period, try warehouse.businessDays()) != nil
        guard let landedDay = freeze?.day ?? (isByRule ? nil : frame.landedDay(of: period)) else {
            return nil
        }
        self.period = period
        self.frame = frame
        self.places = places
        self.warehouse = warehouse
        now = context
        isFrozen = freeze != nil
        let newest = context.point.load
        // Where nothing of it was told anew since, it is read as known now: of that there are spans of deals.
        let load = try freeze.map { freeze throws(BellwetherError) in
            try warehouse.isUnchanged(upTo: landedDay, after: freeze.load, through: newest)
                ? newest : freeze.load
        }
        then = try scope.everybody(in: period, asOf: landedDay, knownAt: load ?? newest).resolve(
            in: warehouse)
    }

    func read(weeks: [Int]) throws(BellwetherError) -> PastForecasts.One? {
        let landedDay = then.point.asOf
        let days = weeks.compactMap { week -> (Int, PastDay)? in
            guard (1...max(period.weekCount, 1)).contains(week) else { return nil }
            let day = period.lastDay(ofWeek: week)
            guard day <= landedDay, frame.isKnown(day) else { return nil }
            return (week, PastDay(period: period, day: day, landedDay: landedDay))
        }
        let summaries = try warehouse.summaries(of: days.compactMap(\.1.key))
        let stored = Dictionary(
            try warehouse.standings(summaries).map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        var reader = StandingReader(then.point, warehouse)
        var found: [Int: PastForecasts.Week] = [:]
        for (week, day) in days {
            let standing: PeriodStanding
            if let key = day.key, let kept = stored[key] {
                standing = kept
            } else {
                standing = try reader.standing(day)
            }
            found[week] = PastForecasts.Week(
                number: week, day: day.day, said: try said(standing, on: day.day),
                standing: StandingRollup(standing, places))
        }
        guard !found.isEmpty else { return nil }
        return PastForecasts.One(period: period, landedDay: landedDay, isFrozen: isFrozen, weeks: found)
    }

    /// What every node said by a day, carried up the organisation of that day.
    private func said(
        _ standing: PeriodStanding, on day: Day
    ) throws(BellwetherError) -> [NodePlace: PastForecasts.Said] {
        let point = ReadPoint(
            asOf: day, load: now.point.load, snapshotDay: nil, organisationDay: then.point.organisationDay)
        let calls = try warehouse.reading(at: point, back: then.point) { () throws(BellwetherError) in
            try warehouse.standingCalls(of: period, categories: [.commit], on: day, at: point)
        }
        let organisation = try then.organisation(on: day, warehouse)
        let rollup = try ForecastRollup(cells: standing.cells, plan: [], organisation: organisation)
        let lines = CallTree(rollup.lines, calls: calls, category: .commit, organisation: organisation).lines
        return Self.said(lines)
    }

    private static func said(_ lines: [ForecastLine]) -> [NodePlace: PastForecasts.Said] {
        var isCalled = lines.map { $0.calls?.deciding != nil }
        var path: [Int] = []
        for (place, line) in lines.enumerated() {
            path = Array(path.prefix(line.depth))
            if isCalled[place] { for above in path { isCalled[above] = true } }
            path.append(place)
        }
        var said: [NodePlace: PastForecasts.Said] = [:]
        var parts: [NodePlace: [(line: ForecastLine, isCalled: Bool)]] = [:]
        for ((line, place), isCalled) in zip(zip(lines, NodePlace.places(of: lines)), isCalled) {
            guard let numbers = line.calls else { continue }
            said[place] = PastForecasts.Said(numbers: numbers, isCalled: isCalled)
            // Who has moved has a line in each team, and all of them together.
            if place.team != nil { parts[NodePlace(place.node), default: []].append((line, isCalled)) }
        }
        for (place, parts) in parts {
            guard let numbers = ForecastLine.joined(parts.map(\.line))?.calls else { continue }
            said[place] = PastForecasts.Said(numbers: numbers, isCalled: parts.contains(where: \.isCalled))
        }
        return said
    }
}

extension Period {
    /// How many weeks it has, in sevens from its first day.
    var weekCount: Int { (dayCount + 6) / 7 }

    /// The last day of a week of it; of the last week that of the period.
    func lastDay(ofWeek week: Int) -> Day { min(start + (7 * week - 1), lastDay) }
}
