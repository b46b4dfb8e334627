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

    /// The cells of a summary, see `forecastCells(of:andNext:at:apart:)`.
    func summaryCells(
        _ summary: Int, isNextWanted: Bool, apart: Set<RecordID>?
    ) throws(BellwetherError) -> [ForecastCell] {
        let parameters: [Parameter?] = [.int(summary, type: .int8), .bool(isNextWanted)]
        guard let apart else { return try cells(Self.summaryCellsSQL(Self.ofOwners), parameters) }
        let together = try cells(Self.summaryCellsSQL(Self.ofTeams), parameters)
        guard !apart.isEmpty else { return together }
        let told = try cells(
            Self.summaryCellsSQL("\(Self.ofKnownOwners) and owner_id = any ($3::text[])"),
            parameters + [.array(apart.map(\.id))])
        // Whoever is told apart is taken from among the others.
        return together + told + told.map(\.takenFromOthers)
    }

    private static let ofKnownOwners = "owner_id is not null and not is_owner_unknown"
    /// Those of each owner, and of deals without one.
    private static let ofOwners = "(owner_id is not null or is_owner_unknown)"
    /// Those of known people by team, all others as they are. As the index has it.
    private static let ofTeams = "(owner_id is null or is_owner_unknown)"

    /// $1 the summary's number, $2 whether cells of the period after it are wanted.
    private static func summaryCellsSQL(_ owners: String) -> String {
        """
        select \(cellColumns.joined(separator: ", "))
        from bellwether_store.forecast_summary_cell
        where summary = $1 and ($2::boolean or timing <> 'next_period') and \(owners)
        """
    }

    private static let cellColumns =
        [
            "source", "owner_id", "is_owner_unknown", "owner_team_id", "category", "timing", "is_past_due",
            "owner_name",
        ] + summedColumns

    private static let summedColumns = [
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
                let parameters: [Parameter?] = ([point.asOf] + days).map(Parameter.date) + [nil]
                let cells = try connection.execute(
                    Self.insertCellsSQL, parameters + [.int(number, type: .int8)])
                return try cells + connection.execute(Self.insertTeamCellsSQL, [.int(number, type: .int8)])
            } catch {
                throw BellwetherError(error)
            }
        }
    }

    /// The sums of each team's people together, beside those of each of them: $1 the number of the summary.
    private static let insertTeamCellsSQL = """
        insert into bellwether_store.forecast_summary_cell (summary, \(cellColumns.joined(separator: ", ")))
        select
            summary, source, null, false, owner_team_id, category, timing, is_past_due, null,
            \(summedColumns.map { "sum(\($0))" }.joined(separator: ", "))
        from bellwether_store.forecast_summary_cell
        where summary = $1 and \(ofKnownOwners)
        group by summary, source, owner_team_id, category, timing, is_past_due
        """

    /// $7 the number of the summary, the others as `DealSpans.cellsSQL` has them.
    private static let insertCellsSQL = """
        insert into bellwether_store.forecast_summary_cell (summary, \(cellColumns.joined(separator: ", ")))
        select $7, \(cellColumns.joined(separator: ", "))
        from (
        \(DealSpans.cellsSQL)
        ) as cell
        """
}
