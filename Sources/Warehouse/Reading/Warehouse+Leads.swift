import Model
import Postgres

/// What a lead comes to.
public enum LeadStep: String, Sendable, Hashable {
    /// A deal.
    case deal
    /// A won deal.
    case won
}

/// Leads that became won deals, and what those are worth; leads that may still become one.
public struct LeadValue: Sendable, Hashable {
    /// Won deals that were leads and have an amount.
    public let won: DealSum
    /// The standard deviation of their amounts; nil of fewer than two.
    public let deviation: Double?
    /// Won deals that were no leads, in the same days.
    public let wonOtherwise: DealSum
    /// Leads that are no deal yet and not given up.
    public let waiting: Int

    /// Of those.
    public init(won: DealSum, deviation: Double?, wonOtherwise: DealSum, waiting: Int) {
        self.won = won
        self.deviation = deviation
        self.wonOtherwise = wonOtherwise
        self.waiting = waiting
    }
}

extension Warehouse {
    /// The columns by which a lead is grouped and restricted, under the names that deals have.
    private static let leadsAsDeals = """
        (
            select
                lead.source, lead.id, lead.owner_id, lead.is_owner_unknown, lead.owner_team_id, lead.lead_source,
                lead.segment, lead.score_band as type, lead.created,
                case when $5::text = 'won' then lead.deal_kind = 'won' else lead.deal_id is not null end as is_reached,
                case when $5::text = 'won' then lead.deal_ended else lead.became_deal_on end as ended,
                case
                    when lead.deal_id is not null then coalesce(lead.deal_kind, 'open')
                    when lead.given_up_on is not null then 'lost'
                    else 'open'
                end as kind,
                lead.given_up_on
            from bellwether.lead_fate as lead
        )
        """

    /// The SQL of `leadFates`: $1 to $4 as a grouping has them, $5 deal or won, $6 a day that divides its month, or null.
    public static let leadFatesSQL = """
        select
            \(fateGrouping),
            greatest(date_trunc('month', deal.created)::date, case when deal.created >= $6::date then $6::date end)
                as month,
            coalesce(deal.is_reached, false) as is_reached, deal.kind, aged.days, false as is_in_period,
            count(*) as deals, 0 as valued, 0 as amount, 0 as largest
        from \(leadsAsDeals) as deal
        \(rivals)
        cross join lateral (
            select
                case
                    when deal.is_reached then deal.ended
                    when deal.kind = 'open' then (select bellwether.as_of())
                    else coalesce(deal.given_up_on, deal.ended)
                end as day
        ) as last
        cross join lateral (
            select case when last.day >= deal.created then last.day - deal.created end as days
        ) as aged
        where \(fateRestriction)
        group by 1, 2, 3, 4, 5, 6, 7, 8, 9
        order by 1, 2, 3, 4, 5, 6, 7, 8, 9
        """

    /// What became of leads, from the day on which they came.
    ///
    /// Source: view `bellwether.lead_fate`, as of the point read last.
    public func leadFates(
        _ grouping: FateGrouping, to step: LeadStep, since: Day? = nil
    ) throws(BellwetherError) -> [FateCell] {
        try fates(
            Self.leadFatesSQL, grouping.parameters + [.text(step.rawValue), since.map { .date($0) }])
    }

    /// The SQL of `leadValue`: $1 to $4 as a grouping has them, $5 the first day, $6 the day after the last.
    public static let leadValueSQL = """
        select
            count(deal.amount_company) filter (where lead.deal_id is not null) as won,
            coalesce(sum(deal.amount_company) filter (where lead.deal_id is not null), 0) as amount,
            (stddev_samp(deal.amount_company) filter (where lead.deal_id is not null))::double precision as deviation,
            count(deal.amount_company) filter (where lead.deal_id is null) as otherwise,
            coalesce(sum(deal.amount_company) filter (where lead.deal_id is null), 0) as amount_otherwise,
            (
                select count(*)
                from bellwether.lead_fate as deal
                where deal.deal_id is null and deal.given_up_on is null and \(fateRestriction)
            ) as waiting
        from bellwether.deal_outcome as deal
        left join (select distinct named.source, named.deal_id from bellwether.lead_fate as named) as lead
            on lead.source = deal.source and lead.deal_id = deal.id
        where deal.kind = 'won' and deal.ended >= $5::date and deal.ended < $6::date
            and $1::boolean is not null and $2::text is null and \(fateRestriction)
        """

    /// What won deals of some days were worth that had been leads and that had not.
    ///
    /// Source: views `bellwether.deal_outcome` and `bellwether.lead_fate`, as of the point read last.
    public func leadValue(
        _ grouping: FateGrouping, ended: Range<Day>
    ) throws(BellwetherError) -> LeadValue {
        let whole = FateGrouping(teams: grouping.teams, owner: grouping.owner)
        let found = try rowsOfWholeTables(
            Self.leadValueSQL, whole.parameters + [.date(ended.lowerBound), .date(ended.upperBound)]
        ) { row throws(DatabaseError) in
            LeadValue(
                won: DealSum(count: try row.decode("won"), amount: try row.decode("amount")),
                deviation: try row.decode("deviation"),
                wonOtherwise: DealSum(
                    count: try row.decode("otherwise"), amount: try row.decode("amount_otherwise")),
                waiting: try row.decode("waiting"))
        }
        return found.first ?? LeadValue(won: .none, deviation: nil, wonOtherwise: .none, waiting: 0)
    }
}
