import Model
import Postgres

extension Warehouse {
    /// What decides where a period is frozen, as known at the point: nothing of it ever changes at an earlier load.
    ///
    /// Source: the records of loads, and what the company's settings, periods and holidays said at each load that
    /// changed them.
    public func coverageRecords(
        of period: Period, at point: ReadPoint
    ) throws(BellwetherError) -> CoverageRecords {
        CoverageRecords(
            snapshots: try coveringSnapshots(upTo: point.load), pasts: try coveringPasts(upTo: point.load),
            rules: try freezeRules(of: period, at: point))
    }

    private func coveringSnapshots(
        upTo load: Int
    ) throws(BellwetherError) -> [CoverageRecords.Snapshot] {
        try rows(
            """
            select source, day, load, undone_in
            from bellwether_store.snapshot
            where entity = 'opportunity' and load <= $1
            order by load, source
            """, [.int(load, type: .int4)]
        ) { row throws(DatabaseError) in
            CoverageRecords.Snapshot(
                source: try row.decode("source"), day: try row.decode("day"), load: try row.decode("load"),
                undoneIn: try row.decode("undone_in"))
        }
    }

    private func coveringPasts(upTo load: Int) throws(BellwetherError) -> [CoverageRecords.Past] {
        try rows(
            """
            select source, first_day, until_day, load
            from bellwether_store.history_derivation
            where entity = 'opportunity' and load <= $1
            order by load, source
            """, [.int(load, type: .int4)]
        ) { row throws(DatabaseError) in
            let first = try row.decode("first_day", as: Day?.self)
            let until = try row.decode("until_day", as: Day?.self)
            let days = first.flatMap { first in until.flatMap { first < $0 ? first..<$0 : nil } }
            return CoverageRecords.Past(
                source: try row.decode("source"), days: days, load: try row.decode("load"))
        }
    }

    /// When the period was to be frozen, by the newest word at each load that changed what decides it.
    private func freezeRules(
        of period: Period, at point: ReadPoint
    ) throws(BellwetherError) -> [CoverageRecords.Rule] {
        let loads = try rows(
            """
            select distinct changed.load
            from (
                select loaded_in, closed_in, superseded_in from bellwether_store.company
                union all
                select loaded_in, closed_in, superseded_in from bellwether_store.fiscal_period
                union all
                select loaded_in, closed_in, superseded_in from bellwether_store.holiday
            ) as version
            cross join lateral (
                values (version.loaded_in), (version.closed_in), (version.superseded_in)
            ) as changed (load)
            where changed.load <= $1
            order by changed.load
            """, [.int(point.load, type: .int4)]
        ) { row throws(DatabaseError) in try row.decode("load", as: Int.self) }
        // What is pruned is as it was at the first load that is left.
        let horizon =
            try single("select max(horizon) as value from bellwether_store.prune", as: Int?.self) ?? 1
        var rules: [CoverageRecords.Rule] = []
        if loads.first != 1 {
            // Before any of it is loaded, the program's own rule.
            let day = CompanySettings.unloaded.freezeDay(of: period, BusinessDays())
            rules.append(CoverageRecords.Rule(load: 1, freezeDay: day))
        }
        for load in loads {
            let day = try freezeDay(of: period, knownAt: max(load, horizon), back: point)
            rules.append(CoverageRecords.Rule(load: load, freezeDay: day))
        }
        return rules
    }

    /// When a period was to be frozen, as known at a load; nil also where the calendar could not be read then.
    private func freezeDay(
        of period: Period, knownAt load: Int, back point: ReadPoint
    ) throws(BellwetherError) -> Day? {
        let then = ReadPoint(asOf: Self.lastDay, load: load, snapshotDay: nil)
        do throws(BellwetherError) {
            return try reading(at: then, back: point) { () throws(BellwetherError) in
                try companySettings().freezeDay(of: period, try businessDays())
            }
        } catch {
            switch error.code {
            case .calendarUnknown, .weekAnchorUnknown, .periodsOverlap, .periodMissing: return nil
            default: throw error
            }
        }
    }

    /// The last day of the calendar: as of it, what was told last of anything holds.
    private static let lastDay = Day.first(ofMonth: 1, year: 10_000) - 1

    /// Runs `body` with the views at another point, and sets them back.
    public func reading<Value>(
        at other: ReadPoint, back point: ReadPoint, _ body: () throws(BellwetherError) -> Value
    ) throws(BellwetherError) -> Value {
        try stand(at: other)
        let value: Value
        do throws(BellwetherError) {
            value = try body()
        } catch {
            // The first error is the one to tell.
            try? stand(at: point)
            throw error
        }
        try stand(at: point)
        return value
    }

    /// Sets all that a point says; the views answer for it from here on.
    public func stand(at point: ReadPoint) throws(BellwetherError) {
        try set("bellwether.as_known", to: String(point.load))
        try set("bellwether.as_of", to: point.asOf.description)
        try set("bellwether.org", to: point.organisationDay?.description ?? "")
    }
}
