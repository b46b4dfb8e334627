-- bellwether.plan_rate: the rates at which sums convert.
-- Grain:  one row a pair of currencies and span of days; the spans of a pair do not overlap.
-- Reads:  bellwether.told_rate, rate_day()
-- Units:  rate: units of to_currency for one unit of from_currency.
-- Notes:  of overlapping rates the one that starts last counts, and where it ends the one below it counts again; ties
--         go to the source and id that sort first. An inverse counts on days without a rate of the pair itself.
--         Days are inclusive; open ends are -infinity and infinity.

create view bellwether.plan_rate with (security_invoker = true) as
with told as (
    select
        told_rate.from_currency,
        told_rate.to_currency,
        told_rate.is_inverse,
        told_rate.rate,
        told_rate.start_date,
        told_rate.source,
        told_rate.id,
        daterange(told_rate.start_date, told_rate.end_date + 1) as days
    from bellwether.told_rate
    where told_rate.kind = 'plan'
        and told_rate.valid_from <= (select bellwether.rate_day())
        and told_rate.valid_to > (select bellwether.rate_day())
),

holding as (
    select
        told.from_currency,
        told.to_currency,
        told.is_inverse,
        told.rate,
        -- The days that no rate before it in the order has taken.
        unnest(
            datemultirange(told.days)
            - coalesce(
                range_agg(told.days) over (
                    partition by told.from_currency, told.to_currency
                    order by told.is_inverse, told.start_date desc nulls last, told.source, told.id
                    rows between unbounded preceding and 1 preceding
                ), '{}')) as days
    from told
)

select
    holding.from_currency,
    holding.to_currency,
    coalesce(lower(holding.days), '-infinity') as start_date,
    coalesce(upper(holding.days) - 1, 'infinity') as end_date,
    holding.rate,
    holding.is_inverse
from holding;

comment on view bellwether.plan_rate is
    'One row a pair of currencies and span of days (inclusive): the plan rate, spans of a pair not overlapping.';
comment on column bellwether.plan_rate.start_date is 'The first day on which the rate holds; -infinity for always.';
comment on column bellwether.plan_rate.end_date is 'The last day on which the rate holds; infinity for no end.';
comment on column bellwether.plan_rate.is_inverse is 'Whether it is 1 / the rate that is loaded for the other direction.';
