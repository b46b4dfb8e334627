-- bellwether.stage: a stage of the sales process and what it stands for, as of the day read.
-- Grain:  one row a source and id.
-- Reads:  bellwether.stage_history
-- Notes:  a case, not a conjunction: the planner takes half of the rows for it, where it would take a few per cent
--         for four comparisons with unknown values, and then join in nested loops.

create view bellwether.stage with (security_invoker = true) as
select
    history.source,
    history.id,
    (select bellwether.as_of()) < history.assumed_before as is_assumed,
    history.name,
    history.position,
    history.kind,
    history.category,
    history.pipeline_id,
    history.is_qualified,
    history.probability,
    history.extra
from bellwether.stage_history as history
where case
    when history.valid_from > (select bellwether.as_of()) then false
    when history.valid_to <= (select bellwether.as_of()) then false
    else true
end;

comment on view bellwether.stage is 'One row a source and id: a stage of the sales process and what it stands for, as of the day read.';
comment on column bellwether.stage.is_assumed is
    'True when the day lies before the first snapshot and the first known state is taken.';
