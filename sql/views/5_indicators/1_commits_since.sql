-- bellwether.commits_since(first): deals that were in commit for a period that ends on a day or later, and what became of them.
-- Reads:  bellwether.deal_past, calendar_period, deal_state, risk_flag, deal_call, company_time_zone()
-- Notes:  read it as bellwether.commit_stay, which says what each column is. It is a function for the sake of its setting: see
--         bellwether.deals_ended_since().

create function bellwether.commits_since(first date) returns table (
    source text,
    id text,
    name text,
    period text,
    start_date date,
    end_date date,
    first_day date,
    left_on date,
    owner_id text,
    kind text,
    close_date date,
    is_over boolean,
    is_landed boolean,
    flagged_on date,
    lowered_on date
)
language sql stable parallel safe rows 10000
set search_path = pg_catalog
set enable_nestloop = off
as $function$
    with period as (
        select calendar_period.period, calendar_period.start_date, calendar_period.end_date
        from bellwether.calendar_period
        where calendar_period.kind = (
                select usual.kind
                from (values ('quarter', 1), ('month', 2), ('week', 3), ('year', 4)) as usual (kind, place)
                where usual.kind in (select known.kind from bellwether.calendar_period as known)
                order by usual.place
                limit 1
            )
            and calendar_period.end_date >= $1
            and calendar_period.start_date <= (select bellwether.as_of()) + 366
    ),

    -- Each day with its period, so that spans find theirs by equality.
    period_day as materialized (
        select period.period, period.start_date, period.end_date, period.start_date + step.days as day
        from period
        cross join lateral generate_series(0, period.end_date - period.start_date) as step (days)
    ),

    stay as materialized (
        select
            past.source,
            past.id,
            period_day.period,
            period_day.start_date,
            period_day.end_date,
            min(past.valid_from) as first_day,
            nullif(max(past.valid_to), 'infinity') as left_on,
            (array_agg(past.owner_id order by past.valid_from desc))[1] as owner_id
        from bellwether.deal_past as past
        inner join period_day on period_day.day = past.close_date
        where past.category = 'commit' and past.valid_from <= period_day.end_date
        group by past.source, past.id, period_day.period, period_day.start_date, period_day.end_date
    ),

    flagged as (
        select
            stay.source,
            stay.id,
            stay.period,
            min((flag.raised_at at time zone (select bellwether.company_time_zone()))::date) as flagged_on
        from bellwether.risk_flag as flag
        inner join stay on stay.source = flag.source and stay.id = flag.opportunity_id
        where (flag.raised_at at time zone (select bellwether.company_time_zone()))::date between stay.first_day
            and least(stay.left_on, stay.end_date)
        group by stay.source, stay.id, stay.period
    ),

    lowered as (
        select
            stay.source,
            stay.id,
            stay.period,
            min((said.submitted_at at time zone (select bellwether.company_time_zone()))::date) as lowered_on
        from bellwether.deal_call as said
        inner join stay
            on stay.source = coalesce(said.opportunity_source, said.source) and stay.id = said.opportunity_id
        where (said.level in ('best_case', 'pipeline', 'omitted') or said.close_date > stay.end_date)
            and (said.submitted_at at time zone (select bellwether.company_time_zone()))::date between stay.first_day
            and least(stay.left_on, stay.end_date)
        group by stay.source, stay.id, stay.period
    )

    select
        stay.source,
        stay.id,
        deal.name,
        stay.period,
        stay.start_date,
        stay.end_date,
        stay.first_day,
        stay.left_on,
        stay.owner_id,
        deal.kind,
        deal.close_date,
        stay.end_date < (select bellwether.as_of()),
        coalesce(deal.kind = 'won' and deal.close_date between stay.start_date and stay.end_date, false),
        flagged.flagged_on,
        lowered.lowered_on
    from stay
    left join bellwether.deal_state as deal on deal.source = stay.source and deal.id = stay.id
    left join flagged
        on flagged.source = stay.source and flagged.id = stay.id and flagged.period = stay.period
    left join lowered
        on lowered.source = stay.source and lowered.id = stay.id and lowered.period = stay.period
$function$;

comment on function bellwether.commits_since(date) is
    'Deals that were in commit for a period that ends on a day or later, and what became of them, as bellwether.commit_stay shows them.';
