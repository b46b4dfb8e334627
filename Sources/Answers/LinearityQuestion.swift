import Analytics
import Model
import Warehouse

/// How evenly do the bookings of a period come, week by week and month by month, against the company's own past?
public struct LinearityQuestion: Sendable {
    /// The question's id.
    public static let id = "linearity"
    /// The contracts of its numbers.
    public static let metrics = ["closed/1", "linearity/1"]

    private let scope: QuestionScope
    private let level: ForecastQuestion.Level

    /// The question for a scope and down to a level.
    public init(scope: QuestionScope, level: ForecastQuestion.Level) {
        self.scope = scope
        self.level = level
    }

    /// Asks the warehouse.
    ///
    /// - Throws: `BW501` for all of time, which has no weeks; `BW5xx` for a period, team or person that is not there,
    ///   `BW2xx` from the database.
    public func answer(from warehouse: Warehouse) throws(BellwetherError) -> Answer {
        let context = try scope.resolve(in: warehouse)
        guard context.period.grain != .all else {
            throw BellwetherError(
                .unknownPeriod, "bookings are spread over a period, and “all” is all of time",
                hint: "Write a label such as FY2026, or this, next, following, last.")
        }
        let cells = try warehouse.forecastCells(of: context.period, at: context.point)
        let rollup = try ForecastRollup(cells: cells, plan: [], organisation: context.organisation)
        let compared = ComparedLines(rollup.lines, context, level: level)
        let spreads = try BookingSpreads(context, warehouse)
        let table = LinearityTable(compared: compared, spreads: spreads, context: context)
        return Answer(
            question: Self.id, headline: table.headline ?? "Nothing to show", tables: table.all,
            warnings: (compared.lines.first.map { context.warnings(of: $0.sums) } ?? context.ageWarnings)
                + spreads.warnings,
            passport: Passport(
                question: Self.id, metrics: Self.metrics, asOf: context.point.asOf,
                snapshotDay: context.point.snapshotDay, load: context.point.load,
                filters: context.filters + [.init("by", level.rawValue)],
                rowCount: compared.lines.first.map { $0.sums[.closed].count } ?? 0,
                sql: [Warehouse.forecastCellsSQL, Warehouse.bookingsSQL], programVersion: programVersion))
    }
}

/// How the bookings of a period and of those before it were spread, for each node.
struct BookingSpreads {
    /// Bookings of a period by node and close date.
    struct Spread {
        let period: Period
        /// The months of a quarter, the quarters of a year; empty where the calendar has none.
        let parts: [Period]
        let bookings: [NodePlace: [Day: Amount]]

        /// How they were spread for a node.
        subscript(place: NodePlace) -> Linearity {
            Linearity(bookings[place] ?? [:], in: period, parts: parts)
        }
    }

    /// The period that is asked for, as of the day asked for.
    let now: Spread
    /// Those before it that have landed, as they landed, the latest first.
    let past: [Spread]
    /// Those of the last eight that are not known from their first day on.
    let unknown: [Period]

    init(_ context: QuestionContext, _ warehouse: Warehouse) throws(BellwetherError) {
        let frame = try PastFrame(context.company, context.point, warehouse)
        let places = try DealPlaces(context.organisation)
        let reader = Reader(context: context, warehouse: warehouse, places: places)
        now = try reader.spread(context.period, on: context.point.asOf)
        var past: [Spread] = []
        var unknown: [Period] = []
        for day in frame.days(of: context.period, count: PastPeriods.count) {
            guard let landedDay = day.landedDay else {
                if day.period.lastDay < context.point.asOf { unknown.append(day.period) }
                continue
            }
            past.append(try reader.spread(day.period, on: landedDay))
        }
        self.past = past
        self.unknown = unknown
    }

    var warnings: [AnswerWarning] {
        guard !unknown.isEmpty else { return [] }
        let named = unknown.prefix(3).map(\.label).joined(separator: ", ")
        return [
            AnswerWarning(
                "past_periods_left_out",
                "\(unknown.count) of the last \(unknown.count + past.count) periods left out: nothing is known of how \(named)\(unknown.count > 3 ? ", …" : "") ended"
            )
        ]
    }

    private struct Reader {
        let context: QuestionContext
        let warehouse: Warehouse
        let places: DealPlaces

        func spread(_ period: Period, on day: Day) throws(BellwetherError) -> Spread {
            var sums: [NodePlace: [Day: Amount]] = [:]
            for (holder, bookings) in try warehouse.bookings(in: period, on: day, at: context.point) {
                for place in places.nodes(of: holder) {
                    sums[place, default: [:]].merge(bookings, uniquingKeysWith: +)
                }
            }
            return Spread(
                period: period, parts: context.company.calendar.parts(of: period).first ?? [], bookings: sums)
        }
    }
}
