-- bellwether.fiscal_period: a fiscal period of a loaded calendar, as of the day read.
-- Grain:  one row a source and id.
-- Reads:  bellwether.fiscal_period_history
-- Notes:  a case, not a conjunction: the planner takes half of the rows for it, where it would take a few per cent
--         for four comparisons with unknown values, and then join in nested loops.

create view bellwether.fiscal_period with (security_invoker = true) as
select
    history.source,
    history.id,
    (select bellwether.as_of()) < history.assumed_before as is_assumed,
    history.period,
    history.kind,
    history.number,
    history.start_date,
    history.end_date,
    history.freeze_date,
    history.extra
from bellwether.fiscal_period_history as history
where case
    when history.valid_from > (select bellwether.as_of()) then false
    when history.valid_to <= (select bellwether.as_of()) then false
    else true
end;

comment on view bellwether.fiscal_period is 'One row a source and id: a fiscal period of a loaded calendar, as of the day read.';
comment on column bellwether.fiscal_period.is_assumed is
    'True when the day lies before the first snapshot and the first known state is taken.';
