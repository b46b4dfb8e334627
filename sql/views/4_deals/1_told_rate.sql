-- bellwether.told_rate: each rate of exchange that is loaded, and its inverse.
-- Grain:  one row a rate and direction.
-- Reads:  bellwether.exchange_rate_history, rate_day()
-- Units:  rate: units of to_currency for one unit of from_currency; of an inverse 1 / rate to 40 decimal places.
-- Nulls:  start_date null = always, end_date null = no end; both days count.
-- Notes:  rates that cannot be are left out: not above zero, of a currency into itself, with an end before the start.

create view bellwether.told_rate with (security_invoker = true) as
select
    history.source,
    history.id,
    history.kind,
    direction.from_currency,
    direction.to_currency,
    direction.is_inverse,
    history.start_date,
    history.end_date,
    direction.rate
from bellwether.exchange_rate_history as history
cross join lateral (
    values
    (upper(history.from_currency), upper(history.to_currency), false, history.rate),
    (
        upper(history.to_currency), upper(history.from_currency), true,
        -- A division has as many decimal places as the longer of its two numbers.
        1.0000000000000000000000000000000000000000 / nullif(history.rate, 0)
    )
) as direction (from_currency, to_currency, is_inverse, rate)
where history.rate > 0
    and upper(history.from_currency) <> upper(history.to_currency)
    and coalesce(history.start_date <= history.end_date, true)
    and case
        when history.valid_from > (select bellwether.rate_day()) then false
        when history.valid_to <= (select bellwether.rate_day()) then false
        else true
    end;

comment on view bellwether.told_rate is
    'One row a loaded rate of exchange and direction: as it was loaded, and its inverse.';
comment on column bellwether.told_rate.is_inverse is 'Whether it is 1 / the loaded rate, to 40 decimal places.';
