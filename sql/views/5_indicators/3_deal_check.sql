-- bellwether.deal_check: every open deal held against every rule of data quality that can be measured of it.
-- Grain:  one row a source, id and defect.
-- Reads:  bellwether.deal_quality, quality_rule
-- Units:  amount_company in the company's currency at plan rates; measure in the unit of the rule, days where it has none.
-- Nulls:  measure null = the defect has no number. A rule that cannot be measured of a deal has no row.
-- Notes:  the only place that says what is a defect.

create view bellwether.deal_check with (security_invoker = true) as
with rule as materialized (
    select known.source, known.defect, known.version, known.weight, known.threshold
    from bellwether.quality_rule as known
    where known.is_measured
),

deal as materialized (
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
        facts.days_past_due,
        facts.last_answer,
        facts.next_activity,
        facts.idle_business_days,
        facts.entry_days,
        facts.next_step,
        facts.next_step_date,
        facts.next_step_since,
        facts.pushes,
        facts.last_push,
        facts.stage_days,
        facts.is_stage_entry_unknown,
        facts.stage_limit_days,
        facts.category_steps,
        facts.is_outcome_conflict,
        facts.contacts,
        facts.claims,
        facts.unproven_claims,
        facts.is_owner_inactive,
        facts.is_on_last_day,
        facts.edited_minutes_before_call
    from bellwether.deal_quality as facts
)

select
    deal.source,
    deal.id,
    deal.name,
    deal.account_id,
    deal.owner_id,
    deal.owner_name,
    deal.is_owner_unknown,
    deal.owner_team_id,
    deal.stage_id,
    deal.stage_name,
    deal.category,
    deal.close_date,
    deal.amount_company,
    rule.defect,
    rule.version,
    rule.weight,
    judged.is_defect,
    judged.measure
from deal
inner join rule on rule.source = deal.source
cross join lateral (
    select
        case rule.defect
            when 'past_due' then coalesce(deal.days_past_due > rule.threshold, false)
            when 'undated' then deal.close_date is null
            when 'no_activity'
                then coalesce(deal.idle_business_days >= rule.threshold, true) and deal.next_activity is null
            when 'no_next_step'
                then (coalesce(trim(deal.next_step), '') = '' and deal.next_step_date is null)
                    or coalesce(deal.next_step_date < (select bellwether.as_of()), false)
                    or coalesce((select bellwether.as_of()) - deal.next_step_since >= rule.threshold, false)
            when 'amount_missing'
                then case
                    when coalesce(deal.stage_position, rule.threshold) >= rule.threshold
                        then coalesce(deal.amount, 0) = 0
                end
            when 'category_conflict'
                then deal.is_outcome_conflict or coalesce(deal.category_steps >= rule.threshold, false)
            when 'pushed' then deal.pushes >= rule.threshold
            when 'empty_push'
                then deal.last_push is not null
                    and coalesce(deal.last_answer < deal.last_push - rule.threshold::integer, true)
            when 'over_age'
                then case
                    when deal.stage_days > deal.stage_limit_days then true
                    when deal.stage_limit_days is not null and not deal.is_stage_entry_unknown then false
                end
            when 'no_contact_role' then deal.contacts = 0
            when 'no_owner' then deal.is_owner_unknown
            when 'inactive_owner' then case when not deal.is_owner_unknown then deal.is_owner_inactive end
            when 'far_close_date'
                then coalesce(
                    deal.close_date
                    > ((select bellwether.as_of()) + make_interval(months => rule.threshold::integer))::date,
                    false)
            when 'heaping' then case when deal.days_past_due <= 0 then deal.is_on_last_day end
            when 'unproven_claim' then case when deal.claims > 0 then deal.unproven_claims > 0 end
            when 'last_hour_edit' then coalesce(deal.edited_minutes_before_call <= rule.threshold, false)
            when 'late_entry' then case when deal.entry_days is not null then deal.entry_days > rule.threshold end
        end as is_defect,
        case rule.defect
            when 'past_due' then deal.days_past_due
            when 'no_activity' then deal.idle_business_days
            when 'no_next_step' then (select bellwether.as_of()) - deal.next_step_since
            when 'category_conflict' then deal.category_steps
            when 'pushed' then deal.pushes
            when 'empty_push' then (select bellwether.as_of()) - deal.last_push
            when 'over_age' then deal.stage_days
            when 'far_close_date' then -deal.days_past_due
            when 'unproven_claim' then deal.unproven_claims
            when 'last_hour_edit' then deal.edited_minutes_before_call
            when 'late_entry' then deal.entry_days
        end::bigint as measure
) as judged
where judged.is_defect is not null;

comment on view bellwether.deal_check is
    'One row an open deal and rule of data quality as of the day read: whether the deal has the defect.';
comment on column bellwether.deal_check.owner_name is 'The owner''s name, else id; null when the owner is not among the people.';
comment on column bellwether.deal_check.is_owner_unknown is 'Whether the deal names no owner, or one who is not among the people.';
comment on column bellwether.deal_check.owner_team_id is 'The owner''s team on the day read.';
comment on column bellwether.deal_check.stage_name is 'The stage''s name; null when the stage is not among the stages.';
comment on column bellwether.deal_check.category is 'commit, best_case (upside), pipeline, omitted, or unmapped.';
comment on column bellwether.deal_check.amount_company is 'The amount in the company''s currency at the plan rate, rounded once; null without amount or rate.';
comment on column bellwether.deal_check.defect is 'The rule''s id, as in bellwether.quality_rule.';
comment on column bellwether.deal_check.version is 'The version of its definition.';
comment on column bellwether.deal_check.weight is 'Its points.';
comment on column bellwether.deal_check.is_defect is 'Whether the deal has the defect.';
comment on column bellwether.deal_check.measure is 'How much: days past due, business days without activity, pushes, minutes before the call …';
