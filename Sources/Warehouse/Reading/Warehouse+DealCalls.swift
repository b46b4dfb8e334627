import Model
import Postgres

extension Warehouse {
    /// The SQL of `dealCalls`: $1 the last day, $2 a deal's id or null for all.
    public static let dealCallsSQL = """
        select
            history.source, history.id, coalesce(history.opportunity_source, history.source) as deal_source,
            history.opportunity_id, coalesce(history.kind, 'own') as kind, history.level,
            round(history.amount * entered.rate, entered.places) as amount_company, history.close_date,
            coalesce(history.submitted_by_source, history.source) as submitted_by_source,
            history.submitted_by_id, history.reason,
            coalesce(
                (history.submitted_at at time zone (select bellwether.company_time_zone()))::date, history.valid_from)
                as submitted_day,
            to_char(history.submitted_at at time zone (select bellwether.company_time_zone()), 'YYYY-MM-DD HH24:MI') as time
        from bellwether.deal_call_history as history
        left join bellwether.reporting_company as company on true
        left join bellwether.source_currency as own on own.source = history.source
        cross join lateral (
            select coalesce(upper(history.currency), own.currency, company.currency) as currency
        ) as named
        left join bellwether.plan_rate
            on plan_rate.from_currency = named.currency
                and plan_rate.to_currency = company.currency
                and (select bellwether.as_of()) between plan_rate.start_date and plan_rate.end_date
        cross join lateral (
            select
                case when named.currency is not distinct from company.currency then 1 else plan_rate.rate end as rate,
                bellwether.minor_unit_places(company.currency) as places
        ) as entered
        where history.opportunity_id is not null
            and coalesce(history.kind, 'own') in ('own', 'override')
            and ($2::text is null or history.opportunity_id = $2)
            and coalesce(
                (history.submitted_at at time zone (select bellwether.company_time_zone()))::date, history.valid_from) <= $1
        order by submitted_day, history.submitted_at, history.source, history.id, history.valid_from
        """

    /// What was said of deals up to a day, the earliest first.
    ///
    /// Source: view `bellwether.deal_call_history`.
    public func dealCalls(of deal: String? = nil, until day: Day) throws(BellwetherError) -> [DealCall] {
        try rows(Self.dealCallsSQL, [.date(day), deal.map { .text($0, type: .text) }]) {
            row throws(DatabaseError) in
            DealCall(
                id: RecordID(source: try row.decode("source"), id: try row.decode("id")),
                deal: RecordID(source: try row.decode("deal_source"), id: try row.decode("opportunity_id")),
                kind: try row.decode("kind"), level: try row.decode("level"),
                amount: try row.decode("amount_company"), closeDate: try row.decode("close_date"),
                time: try row.decode("time"), day: try row.decode("submitted_day"),
                author: try row.key("submitted_by_source", "submitted_by_id"),
                reason: try row.decode("reason"))
        }
    }

    /// The deals of an id, `source/id` or a name as of the point read: open, won or lost.
    public func deals(named name: String) throws(BellwetherError) -> [(id: RecordID, name: String)] {
        try rows(
            """
            select source, id, coalesce(name, id) as name
            from bellwether.opportunity
            where id = $1 or source || '/' || id = $1 or lower(name) = lower($1)
            order by source, id
            limit 20
            """, [.text(name)]
        ) { row throws(DatabaseError) in
            (
                id: RecordID(source: try row.decode("source"), id: try row.decode("id")),
                name: try row.decode("name", as: String.self)
            )
        }
    }

    /// The first day of which deals are known, by a snapshot or a CRM's own history; nil for none.
    public func firstDealDay() throws(BellwetherError) -> Day? {
        try single(
            """
            select min(known.day) as value
            from (
                select day from bellwether.live_snapshot where entity = 'opportunity'
                union all
                select first_day from bellwether.crm_history
            ) as known
            """, as: Day?.self)
    }
}
