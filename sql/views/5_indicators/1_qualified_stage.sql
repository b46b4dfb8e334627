-- bellwether.qualified_stage: which stages make a deal part of the pipeline, as of the day read.
-- Grain:  one row a source and stage id.
-- Reads:  bellwether.stage, stage_outcome
-- Nulls:  position null = the stages are not in an order; pipeline_id null = there is one process.
-- Notes:  the CRM's own word counts. Where it says nothing, every open stage but the first of its process is qualified,
--         the only one as well, and winning is; a stage without a position is.

create view bellwether.qualified_stage with (security_invoker = true) as
select
    stage.source,
    stage.id,
    stage.name,
    stage.pipeline_id,
    stage.position,
    outcome.kind,
    coalesce(outcome.kind, 'open') in ('open', 'won')
    and coalesce(
        stage.is_qualified,
        outcome.kind = 'won'
        or stage.position is null
        or stage.position > first_stage.position
        or first_stage.stages = 1
    ) as is_qualified
from bellwether.stage
inner join bellwether.stage_outcome as outcome
    on outcome.source = stage.source and outcome.id = stage.id
left join (
    select
        stage.source,
        stage.pipeline_id,
        min(stage.position) as position,
        count(*) as stages
    from bellwether.stage
    where coalesce(stage.kind, 'open') not in ('won', 'lost', 'no_decision')
    group by stage.source, stage.pipeline_id
) as first_stage
    on first_stage.source = stage.source
        and first_stage.pipeline_id is not distinct from stage.pipeline_id;

comment on view bellwether.qualified_stage is
    'One row a stage as of the day read: whether deals in it are part of the pipeline.';
comment on column bellwether.qualified_stage.source is 'The CRM instance or export scope, named in the mapping.';
comment on column bellwether.qualified_stage.id is 'The stage''s id.';
comment on column bellwether.qualified_stage.name is 'Its name.';
comment on column bellwether.qualified_stage.pipeline_id is 'The id of the sales process to which it belongs, where there are several.';
comment on column bellwether.qualified_stage.position is 'Its place in the process, from 1.';
comment on column bellwether.qualified_stage.kind is 'open, won, lost or no_decision; null for any other word.';
comment on column bellwether.qualified_stage.is_qualified is 'Whether a deal in it is qualified: by the CRM''s own word, else in every open stage but the first, and won.';
