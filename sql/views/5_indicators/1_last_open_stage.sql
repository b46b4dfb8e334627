-- bellwether.last_open_stage: the stage in which each deal was open last.
-- Grain:  one row a source and id of a deal that was ever in an open stage, up to the day read.
-- Reads:  bellwether.opportunity_history, stage_outcome
-- Notes:  a stage whose kind is no word that is known counts as open. Looked up by id where few deals are asked for.

create view bellwether.last_open_stage with (security_invoker = true) as
select
    history.source,
    history.id,
    -- The greatest of pairs: the newest day's stage, without sorting all versions.
    (max(array[to_char(history.valid_from, 'YYYYMMDD'), history.stage_id]))[2] as stage_id
from bellwether.opportunity_history as history
inner join bellwether.stage_outcome as stage
    on stage.source = history.source and stage.id = history.stage_id and coalesce(stage.kind, 'open') = 'open'
where history.valid_from <= (select bellwether.as_of())
group by history.source, history.id;

comment on view bellwether.last_open_stage is
    'One row a deal that was ever open, up to the day read: the stage in which it was last.';
comment on column bellwether.last_open_stage.stage_id is 'The id of that stage.';
