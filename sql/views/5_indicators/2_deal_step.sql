-- bellwether.deal_step: every night on which a deal went to another stage or close date.
-- Grain:  one row a source, id and day on which stage, the CRM's word on the outcome or close date became another, the deal
--         being there before.
-- Reads:  bellwether.opportunity_history, stage_outcome, stage, person_history; deal_kind()
-- Nulls:  from_date, to_date null = undated; owner_id null = no owner; team_id null = the owner has no team.
-- Notes:  a plain join of each version with the one that it follows, so that a condition on `day` reaches the versions
--         before anything is made of them. Stages and positions are those of the day read. A deal that vanished and came
--         back makes no step. Progress is a step to a later open stage of the same process, or winning.

create view bellwether.deal_step with (security_invoker = true) as
select
    history.source,
    history.id,
    history.valid_from as day,
    history.owner_id,
    coalesce(owner.name, owner.id) as owner_name,
    owner.id is null as is_owner_unknown,
    owner.team_id,
    before.stage_id as from_stage_id,
    from_outcome.name as from_stage_name,
    history.stage_id as to_stage_id,
    to_outcome.name as to_stage_name,
    judged.kind_before,
    judged.kind,
    judged.kind_before = 'open'
    and (
        judged.kind = 'won'
        or coalesce(
            judged.kind = 'open'
            and to_outcome.position > from_outcome.position
            and to_stage.pipeline_id is not distinct from from_stage.pipeline_id,
            false)
    ) as is_progress,
    judged.kind_before = 'open'
    and coalesce(
        judged.kind = 'open'
        and to_outcome.position < from_outcome.position
        and to_stage.pipeline_id is not distinct from from_stage.pipeline_id,
        false) as is_setback,
    before.close_date as from_date,
    history.close_date as to_date,
    judged.kind_before = 'open'
    and judged.kind = 'open'
    and coalesce(history.close_date, 'infinity') > coalesce(before.close_date, 'infinity') as is_push
from bellwether.opportunity_history as history
inner join bellwether.opportunity_history as before
    on before.source = history.source
        and before.id = history.id
        and before.valid_to = history.valid_from
left join bellwether.stage_outcome as from_outcome
    on from_outcome.source = before.source and from_outcome.id = before.stage_id
left join bellwether.stage as from_stage
    on from_stage.source = before.source and from_stage.id = before.stage_id
left join bellwether.stage_outcome as to_outcome
    on to_outcome.source = history.source and to_outcome.id = history.stage_id
left join bellwether.stage as to_stage
    on to_stage.source = history.source and to_stage.id = history.stage_id
left join bellwether.person_history as owner
    on owner.source = history.source
        and owner.id = history.owner_id
        and owner.valid_from <= coalesce((select bellwether.org_day()), history.valid_from)
        and owner.valid_to > coalesce((select bellwether.org_day()), history.valid_from)
cross join lateral (
    select
        bellwether.deal_kind(before.is_closed, before.is_won, from_outcome.kind) as kind_before,
        bellwether.deal_kind(history.is_closed, history.is_won, to_outcome.kind) as kind
) as judged
where history.valid_from <= (select bellwether.as_of())
    and (
        -- Said of the versions themselves, so that few are left to be looked up.
        history.stage_id is distinct from before.stage_id
        or history.close_date is distinct from before.close_date
        or history.is_closed is distinct from before.is_closed
        or history.is_won is distinct from before.is_won
    );

comment on view bellwether.deal_step is
    'One row a deal and night on which its stage, the CRM''s word on its outcome or its close date became another, up to the day read.';
comment on column bellwether.deal_step.day is 'The first day on which it was so: it changed after the night before that is known.';
comment on column bellwether.deal_step.owner_id is 'The id of the owner on that day.';
comment on column bellwether.deal_step.owner_name is 'The owner''s name, else id; null when not among the people.';
comment on column bellwether.deal_step.is_owner_unknown is 'Whether it names no owner, or one who is not among the people.';
comment on column bellwether.deal_step.team_id is 'The owner''s team on that day.';
comment on column bellwether.deal_step.from_stage_id is 'The id of the stage before.';
comment on column bellwether.deal_step.from_stage_name is 'Its name.';
comment on column bellwether.deal_step.to_stage_id is 'The id of the stage since.';
comment on column bellwether.deal_step.to_stage_name is 'Its name.';
comment on column bellwether.deal_step.kind_before is 'What it was before: open, won, lost or no_decision.';
comment on column bellwether.deal_step.kind is 'What it is since: open, won, lost or no_decision.';
comment on column bellwether.deal_step.is_progress is 'Whether it went to a later open stage of its process, or was won.';
comment on column bellwether.deal_step.is_setback is 'Whether it went back to an earlier open stage of its process.';
comment on column bellwether.deal_step.from_date is 'The close date before.';
comment on column bellwether.deal_step.to_date is 'The close date since.';
comment on column bellwether.deal_step.is_push is 'Whether it stayed open and its close date moved later; undated counts as later than any date.';
