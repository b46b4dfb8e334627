import Model
import Warehouse

/// Which periods are there, how many days are left of them, and when are they frozen?
public struct PeriodsQuestion: Sendable {
    /// The question's id.
    public static let id = "periods"

    private let scope: QuestionScope
    private let grain: Period.Grain?
    private let last: Int
    private let next: Int

    /// The periods around the day asked for, or those in a period.
    ///
    /// - Parameters:
    ///   - scope: The clocks; a period other than `this` lists its parts instead.
    ///   - grain: How long the periods are; nil for quarters, or for what a period is made of.
    ///   - last: How many before the one that holds the day.
    ///   - next: How many after it.
    public init(scope: QuestionScope, grain: Period.Grain?, last: Int, next: Int) {
        self.scope = scope
        self.grain = grain
        self.last = last
        self.next = next
    }

    /// Asks the warehouse.
    ///
    /// - Throws: `BW501` for a period that is none, `BW506` for a grain that the calendar has not, `BW530`–`BW533` for a
    ///   calendar that cannot be, `BW2xx` from the database.
    public func answer(from warehouse: Warehouse) throws(BellwetherError) -> Answer {
        let point = try warehouse.readPoint(asOf: scope.asOf, asKnown: scope.asKnown)
        let company = try warehouse.companySettings()
        let businessDays = try warehouse.businessDays()
        let periods = try periods(company.calendar, on: point.asOf)
        let table = PeriodTable(
            calendar: company.calendar, freezeBusinessDay: company.freezeBusinessDay,
            businessDays: businessDays,
            day: point.asOf)
        return Answer(
            question: Self.id,
            headline: table.headline(periods),
            tables: [table.table(periods)],
            passport: Passport(
                question: Self.id, metrics: ["days_left/1", "business_days/1"], asOf: point.asOf,
                snapshotDay: point.snapshotDay, load: point.load, filters: filters, rowCount: periods.count,
                programVersion: programVersion))
    }

    private var filters: [Passport.Filter] {
        [.init("period", scope.period)] + (grain.map { [.init("by", $0.rawValue)] } ?? [])
    }

    private func periods(_ calendar: FiscalCalendar, on day: Day) throws(BellwetherError) -> [Period] {
        if let grain, !calendar.grains.contains(grain) {
            throw BellwetherError(
                .badOption, "the company's calendar has no period of kind \(grain.rawValue)",
                hint: "There are: \(calendar.grains.map(\.rawValue).joined(separator: ", ")).")
        }
        guard scope.period.lowercased() == "this" else {
            return try parts(of: calendar.period(named: scope.period, on: day), calendar)
        }
        let this = try calendar.current(grain ?? calendar.usualGrain, on: day)
        var periods = calendar.periods(before: this, count: last).reversed() + [this]
        for _ in 0..<next {
            guard let after = periods.last.flatMap({ calendar.period(after: $0) }) else { break }
            periods.append(after)
        }
        return periods
    }

    private func parts(of period: Period, _ calendar: FiscalCalendar) throws(BellwetherError) -> [Period] {
        if period.grain == .all {
            let parts = (grain.map { [$0] } ?? calendar.grains).flatMap { calendar.parts(of: period, by: $0) }
            guard parts.isEmpty else { return parts }
            throw BellwetherError(
                .unknownPeriod, "a calendar by rule has no first period and no last",
                hint: "Say how many with --last and --next.")
        }
        guard let grain else { return calendar.parts(of: period).first ?? [period] }
        let parts = calendar.parts(of: period, by: grain)
        guard parts.isEmpty || !period.contains(parts[0]) else { return parts }
        return calendar.period(grain, containing: period.start).map { [$0] } ?? []
    }
}
