-- bellwether.quality_weight: the weight of a defect in the score of data quality, as of the day read.
-- Grain:  one row a source and id.
-- Reads:  bellwether.quality_weight_history
-- Notes:  a case, not a conjunction: the planner takes half of the rows for it, where it would take a few per cent
--         for four comparisons with unknown values, and then join in nested loops.

create view bellwether.quality_weight with (security_invoker = true) as
select
    history.source,
    history.id,
    (select bellwether.as_of()) < history.assumed_before as is_assumed,
    history.defect,
    history.weight,
    history.threshold,
    history.extra
from bellwether.quality_weight_history as history
where case
    when history.valid_from > (select bellwether.as_of()) then false
    when history.valid_to <= (select bellwether.as_of()) then false
    else true
end;

comment on view bellwether.quality_weight is 'One row a source and id: the weight of a defect in the score of data quality, as of the day read.';
comment on column bellwether.quality_weight.is_assumed is
    'True when the day lies before the first snapshot and the first known state is taken.';
