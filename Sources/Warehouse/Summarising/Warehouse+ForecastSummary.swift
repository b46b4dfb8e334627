import Model
import Postgres

extension Warehouse {
    /// The summary of a period's forecast on a day that holds at the point read; nil without one.
    ///
    /// - Parameter days: The first day of the period and the day after its last, then those of the period after it; where
    ///   nobody asks for that one, the day after its last twice more.
    func forecastSummary(of days: [Day], on day: Day) throws(BellwetherError) -> Int? {
        let found = try rows(
            """
            select number
            from bellwether.forecast_summary
            where day = $5::date and start_date = $1::date and end_date = $2::date
                and (($3::date = $2::date and $4::date = $2::date) or (next_start_date = $3::date and next_end_date = $4::date))
            order by number desc
            limit 1
            """, days.map(Parameter.date) + [.date(day)]
        ) { row throws(DatabaseError) in try row.decode("number", as: Int.self) }
        return found.first
    }

    /// The cells of a summary: $1 its number, $2 whether those of the period after it are wanted.
    static let summaryCellsSQL = """
        select \(cellColumns.joined(separator: ", "))
        from bellwether_store.forecast_summary_cell
        where summary = $1 and ($2::boolean or timing <> 'next_period')
        """

    private static let cellColumns = [
        "source", "owner_id", "is_owner_unknown", "owner_team_id", "category", "timing", "is_past_due",
        "owner_name",
        "deals", "deals_without_amount", "deals_without_rate", "deals_without_currency", "deals_negative",
        "deals_stage_unmapped", "deals_outcome_conflict", "deals_by_stage_default", "amount", "rate_effect",
    ]

    /// Sums the forecasts of some periods, each with the one after it, as of the day of a point, in the place of those that
    /// are there, unless all of them hold.
    ///
    /// - Returns: How many cells they have.
    /// - Throws: `BW2xx` from the database.
    public func summariseForecasts(
        of periods: [(period: Period, next: Period)], at point: ReadPoint
    ) throws(BellwetherError) -> Int {
        let days = periods.map { [$0.start, $0.end, $1.start, $1.end] }
        var isAllThere = true
        for days in days where isAllThere {
            isAllThere = try forecastSummary(of: days, on: point.asOf) != nil
        }
        guard !isAllThere else { return 0 }
        return try transaction {
            try execute("select pg_advisory_xact_lock(hashtextextended('bellwether summarise', 0))")
            for table in ["forecast_summary_cell", "forecast_summary"] {
                try execute("delete from bellwether_store.\(table)")
            }
            var cells = 0
            for (number, days) in days.enumerated() {
                cells += try summarise(days, number + 1, at: point)
            }
            return cells
        }
    }

    private func summarise(_ days: [Day], _ number: Int, at point: ReadPoint) throws -> Int {
        try execute(
            """
            insert into bellwether_store.forecast_summary (
                number, start_date, end_date, next_start_date, next_end_date, day, load, definition, made_at
            )
            select $1, $2, $3, $4, $5, $6, $7, max(view_set.checksum), clock_timestamp()
            from bellwether_store.view_set
            """,
            [.int(number, type: .int8)] + days.map(Parameter.date)
                + [.date(point.asOf), .int(point.load, type: .int4)])
        return try hashing { () throws(BellwetherError) in
            do throws(DatabaseError) {
                return try connection.execute(
                    Self.insertCellsSQL,
                    ([point.asOf] + days).map(Parameter.date) + [.int(number, type: .int8)])
            } catch {
                throw BellwetherError(error)
            }
        }
    }

    /// $6 the number of the summary, the others as `DealSpans.cellsSQL` has them.
    private static let insertCellsSQL = """
        insert into bellwether_store.forecast_summary_cell (summary, \(cellColumns.joined(separator: ", ")))
        select $6, \(cellColumns.joined(separator: ", "))
        from (
        \(DealSpans.cellsSQL)
        ) as cell
        """
}
