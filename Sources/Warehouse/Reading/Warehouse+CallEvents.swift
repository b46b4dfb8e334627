import Model
import Postgres

/// One thing that was said: a call, an override, or that one of them no longer stands.
public struct CallEvent: Sendable, Hashable {
    /// What was said, as a call is read; the amount is nil where it takes the last one back.
    public let call: Call
    /// The period, as the call writes it.
    public let period: String
    /// The day from which the export no longer has it, or has it otherwise; nil while it does.
    public let until: Day?
    /// The instant at which it was taken back in the CRM, in the company's time zone; nil while it stands.
    public let withdrawn: String?
}

extension Warehouse {
    /// The SQL of `callEvents`: $1 the ways of writing the period, $2 the categories, $3 the last day.
    public static let callEventsSQL = """
        select
            history.source, history.id, coalesce(history.node_kind, 'company') as node_kind,
            coalesce(history.node_source, history.source) as node_source, history.node_id, history.period,
            history.category, coalesce(history.kind, 'own') as kind,
            coalesce(history.basis, 'cumulative') as basis, history.business_line,
            coalesce(history.measure, 'bookings') as measure, history.amount, named.currency,
            round(history.amount * entered.rate, entered.places) as amount_company,
            round(history.calculated_amount * entered.rate, entered.places) as calculated_company,
            coalesce(history.submitted_by_source, history.source) as submitted_by_source,
            history.submitted_by_id, history.note,
            coalesce(
                (history.submitted_at at time zone (select bellwether.company_time_zone()))::date, history.valid_from)
                as submitted_day,
            to_char(history.submitted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') as instant,
            to_char(history.submitted_at at time zone (select bellwether.company_time_zone()), 'YYYY-MM-DD HH24:MI') as time,
            nullif(history.valid_to, 'infinity') as until,
            to_char(history.withdrawn_at at time zone (select bellwether.company_time_zone()), 'YYYY-MM-DD HH24:MI')
                as withdrawn
        from bellwether.call_history as history
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
        where upper(history.period collate "C") = any ($1::text[])
            and history.category = any ($2::text[])
            and coalesce(history.kind, 'own') in ('own', 'override')
            and coalesce(history.basis, 'cumulative') in ('cumulative', 'exclusive')
            and coalesce(
                (history.submitted_at at time zone (select bellwether.company_time_zone()))::date, history.valid_from) <= $3
        order by submitted_day, instant, history.source, history.id, history.valid_from
        """

    /// Everything that was said of a period up to a day, the earliest first.
    ///
    /// Source: view `bellwether.call_history`.
    public func callEvents(
        of period: Period, categories: [CallCategory], until day: Day
    ) throws(BellwetherError) -> [CallEvent] {
        try rows(
            Self.callEventsSQL,
            [.array(try spellings(of: period)), .array(categories.map(\.rawValue)), .date(day)]
        ) { row throws(DatabaseError) in
            CallEvent(
                call: try row.call(), period: try row.decode("period"), until: try row.decode("until"),
                withdrawn: try row.decode("withdrawn"))
        }
    }
}
