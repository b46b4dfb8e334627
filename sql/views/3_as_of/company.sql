-- bellwether.company: the company whose numbers these are, one row a source, as of the day read.
-- Grain:  one row a source and id.
-- Reads:  bellwether.company_history

create view bellwether.company with (security_invoker = true) as
select
    history.source,
    history.id,
    (select bellwether.as_of()) < history.is_assumed_before as is_assumed,
    history.name,
    history.currency,
    history.time_zone,
    history.fiscal_year_start_month,
    history.fiscal_year_name,
    history.extra
from bellwether.company_history as history
where history.valid_from <= (select bellwether.as_of())
    and history.valid_to > (select bellwether.as_of());

comment on view bellwether.company is 'One row a source and id: the company whose numbers these are, one row a source, as of the day read.';
comment on column bellwether.company.is_assumed is
    'True when the day lies before the first snapshot and the first known state is taken.';
