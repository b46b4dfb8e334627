-- bellwether.plan_rate: the rates at which sums convert.
-- Grain:  one row a pair of currencies and span of days; the spans of a pair do not overlap.
-- Reads:  bellwether.exchange_rate
-- Units:  rate: units of to_currency for one unit of from_currency.
-- Notes:  of overlapping rows the one that starts last counts from its start on; ties go to the source and id
--         that sort first. Days are inclusive; open ends are -infinity and infinity.

create view bellwether.plan_rate with (security_invoker = true) as
with started as (
    select distinct on (from_currency, to_currency, start_date)
        upper(exchange_rate.from_currency) as from_currency,
        upper(exchange_rate.to_currency) as to_currency,
        coalesce(exchange_rate.start_date, '-infinity') as start_date,
        coalesce(exchange_rate.end_date, 'infinity') as end_date,
        exchange_rate.rate
    from bellwether.exchange_rate
    where exchange_rate.kind = 'plan' and exchange_rate.rate > 0
    order by
        from_currency,
        to_currency,
        start_date,
        exchange_rate.source,
        exchange_rate.id
)

select
    started.from_currency,
    started.to_currency,
    started.start_date,
    least(
        started.end_date,
        lead(started.start_date - 1, 1, 'infinity') over (
            partition by started.from_currency, started.to_currency
            order by started.start_date
        )) as end_date,
    started.rate
from started;

comment on view bellwether.plan_rate is
    'One row a pair of currencies and span of days (inclusive): the plan rate, spans of a pair not overlapping.';
comment on column bellwether.plan_rate.start_date is 'The first day on which the rate holds; -infinity for always.';
comment on column bellwether.plan_rate.end_date is 'The last day on which the rate holds; infinity for no end.';
