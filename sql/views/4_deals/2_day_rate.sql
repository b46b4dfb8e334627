-- bellwether.day_rate: the market's rates of the day read.
-- Grain:  one row a pair of currencies with a rate on that day.
-- Reads:  bellwether.told_rate, as_of()
-- Units:  rate: units of to_currency for one unit of from_currency.
-- Notes:  of several rates that hold on the day the one that starts last counts; ties go to the source and id that sort
--         first. An inverse counts where the pair itself has no rate. A day without a rate has none: a rate that
--         shall hold over a weekend is loaded with those days, or without an end.

create view bellwether.day_rate with (security_invoker = true) as
select distinct on (told_rate.from_currency, told_rate.to_currency)
    told_rate.from_currency,
    told_rate.to_currency,
    told_rate.rate,
    told_rate.is_inverse,
    told_rate.start_date
from bellwether.told_rate
where told_rate.kind = 'daily'
    and told_rate.valid_from <= (select bellwether.as_of())
    and told_rate.valid_to > (select bellwether.as_of())
    and coalesce(told_rate.start_date <= (select bellwether.as_of()), true)
    and coalesce(told_rate.end_date >= (select bellwether.as_of()), true)
order by
    told_rate.from_currency,
    told_rate.to_currency,
    told_rate.is_inverse,
    told_rate.start_date desc nulls last,
    told_rate.source,
    told_rate.id;

comment on view bellwether.day_rate is 'One row a pair of currencies: the market''s rate of the day read.';
comment on column bellwether.day_rate.is_inverse is 'Whether it is 1 / the rate that is loaded for the other direction.';
comment on column bellwether.day_rate.start_date is 'The first day on which the rate holds; null for always.';
