-- bellwether.milestone: a milestone of the sales process, as of the day read.
-- Grain:  one row a source and id.
-- Reads:  bellwether.milestone_history
-- Notes:  a case, not a conjunction: the planner takes half of the rows for it, where it would take a few per cent
--         for four comparisons with unknown values, and then join in nested loops.

create view bellwether.milestone with (security_invoker = true) as
select
    history.source,
    history.id,
    (select bellwether.as_of()) < history.assumed_before as is_assumed,
    history.name,
    history.description,
    history.stage_id,
    history.position,
    history.evidence_kind,
    history.is_required,
    history.is_buyer_action,
    history.usual_days,
    history.extra
from bellwether.milestone_history as history
where case
    when history.valid_from > (select bellwether.as_of()) then false
    when history.valid_to <= (select bellwether.as_of()) then false
    else true
end;

comment on view bellwether.milestone is 'One row a source and id: a milestone of the sales process, as of the day read.';
comment on column bellwether.milestone.is_assumed is
    'True when the day lies before the first snapshot and the first known state is taken.';
