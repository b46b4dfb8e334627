-- bellwether.plan_line: a planned amount, as of the day read.
-- Grain:  one row a source and id.
-- Reads:  bellwether.plan_line_history
-- Notes:  a case, not a conjunction: the planner takes half of the rows for it, where it would take a few per cent
--         for four comparisons with unknown values, and then join in nested loops.

create view bellwether.plan_line with (security_invoker = true) as
select
    history.source,
    history.id,
    (select bellwether.as_of()) < history.assumed_before as is_assumed,
    history.kind,
    history.node_kind,
    history.node_id,
    history.period,
    history.business_line,
    history.measure,
    history.amount,
    history.currency,
    history.confidence,
    history.start_date,
    history.end_date,
    history.extra
from bellwether.plan_line_history as history
where case
    when history.valid_from > (select bellwether.as_of()) then false
    when history.valid_to <= (select bellwether.as_of()) then false
    else true
end;

comment on view bellwether.plan_line is 'One row a source and id: a planned amount, as of the day read.';
comment on column bellwether.plan_line.is_assumed is
    'True when the day lies before the first snapshot and the first known state is taken.';
