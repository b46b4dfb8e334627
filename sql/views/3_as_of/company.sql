-- bellwether.company: the company whose numbers these are, one row a source, as of the day read.
-- Grain:  one row a source and id.
-- Reads:  bellwether.company_history
-- Notes:  a case, not a conjunction: the planner takes half of the rows for it, where it would take a few per cent
--         for four comparisons with unknown values, and then join in nested loops.

create view bellwether.company with (security_invoker = true) as
select
    history.source,
    history.id,
    (select bellwether.as_of()) < history.assumed_before as is_assumed,
    history.name,
    history.currency,
    history.time_zone,
    history.fiscal_year_start_month,
    history.fiscal_year_name,
    history.calendar,
    history.week_anchor,
    history.extra_week,
    history.freeze_business_day,
    history.call_weekday,
    history.extra
from bellwether.company_history as history
where case
    when history.valid_from > (select bellwether.as_of()) then false
    when history.valid_to <= (select bellwether.as_of()) then false
    else true
end;

comment on view bellwether.company is 'One row a source and id: the company whose numbers these are, one row a source, as of the day read.';
comment on column bellwether.company.is_assumed is
    'True when the day lies before the first snapshot and the first known state is taken.';
