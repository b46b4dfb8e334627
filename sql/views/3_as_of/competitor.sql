-- bellwether.competitor: a rival, or the prospect's choice to do nothing, as of the day read.
-- Grain:  one row a source and id.
-- Reads:  bellwether.competitor_history
-- Notes:  a case, not a conjunction: the planner takes half of the rows for it, where it would take a few per cent
--         for four comparisons with unknown values, and then join in nested loops.

create view bellwether.competitor with (security_invoker = true) as
select
    history.source,
    history.id,
    (select bellwether.as_of()) < history.assumed_before as is_assumed,
    history.name,
    history.is_no_action,
    history.strengths,
    history.weaknesses,
    history.extra
from bellwether.competitor_history as history
where case
    when history.valid_from > (select bellwether.as_of()) then false
    when history.valid_to <= (select bellwether.as_of()) then false
    else true
end;

comment on view bellwether.competitor is 'One row a source and id: a rival, or the prospect''s choice to do nothing, as of the day read.';
comment on column bellwether.competitor.is_assumed is
    'True when the day lies before the first snapshot and the first known state is taken.';
