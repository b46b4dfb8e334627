-- bellwether.quality_rule: the rules of data quality, with their weights and whether a source's exports tell enough for them.
-- Grain:  one row a source and defect.
-- Reads:  bellwether.live_snapshot, crm_history, quality_weight, reporting_company, opportunity, person, activity, field_change,
--         standing_call
-- Units:  weight in points: what a defect weighs among the others; threshold in `unit`.
-- Nulls:  threshold null = the rule has none; missing null = it is measured.
-- Notes:  a weight of `bellwether.quality_weight` counts before the shipped one; one below zero counts as zero. A rule whose
--         data no export brings is measured for nobody: it counts neither as a defect nor as clean. That a deal is nobody's can
--         always be told.

create view bellwether.quality_rule with (security_invoker = true) as
with known_source as (
    select live.source, count(distinct live.day) filter (where live.day <= (select bellwether.as_of())) as days
    from bellwether.live_snapshot as live
    where live.entity = 'opportunity'
    group by live.source
),

-- Which columns the exports fill at all, of open and closed deals.
filled as (
    select
        deal.source,
        bool_or(deal.close_date is not null) as has_close_date,
        bool_or(deal.amount is not null) as has_amount,
        bool_or(deal.next_step is not null or deal.next_step_date is not null) as has_next_step,
        bool_or(deal.forecast_category is not null or deal.is_closed is not null) as has_category
    from bellwether.opportunity as deal
    group by deal.source
),

staffed as (
    select person.source
    from bellwether.person
    where person.is_active is not null or person.end_date is not null
    group by person.source
),

loaded as (
    select live.source, live.entity
    from bellwether.live_snapshot as live
    where live.entity in ('activity', 'contact_role', 'milestone_claim')
        and live.day <= (select bellwether.as_of())
    group by live.source, live.entity
),

-- Sources whose activities say when they were written down.
logged as (
    select activity.source
    from bellwether.activity
    where activity.logged_at is not null and activity.activity_date is not null
    group by activity.source
),

-- Sources whose history tells the time of day of the week's edits, and calls that do.
timed as (
    select change.source
    from bellwether.field_change as change
    where change.changed_at > ((select bellwether.as_of()) - 9)::timestamp at time zone 'UTC'
        and change.changed_on > (select bellwether.as_of()) - 7
        and extract(epoch from change.changed_at)::bigint % 86400 <> 0
        and exists (
            select
            from bellwether.standing_call as call
            where call.submitted_at is not null
                and call.amount is not null
                and call.submitted_day > (select bellwether.as_of()) - 7
        )
    group by change.source
),

weighted as (
    select distinct on (own.defect)
        own.defect,
        own.weight,
        own.threshold
    from bellwether.quality_weight as own
    left join bellwether.reporting_company as company on true
    order by own.defect, coalesce(own.source = company.source, false) desc, own.source, own.id
),

shipped (place, defect, version, title, weight, threshold, unit, is_judged_of_teams) as (
    values
        (1, 'past_due', 1, 'Past its close date', 15, 0, 'days', false),
        (2, 'undated', 1, 'Without a close date', 10, null, null, false),
        (3, 'no_activity', 1, 'Gone quiet', 15, 10, 'business days', false),
        (4, 'no_next_step', 1, 'No or old next step', 10, 30, 'days', false),
        (5, 'amount_missing', 1, 'No amount', 10, 2, 'stage', false),
        (6, 'category_conflict', 1, 'Category against stage', 5, 2, 'steps', false),
        (7, 'pushed', 1, 'Pushed often', 8, 3, 'pushes', false),
        (8, 'empty_push', 1, 'Pushed, no answer', 7, 14, 'days', false),
        (9, 'over_age', 1, 'Too long in its stage', 10, null, 'days', false),
        (10, 'no_contact_role', 1, 'No contact', 5, null, null, false),
        (11, 'no_owner', 1, 'No owner', 10, null, null, false),
        (12, 'inactive_owner', 1, 'Owner has left', 10, null, null, false),
        (13, 'far_close_date', 1, 'Close date far ahead', 5, 12, 'months', false),
        (14, 'heaping', 1, 'Closes on a last day', 3, null, null, true),
        (15, 'unproven_claim', 1, 'Milestone unproven', 8, null, null, false),
        (16, 'last_hour_edit', 1, 'Edited before a call', 4, 60, 'minutes', false),
        (17, 'late_entry', 1, 'Written down late', 3, 3, 'days', false)
)

select
    known_source.source,
    shipped.place,
    shipped.defect,
    shipped.version,
    shipped.title,
    greatest(coalesce(weighted.weight, shipped.weight), 0) as weight,
    coalesce(weighted.threshold, shipped.threshold) as threshold,
    shipped.unit,
    shipped.is_judged_of_teams,
    weighted.weight is not null as is_weight_loaded,
    needs.missing is null as is_measured,
    needs.missing
from known_source
cross join shipped
left join weighted on weighted.defect = shipped.defect
left join filled on filled.source = known_source.source
cross join lateral (
    select
        case
            when shipped.defect in ('past_due', 'undated', 'far_close_date', 'heaping')
                and filled.has_close_date is not true
                then 'no close dates loaded'
            when shipped.defect = 'amount_missing' and filled.has_amount is not true then 'no amounts loaded'
            when shipped.defect = 'no_next_step' and filled.has_next_step is not true then 'no next steps loaded'
            when shipped.defect = 'category_conflict' and filled.has_category is not true
                then 'no categories of deals loaded'
            when shipped.defect in ('pushed', 'empty_push', 'over_age')
                and known_source.days < 2
                and not exists (
                    select
                    from bellwether.crm_history
                    where crm_history.source = known_source.source
                        and crm_history.entity = 'opportunity'
                        and crm_history.first_day < (select bellwether.as_of())
                )
                then 'one day of history alone'
            when shipped.defect in ('no_activity', 'empty_push')
                and not exists (
                    select
                    from loaded
                    where loaded.source = known_source.source and loaded.entity = 'activity'
                )
                then 'no activities loaded'
            when shipped.defect = 'late_entry'
                and not exists (select from logged where logged.source = known_source.source)
                then 'no times of entry loaded'
            when shipped.defect = 'no_contact_role'
                and not exists (
                    select
                    from loaded
                    where loaded.source = known_source.source and loaded.entity = 'contact_role'
                )
                then 'no contact roles loaded'
            when shipped.defect = 'inactive_owner'
                and not exists (select from staffed where staffed.source = known_source.source)
                then 'nothing loaded of who has left'
            when shipped.defect = 'unproven_claim'
                and not exists (
                    select
                    from loaded
                    where loaded.source = known_source.source and loaded.entity = 'milestone_claim'
                )
                then 'no milestones loaded'
            when shipped.defect = 'last_hour_edit'
                and not exists (select from timed where timed.source = known_source.source)
                then 'no times of edits and calls loaded'
        end as missing
) as needs;

comment on view bellwether.quality_rule is
    'One row a source and rule of data quality as of the day read: its weight, its threshold, and whether the exports tell enough for it.';
comment on column bellwether.quality_rule.source is 'The CRM instance or export scope, named in the mapping.';
comment on column bellwether.quality_rule.place is 'The rule''s place in lists, from 1.';
comment on column bellwether.quality_rule.defect is 'The rule''s id: past_due, no_activity, pushed …';
comment on column bellwether.quality_rule.version is 'The version of its definition.';
comment on column bellwether.quality_rule.title is 'The defect in words.';
comment on column bellwether.quality_rule.weight is 'Its points: the loaded ones, else those shipped.';
comment on column bellwether.quality_rule.threshold is 'From which number on it is a defect, in `unit`.';
comment on column bellwether.quality_rule.unit is 'days, business days, months, minutes, pushes, steps (of the category), stage (from which position on).';
comment on column bellwether.quality_rule.is_judged_of_teams is 'Whether it says something of teams alone, and nothing of one person.';
comment on column bellwether.quality_rule.is_weight_loaded is 'Whether the weight comes from bellwether.quality_weight.';
comment on column bellwether.quality_rule.is_measured is 'Whether the source''s exports tell enough for it.';
comment on column bellwether.quality_rule.missing is 'What is missing, where it is not measured.';
