import Model
import Postgres

/// Of which days the deals are known.
public struct KnownDays: Sendable, Hashable {
    /// The first day of which every source that has deals tells; nil before the first load.
    public let first: Day?
    /// Days after it on which a snapshot was due and none counts.
    public let gaps: Set<Day>

    /// Those days.
    public init(first: Day?, gaps: Set<Day>) {
        self.first = first
        self.gaps = gaps
    }
}

extension Warehouse {
    /// Of which days the deals are known, as known at the point read: from snapshots, or from a CRM's own history.
    ///
    /// Source: views `bellwether.live_snapshot`, `crm_history`, `gap`.
    public func knownDays() throws(BellwetherError) -> KnownDays {
        let first = try single(
            """
            select max(source.first_day) as value
            from (
                select least(min(live.day), min(past.first_day)) as first_day
                from bellwether.live_snapshot as live
                left join bellwether.crm_history as past
                    on past.source = live.source and past.entity = live.entity
                        and past.until_day is not null
                where live.entity = 'opportunity'
                group by live.source
            ) as source
            """, as: Day?.self)
        let gaps = try rows("select day from bellwether.gap where entity = 'opportunity'") {
            row throws(DatabaseError) in try row.decode("day", as: Day.self)
        }
        return KnownDays(first: first, gaps: Set(gaps))
    }

    /// Whether no load of some brought or took back anything that could change what was true up to a day.
    ///
    /// Source: view `bellwether.load_reach`.
    public func isUnchanged(upTo day: Day, after load: Int, through last: Int) throws(BellwetherError) -> Bool
    {
        try single(
            """
            select not exists (
                select
                from bellwether.load_reach
                where first_day <= $1::date and load > $2 and load <= $3
            ) as value
            """, [.date(day), .int(load, type: .int4), .int(last, type: .int4)], as: Bool.self)
    }

    /// The deals of a period on a day, as forecasts count them: the one place where standings of the past read deals.
    ///
    /// Source: view `bellwether.deal_state`.
    public func standingDeals(
        in period: Period, on day: Day, at point: ReadPoint
    ) throws(BellwetherError) -> [BasisDeal] {
        var owners = BasisOwners()
        owners.isEverybody = true
        return try basisDeals(of: owners, in: period, on: day, at: point)
    }

    /// The first day on which each of some deals was known, as known at the point read.
    ///
    /// Source: view `bellwether.opportunity_history`.
    public func firstDays(
        of deals: [RecordID], at point: ReadPoint
    ) throws(BellwetherError) -> [RecordID: Day] {
        guard !deals.isEmpty else { return [:] }
        let parameters: [Parameter?] = [
            .array(Set(deals.map(\.source)).sorted()), .array(deals.map(\.id)),
        ]
        let found = try bySpans(at: point) { () throws(BellwetherError) in
            try firstDays(DealSpans.firstDaysSQL, parameters)
        } else: { () throws(BellwetherError) in
            try firstDays(Self.firstDaysSQL, parameters)
        }
        return Dictionary(found, uniquingKeysWith: { first, _ in first })
    }

    private func firstDays(
        _ sql: String, _ parameters: [Parameter?]
    ) throws(BellwetherError) -> [(RecordID, Day)] {
        try rows(sql, parameters) { row throws(DatabaseError) in
            (try row.recordID(), try row.decode("day", as: Day.self))
        }
    }

    /// The SQL of `firstDays`: $1 the sources, $2 the ids.
    private static let firstDaysSQL = """
        select source, id, min(valid_from) as day
        from bellwether.opportunity_history
        where source = any ($1::text[]) and id = any ($2::text[])
        group by source, id
        """

    /// The bookings of a period by whose they are and by close date, as of a day.
    ///
    /// Source: view `bellwether.forecast_cell`.
    public func bookings(
        in period: Period, on day: Day, at point: ReadPoint
    ) throws(BellwetherError) -> [DealHolder: [Day: Amount]] {
        try reading(on: day, back: point) { () throws(BellwetherError) in
            var bookings: [DealHolder: [Day: Amount]] = [:]
            let found = try rows(Self.bookingsSQL, [.date(period.start), .date(period.end)]) {
                row throws(DatabaseError) in
                (
                    holder: try row.holder(), day: try row.decode("close_date", as: Day.self),
                    amount: try row.decode("amount", as: Amount.self)
                )
            }
            for row in found { bookings[row.holder, default: [:]][row.day, default: .zero] += row.amount }
            return bookings
        }
    }

    /// The SQL of `bookings`: $1 the period's first day, $2 the day after its last.
    public static let bookingsSQL = """
        select
            source, owner_id, not is_owner_unknown as is_owner_known, owner_team_id, close_date,
            coalesce(sum(amount), 0) as amount
        from bellwether.forecast_cell
        where category = 'closed' and close_date >= $1::date and close_date < $2::date
        group by source, owner_id, is_owner_unknown, owner_team_id, close_date
        """
}

extension Row {
    /// Whose deals a row speaks of.
    func holder() throws(DatabaseError) -> DealHolder {
        DealHolder(
            owner: try key("source", "owner_id"), isOwnerKnown: try decode("is_owner_known"),
            team: try key("source", "owner_team_id"))
    }
}
