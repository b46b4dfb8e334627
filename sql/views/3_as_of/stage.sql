-- bellwether.stage: a stage of the sales process and what it stands for, as of the day read.
-- Grain:  one row a source and id.
-- Reads:  bellwether.stage_history

create view bellwether.stage with (security_invoker = true) as
select
    history.source,
    history.id,
    (select bellwether.as_of()) < history.is_assumed_before as is_assumed,
    history.name,
    history.position,
    history.kind,
    history.category,
    history.extra
from bellwether.stage_history as history
where history.valid_from <= (select bellwether.as_of())
    and history.valid_to > (select bellwether.as_of());

comment on view bellwether.stage is 'One row a source and id: a stage of the sales process and what it stands for, as of the day read.';
comment on column bellwether.stage.is_assumed is
    'True when the day lies before the first snapshot and the first known state is taken.';
