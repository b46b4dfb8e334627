-- bellwether.told_rate: each rate of exchange that was loaded, and its inverse.
-- Grain:  one row a rate, direction and span of days over which it was said, at the load read.
-- Reads:  bellwether.exchange_rate_history
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
    direction.rate,
    history.valid_from,
    history.valid_to
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
    and coalesce(history.start_date <= history.end_date, true);

comment on view bellwether.told_rate is
    'One row a rate of exchange, direction and span of days over which it was said: as loaded, and its inverse.';
comment on column bellwether.told_rate.is_inverse is 'Whether it is 1 / the loaded rate, to 40 decimal places.';
