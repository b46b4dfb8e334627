-- bellwether.stage_visit: how long deals stayed in each stage, and where they went.
-- Grain:  one row a source, id and visit of a stage; who comes back makes another visit.
-- Reads:  bellwether.opportunity_history, stage, first_snapshot, crm_history
-- Units:  days in calendar days from the day of entry to the day of exit, for visits that go on to the day read.
-- Nulls:  stage_id null = the CRM names none; exited null = it goes on; next_stage_id null = it goes on, or the deal vanished,
--         or it went to no stage; is_skip, is_backward null = there is no next stage, or a position is not known.
-- Notes:  names and positions are those of the day read. A step forward skips when an open stage of the same pipeline lies
--         between; losing a deal is neither a skip nor a step back.

create view bellwether.stage_visit with (security_invoker = true) as
with step as (
    select
        history.source,
        history.id,
        history.valid_from,
        history.valid_to,
        history.stage_id,
        coalesce(
            history.valid_from > lag(history.valid_to) over deal
            or history.stage_id is distinct from lag(history.stage_id) over deal,
            true) as is_entry
    from bellwether.opportunity_history as history
    where history.valid_from <= (select bellwether.as_of())
    window deal as (partition by history.source, history.id order by history.valid_from)
),

numbered as (
    select
        step.source,
        step.id,
        step.valid_from,
        step.valid_to,
        step.stage_id,
        count(*) filter (where step.is_entry) over (partition by step.source, step.id order by step.valid_from)
            as visit
    from step
),

visited as (
    select
        numbered.source,
        numbered.id,
        numbered.visit,
        numbered.stage_id,
        min(numbered.valid_from) as entered,
        nullif(
            case
                when max(numbered.valid_to) > (select bellwether.as_of()) then 'infinity'
                else max(numbered.valid_to)
            end, 'infinity') as exited
    from numbered
    group by numbered.source, numbered.id, numbered.visit, numbered.stage_id
),

followed as (
    select
        visited.source,
        visited.id,
        visited.visit,
        visited.stage_id,
        visited.entered,
        visited.exited,
        lead(visited.entered) over deal as next_entered,
        lead(visited.stage_id) over deal as next_stage_id
    from visited
    window deal as (partition by visited.source, visited.id order by visited.visit)
),

-- A deal that vanished went to no stage, although it may come back.
moved as (
    select
        followed.source,
        followed.id,
        followed.visit,
        followed.stage_id,
        followed.entered,
        followed.exited,
        coalesce(followed.next_entered = followed.exited, false) as is_moved,
        case when followed.next_entered = followed.exited then followed.next_stage_id end as next_stage_id
    from followed
)

select
    moved.source,
    moved.id,
    moved.visit,
    moved.stage_id,
    stage.name as stage_name,
    stage.position as stage_position,
    moved.entered,
    moved.exited,
    coalesce(moved.exited, (select bellwether.as_of())) - moved.entered as days,
    moved.next_stage_id,
    next_stage.name as next_stage_name,
    next_stage.position as next_stage_position,
    case
        when next_stage.position is null or stage.position is null then null
        when next_stage.kind in ('lost', 'no_decision') then false
        else exists (
            select
            from bellwether.stage as between_stage
            where between_stage.source = moved.source
                and between_stage.pipeline_id is not distinct from stage.pipeline_id
                and coalesce(between_stage.kind, 'open') not in ('won', 'lost', 'no_decision')
                and between_stage.position > stage.position
                and between_stage.position < next_stage.position
        )
    end as is_skip,
    case
        when next_stage.position is null or stage.position is null then null
        else next_stage.position < stage.position and coalesce(next_stage.kind, 'open') not in ('lost', 'no_decision')
    end as is_backward,
    moved.exited is not null and not moved.is_moved as is_vanished,
    coalesce(moved.entered = least(first_snapshot.day, crm_history.first_day), false) as is_entry_unknown
from moved
left join bellwether.stage on stage.source = moved.source and stage.id = moved.stage_id
left join bellwether.stage as next_stage
    on next_stage.source = moved.source and next_stage.id = moved.next_stage_id
left join bellwether.first_snapshot
    on first_snapshot.source = moved.source and first_snapshot.entity = 'opportunity'
left join bellwether.crm_history
    on crm_history.source = moved.source and crm_history.entity = 'opportunity';

comment on view bellwether.stage_visit is
    'One row a deal and visit of a stage, up to the day read: entry, exit, next stage, days, and whether it skipped or went back.';
comment on column bellwether.stage_visit.visit is 'The number of the visit among the deal''s, from 1.';
comment on column bellwether.stage_visit.stage_name is 'The stage''s name; null when the stage is not among the stages.';
comment on column bellwether.stage_visit.stage_position is 'The stage''s place in the process, from 1.';
comment on column bellwether.stage_visit.entered is 'The first day in the stage.';
comment on column bellwether.stage_visit.exited is 'The first day no longer in it; null while it goes on.';
comment on column bellwether.stage_visit.days is 'Days from entry to exit, or to the day read while it goes on.';
comment on column bellwether.stage_visit.next_stage_id is 'The id of the stage entered next.';
comment on column bellwether.stage_visit.next_stage_name is 'Its name.';
comment on column bellwether.stage_visit.next_stage_position is 'Its place in the process.';
comment on column bellwether.stage_visit.is_skip is 'Whether the step to the next stage left out an open one in between.';
comment on column bellwether.stage_visit.is_backward is 'Whether the next stage lies before this one.';
comment on column bellwether.stage_visit.is_vanished is 'Whether the visit ended because the deal was no longer in the export.';
comment on column bellwether.stage_visit.is_entry_unknown is 'Whether it began on the first day known: it may have begun earlier.';
