import Analytics
import Model
import Warehouse

/// Makes the summaries of past periods that questions about the newest day read: how each of them stood on the same
/// day as this period and the next one stand today.
public struct Summaries: Sendable {
    private let isWeekly: Bool

    /// The summaries for the newest day.
    ///
    /// - Parameter isWeekly: Whether those of every seventh day of each past period and of the one before it are made
    ///   too, for questions as of other days.
    public init(isWeekly: Bool) {
        self.isWeekly = isWeekly
    }

    /// Makes those that are missing or hold no more, at the newest load.
    ///
    /// - Parameter progress: Is told each period before it is looked at.
    /// - Throws: `BW505` before anything is loaded, `BW2xx` from the database.
    public func make(
        in warehouse: Warehouse, progress: (String) -> Void = { _ in }
    ) throws(BellwetherError) -> SummaryReport {
        let point = try warehouse.readPoint(asOf: nil, asKnown: nil)
        progress("deals")
        let spans = try warehouse.renewDealSpans(at: point)
        let company = try warehouse.companySettings()
        try summariseForecasts(company.calendar, point, warehouse)
        let frame = try PastFrame(company, point, warehouse)
        let wanted = try days(frame, company.calendar, point)
        let known = try warehouse.summaries(of: wanted.compactMap(\.key))
        var reader = StandingReader(point, warehouse)
        var standings: [PeriodStanding] = []
        var period: Period?
        for day in wanted {
            guard let key = day.key, known[key] == nil else { continue }
            if period != day.period { progress(day.period.label) }
            period = day.period
            standings.append(try reader.standing(day))
        }
        return try warehouse.store(standings, wanted: wanted.compactMap(\.key), spans: spans, at: point)
    }

    /// The forecasts that are asked for most: of this period, the next one, and the year.
    private func summariseForecasts(
        _ calendar: FiscalCalendar, _ point: ReadPoint, _ warehouse: Warehouse
    ) throws(BellwetherError) {
        let this = try calendar.current(on: point.asOf)
        let next = calendar.period(after: this)
        let year = calendar.period(.year, containing: point.asOf)
        let periods = [this, next, year].compactMap { period in
            period.flatMap { period in calendar.period(after: period).map { (period, $0) } }
        }
        _ = try warehouse.summariseForecasts(of: periods, at: point)
    }

    /// What is to be there: by period, so that what each landed at is read once.
    private func days(
        _ frame: PastFrame, _ calendar: FiscalCalendar, _ point: ReadPoint
    ) throws(BellwetherError) -> [PastDay] {
        let this = try calendar.current(on: point.asOf)
        let periods = [this, calendar.period(after: this)].compactMap(\.self)
        var days = Set(periods.flatMap { frame.days(of: $0, count: PastPeriods.count) })
        if isWeekly {
            for day in days { days.formUnion(frame.weeks(of: day.period)) }
        }
        return days.filter { $0.landedDay != nil && frame.isKnown($0.day) }
            .sorted { ($0.period.start, $0.day) < ($1.period.start, $1.day) }
    }
}

extension PastFrame {
    /// Every seventh day before the end of a period, and before the end of the one before it; and the last day of each of
    /// its weeks, counted from its first.
    func weeks(of period: Period) -> [PastDay] {
        let landed = landedDay(of: period)
        let days =
            (0...13).flatMap { [period.lastDay - 7 * $0, period.start - 1 - 7 * $0] }
            + (1...max(period.weekCount, 1)).prefix(14).map { period.lastDay(ofWeek: $0) }
        return Set(days).map { PastDay(period: period, day: $0, landedDay: landed) }
    }
}

/// What making summaries did, as an answer.
public func summaryAnswer(_ report: SummaryReport) -> Answer {
    let headline: Phrase =
        report.made == 0 && report.spans == 0
        ? "Nothing to do: \(report.kept) \(report.kept == 1 ? "summary holds" : "summaries hold")"
        : "\(report.made) \(report.made == 1 ? "summary" : "summaries") of past periods made, \(report.kept) held already"
    return Answer(
        question: "summarise", headline: headline,
        tables: [
            AnswerTable(
                name: "summaries",
                columns: [
                    AnswerColumn("made", title: "Made", kind: .integer),
                    AnswerColumn("rows", title: "Rows", kind: .integer),
                    AnswerColumn("kept", title: "Held", kind: .integer),
                    AnswerColumn("deleted", title: "Deleted", kind: .integer),
                    AnswerColumn("spans", title: "Deal spans", kind: .integer),
                ],
                rows: [
                    AnswerTable.Row([
                        .integer(report.made), .integer(report.rows), .integer(report.kept),
                        .integer(report.deleted), .integer(report.spans),
                    ])
                ])
        ],
        passport: Passport(
            question: "summarise", metrics: [], asOf: nil, snapshotDay: nil, load: report.load, filters: [],
            rowCount: report.rows, programVersion: programVersion))
}
