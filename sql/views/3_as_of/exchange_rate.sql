-- bellwether.exchange_rate: a rate of exchange, as of the day read.
-- Grain:  one row a source and id.
-- Reads:  bellwether.exchange_rate_history

create view bellwether.exchange_rate with (security_invoker = true) as
select
    history.source,
    history.id,
    (select bellwether.as_of()) < history.is_assumed_before as is_assumed,
    history.kind,
    history.from_currency,
    history.to_currency,
    history.start_date,
    history.end_date,
    history.rate,
    history.extra
from bellwether.exchange_rate_history as history
where history.valid_from <= (select bellwether.as_of())
    and history.valid_to > (select bellwether.as_of());

comment on view bellwether.exchange_rate is 'One row a source and id: a rate of exchange, as of the day read.';
comment on column bellwether.exchange_rate.is_assumed is
    'True when the day lies before the first snapshot and the first known state is taken.';
