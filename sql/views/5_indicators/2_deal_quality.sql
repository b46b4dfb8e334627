-- bellwether.deal_quality: what data quality is judged by, of every open deal as of the day read.
-- Grain:  one row a source and id of an open deal.
-- Reads:  bellwether.open_deal_facts()
-- Units:  amount_company in the company's currency at plan rates; days in calendar days but for idle_business_days.
-- Nulls:  each fact null = nothing is known of it: no such record, or nothing of the kind loaded. idle_business_days null =
--         neither an activity nor the day of creation is known; stage_limit_days null = fewer than ten won deals went through.
-- Notes:  facts alone: what of them is a defect is judged in bellwether.deal_check. An activity is a call, mail or meeting that was
--         held; tasks and notes are none. An answer is a meeting that was held, or anything that came in.

create view bellwether.deal_quality with (security_invoker = true) as
select
    facts.source,
    facts.id,
    facts.name,
    facts.account_id,
    facts.owner_id,
    facts.owner_name,
    facts.is_owner_unknown,
    facts.owner_team_id,
    facts.stage_id,
    facts.stage_name,
    facts.stage_position,
    facts.category,
    facts.amount,
    facts.amount_company,
    facts.close_date,
    facts.created_date,
    facts.days_past_due,
    facts.last_activity,
    facts.next_activity,
    facts.last_answer,
    facts.idle_business_days,
    facts.entry_days,
    facts.next_step,
    facts.next_step_date,
    facts.next_step_since,
    facts.pushes,
    facts.last_push,
    facts.stage_entered,
    facts.stage_days,
    facts.is_stage_entry_unknown,
    facts.stage_limit_days,
    facts.stage_median_days,
    facts.stage_limit_visits,
    facts.category_steps,
    facts.is_outcome_conflict,
    facts.contacts,
    facts.claims,
    facts.unproven_claims,
    facts.is_owner_inactive,
    facts.is_on_last_day,
    facts.edited_minutes_before_call
from bellwether.open_deal_facts() as facts;

comment on view bellwether.deal_quality is
    'One row an open deal as of the day read: the facts by which the quality of its data is judged.';
comment on column bellwether.deal_quality.owner_name is 'The owner''s name, else id; null when the owner is not among the people.';
comment on column bellwether.deal_quality.is_owner_unknown is 'Whether the deal names no owner, or one who is not among the people.';
comment on column bellwether.deal_quality.owner_team_id is 'The owner''s team on the day read.';
comment on column bellwether.deal_quality.stage_name is 'The stage''s name; null when the stage is not among the stages.';
comment on column bellwether.deal_quality.stage_position is 'The stage''s place in the process, from 1.';
comment on column bellwether.deal_quality.category is 'commit, best_case (upside), pipeline, omitted, or unmapped.';
comment on column bellwether.deal_quality.amount_company is 'The amount in the company''s currency at the plan rate, rounded once; null without amount or rate.';
comment on column bellwether.deal_quality.days_past_due is 'Days since the close date; below zero while it lies ahead.';
comment on column bellwether.deal_quality.last_activity is 'The day of the last call, mail or meeting that was held.';
comment on column bellwether.deal_quality.next_activity is 'The day of the next call, mail or meeting that is planned.';
comment on column bellwether.deal_quality.last_answer is 'The day of the last meeting that was held, or of anything that came in.';
comment on column bellwether.deal_quality.idle_business_days is 'Business days after the last activity, else after the day of creation, up to the day read; 9999 for more than two years.';
comment on column bellwether.deal_quality.entry_days is 'By how many days the slowest activity of the last 30 days was written down after its day.';
comment on column bellwether.deal_quality.next_step_since is 'Since when the next step reads as it does; where the CRM''s history does not tell, since the first snapshot.';
comment on column bellwether.deal_quality.pushes is 'How often its close date was moved later while it was open.';
comment on column bellwether.deal_quality.last_push is 'The day of the last such move.';
comment on column bellwether.deal_quality.stage_entered is 'The first day of the present visit of its stage.';
comment on column bellwether.deal_quality.stage_days is 'Days in the present visit of its stage.';
comment on column bellwether.deal_quality.is_stage_entry_unknown is 'Whether the visit began on the first day known: it may be longer.';
comment on column bellwether.deal_quality.stage_limit_days is 'Three of four visits of the stage by deals won within a year were no longer.';
comment on column bellwether.deal_quality.stage_median_days is 'The median of those visits.';
comment on column bellwether.deal_quality.stage_limit_visits is 'How many they are.';
comment on column bellwether.deal_quality.category_steps is 'By how many steps of omitted, pipeline, best case, commit its own category differs from its stage''s; null where either is missing.';
comment on column bellwether.deal_quality.is_outcome_conflict is 'Whether the CRM''s own words on closed and won differ from the kind of the deal''s stage.';
comment on column bellwether.deal_quality.contacts is 'How many contacts have a part in it.';
comment on column bellwether.deal_quality.claims is 'How many milestones are claimed for it, and not withdrawn.';
comment on column bellwether.deal_quality.unproven_claims is 'How many of them have no evidence and were not verified.';
comment on column bellwether.deal_quality.is_owner_inactive is 'Whether its owner is among the people and no longer active.';
comment on column bellwether.deal_quality.is_on_last_day is 'Whether its close date is the last day of a period.';
comment on column bellwether.deal_quality.edited_minutes_before_call is 'How many minutes before its team''s last call stage, category, amount or close date were edited last; null for none within a day.';
