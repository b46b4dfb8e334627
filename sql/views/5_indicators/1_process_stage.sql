-- bellwether.process_stage: the stages of the sales process in their order, and from which one on a deal is qualified.
-- Grain:  one row a source and stage id.
-- Reads:  bellwether.stage
-- Nulls:  position null = the stage has none, and is neither before nor behind another.
-- Notes:  an open stage is qualified where its record says so; where that is silent, when it lies behind the first open
--         stage of its pipeline.

create view bellwether.process_stage with (security_invoker = true) as
select
    stage.source,
    stage.id,
    coalesce(stage.name, stage.id) as name,
    stage.position,
    stage.pipeline_id,
    coalesce(stage.kind, 'open') not in ('won', 'lost', 'no_decision') as is_open,
    coalesce(stage.kind = 'won', false) as is_won,
    coalesce(stage.kind, 'open') not in ('won', 'lost', 'no_decision')
    and coalesce(
        stage.is_qualified,
        stage.position > min(stage.position) filter (
            where coalesce(stage.kind, 'open') not in ('won', 'lost', 'no_decision')
        ) over (partition by stage.source, stage.pipeline_id),
        false) as is_qualified
from bellwether.stage;

comment on view bellwether.process_stage is
    'One row a stage as of the day read: its place in the process, and whether a deal in it is qualified.';
comment on column bellwether.process_stage.source is 'The CRM instance or export scope, named in the mapping.';
comment on column bellwether.process_stage.id is 'The stage''s id.';
comment on column bellwether.process_stage.name is 'Its name, else its id.';
comment on column bellwether.process_stage.position is 'Its place in the process, from 1.';
comment on column bellwether.process_stage.pipeline_id is 'The process to which it belongs, where there are several.';
comment on column bellwether.process_stage.is_open is 'Whether deals in it are neither won nor lost nor without a decision.';
comment on column bellwether.process_stage.is_won is 'Whether deals in it are won.';
comment on column bellwether.process_stage.is_qualified is 'Whether it is open and a deal in it is qualified.';
