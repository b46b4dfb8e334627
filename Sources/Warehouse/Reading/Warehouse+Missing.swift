import Model
import Postgres

extension Warehouse {
    /// The SQL of `oddDeals`: $1 the period's first day, $2 the day after its last, $3 the teams as source/id, $4 the deals
    /// that people share, in the same way.
    public static let oddDealsSQL =
        dealsSelect + """
                and (
                    close_date is null
                    or close_date < $1::date
                    or category in ('unmapped', 'omitted')
                    or amount_company is null
                    or is_owner_unknown
                    or owner_id is null
                    or owner_team_id is null
                    or source || '/' || owner_team_id <> all ($3::text[])
                    or source || '/' || id = any ($4::text[])
                )
            order by source, id
            """

    /// Of the deals that a forecast of a period reaches, all that may be in no sum of their team and period; who asks
    /// judges which are.
    ///
    /// Source: view `bellwether.deal`, as of the point read last.
    public func oddDeals(
        of period: Period, in organisation: Organisation, at point: ReadPoint
    ) throws(BellwetherError) -> [DealRow] {
        let shared = try sharedDeals(of: period, at: point)
        let deals = try dealRows(
            Self.oddDealsSQL,
            [
                .date(period.start), .date(period.end),
                .array(organisation.teams.map { "\($0.id.source)/\($0.id.id)" }.sorted()),
                .array(shared.map { "\($0.id.source)/\($0.id.id)" }.sorted()),
            ])
        return Self.sharing(deals, shared)
    }

    /// The SQL of `lostCells`: $1 the period's first day, $2 the day after its last.
    public static let lostCellsSQL = """
        select
            source, owner_id, is_owner_unknown, owner_team_id, count(*) as deals,
            coalesce(sum(amount_company), 0) as amount
        from bellwether.deal_state
        where kind in ('lost', 'no_decision') and close_date >= $1::date and close_date < $2::date
        group by source, owner_id, is_owner_unknown, owner_team_id
        order by source, owner_id, owner_team_id
        """

    /// The deals that were lost in a period or ended without a decision, summed by owner and team: they are in no forecast.
    ///
    /// Source: view `bellwether.deal_state`, as of the point read last.
    public func lostCells(of period: Period, at point: ReadPoint) throws(BellwetherError) -> [ForecastCell] {
        try rows(Self.lostCellsSQL, [.date(period.start), .date(period.end)]) { row throws(DatabaseError) in
            ForecastCell(
                owner: try row.key("source", "owner_id"),
                isOwnerKnown: !(try row.decode("is_owner_unknown", as: Bool.self)),
                team: try row.key("source", "owner_team_id"), category: .omitted, timing: .inPeriod,
                isPastDue: false,
                sum: DealSum(
                    count: try row.decode("deals", as: Int.self),
                    amount: try row.decode("amount", as: Amount.self)))
        }
    }
}
