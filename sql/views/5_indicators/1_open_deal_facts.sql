-- bellwether.open_deal_facts(): what data quality is judged by, of every open deal as of the day read.
-- Reads:  bellwether.deal_state, stage_outcome, close_move, stage_visit, opportunity_history, crm_history, activity, contact_role,
--         milestone_claim, person, holiday, calendar_period, field_change, standing_call, team, company_time_zone()
-- Notes:  read it as bellwether.deal_quality, which says what each column is. It is a function for the sake of its setting: of
--         views upon views the planner expects one row, and would join a hundred thousand deals with themselves in loops.
--         Pushes, visits and next steps are looked up by the deals' keys in arrays, so that they reach the versions before
--         windows are made of them.

create function bellwether.open_deal_facts() returns table (
    source text,
    id text,
    name text,
    account_id text,
    owner_id text,
    owner_name text,
    is_owner_unknown boolean,
    owner_team_id text,
    stage_id text,
    stage_name text,
    stage_position integer,
    category text,
    amount numeric,
    amount_company numeric,
    close_date date,
    created_date date,
    days_past_due integer,
    last_activity date,
    next_activity date,
    last_answer date,
    idle_business_days bigint,
    entry_days integer,
    next_step text,
    next_step_date date,
    next_step_since date,
    pushes bigint,
    last_push date,
    stage_entered date,
    stage_days integer,
    is_stage_entry_unknown boolean,
    stage_limit_days double precision,
    stage_median_days double precision,
    stage_limit_visits bigint,
    category_steps integer,
    is_outcome_conflict boolean,
    contacts bigint,
    claims bigint,
    unproven_claims bigint,
    is_owner_inactive boolean,
    is_on_last_day boolean,
    edited_minutes_before_call numeric
)
language sql stable parallel safe rows 50000
set search_path = pg_catalog
set enable_nestloop = off
as $function$
with looked_at as materialized (
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
        deal.stage_position,
        deal.kind,
        deal.category,
        deal.category_from,
        deal.amount,
        deal.amount_company,
        deal.is_outcome_conflict,
        deal.close_date,
        deal.created_date,
        deal.next_step
    from bellwether.deal_state as deal
    where deal.kind = 'open'
        or (
            deal.kind = 'won'
            and deal.close_date > (select bellwether.as_of()) - 365
            and deal.close_date <= (select bellwether.as_of())
        )
),

open_deal as materialized (
    select
        looked_at.source,
        looked_at.id,
        looked_at.name,
        looked_at.account_id,
        looked_at.owner_id,
        looked_at.owner_name,
        looked_at.is_owner_unknown,
        looked_at.owner_team_id,
        looked_at.stage_id,
        looked_at.stage_name,
        looked_at.stage_position,
        looked_at.category,
        looked_at.category_from,
        looked_at.amount,
        looked_at.amount_company,
        looked_at.is_outcome_conflict,
        looked_at.close_date,
        looked_at.created_date,
        looked_at.next_step
    from looked_at
    where looked_at.kind = 'open'
),

open_key as materialized (
    select
        array(select distinct open_deal.source from open_deal) as sources,
        array(select open_deal.id from open_deal) as ids
),

-- Pushes: metric 16.
pushed as (
    select
        move.source,
        move.id,
        count(*) as pushes,
        max(move.day) as last_push
    from bellwether.close_move as move
    where move.source = any (array(select unnest(open_key.sources) from open_key))
        and move.id = any (array(select unnest(open_key.ids) from open_key))
        and move.is_push
    group by move.source, move.id
),

visited as (
    select
        visit.source,
        visit.id,
        visit.days,
        visit.entered,
        visit.is_entry_unknown
    from bellwether.stage_visit as visit
    where visit.source = any (array(select unnest(open_key.sources) from open_key))
        and visit.id = any (array(select unnest(open_key.ids) from open_key))
        and visit.exited is null
),

-- How long deals that were won within a year stayed in each stage: metric 14.
stage_limit as (
    select
        visit.source,
        visit.stage_id,
        count(*) as visits,
        percentile_cont(0.5) within group (order by visit.days) as median_days,
        percentile_cont(0.75) within group (order by visit.days) as limit_days
    from bellwether.stage_visit as visit
    where visit.source = any (array(select distinct won.source from looked_at as won where won.kind = 'won'))
        and visit.id = any (array(select won.id from looked_at as won where won.kind = 'won'))
        and visit.exited is not null
        and not visit.is_vanished
        and not visit.is_entry_unknown
    group by visit.source, visit.stage_id
    having count(*) >= 10
),

-- Since when the next step reads as it does.
stepped as (
    select
        step.source,
        step.id,
        max(step.valid_from) filter (where step.is_new) as since,
        (array_agg(step.next_step_date order by step.valid_from desc))[1] as next_step_date
    from (
        select
            history.source,
            history.id,
            history.valid_from,
            history.next_step_date,
            lag(history.valid_from) over deal is null
            or history.next_step is distinct from lag(history.next_step) over deal
            or history.next_step_date is distinct from lag(history.next_step_date) over deal as is_new
        from bellwether.opportunity_history as history
        where history.source = any (array(select unnest(open_key.sources) from open_key))
            and history.id = any (array(select unnest(open_key.ids) from open_key))
            and history.valid_from <= (select bellwether.as_of())
        window deal as (partition by history.source, history.id order by history.valid_from)
    ) as step
    group by step.source, step.id
),

touched as (
    select
        activity.source,
        activity.opportunity_id as id,
        max(activity.activity_date) filter (where judged.is_touch) as last_activity,
        max(activity.activity_date) filter (where judged.is_touch and judged.is_answer) as last_answer,
        min(activity.activity_date) filter (where judged.is_planned) as next_activity,
        max((activity.logged_at at time zone (select bellwether.company_time_zone()))::date - activity.activity_date)
            filter (
                where activity.activity_date > (select bellwether.as_of()) - 30
                    and activity.activity_date <= (select bellwether.as_of())
                    and activity.is_done is not false
            ) as entry_days
    from bellwether.activity
    inner join open_deal on open_deal.source = activity.source and open_deal.id = activity.opportunity_id
    cross join lateral (
        select
            coalesce(activity.kind, '') not in ('task', 'note') as is_contact,
            activity.activity_date > (select bellwether.as_of()) as is_ahead
    ) as sorted
    cross join lateral (
        select
            sorted.is_contact
            and not sorted.is_ahead
            and activity.is_done is not false
            and activity.is_held is not false as is_touch,
            activity.kind = 'meeting' or activity.direction = 'inbound' as is_answer,
            sorted.is_contact and sorted.is_ahead and activity.is_held is not false as is_planned
    ) as judged
    where activity.activity_date is not null
    group by activity.source, activity.opportunity_id
),

-- Each day of the last two years with the business days after it up to the day read.
idle_day as materialized (
    select
        step.day,
        count(*) filter (where step.is_business_day)
            over (order by step.day desc rows between unbounded preceding and 1 preceding) as business_days
    from (
        select
            series.day::date as day,
            extract(isodow from series.day) < 6
            and not exists (
                select
                from bellwether.holiday
                where holiday.holiday_date = series.day::date and holiday.region is null
            ) as is_business_day
        from generate_series(
            (select bellwether.as_of()) - 730, (select bellwether.as_of()), interval '1 day') as series (day)
    ) as step
),

connected as (
    select contact_role.source, contact_role.opportunity_id as id, count(*) as contacts
    from bellwether.contact_role
    group by contact_role.source, contact_role.opportunity_id
),

-- Claims of milestones that want evidence, and have none: metric 28.
claimed as (
    select
        claim.source,
        claim.opportunity_id as id,
        count(*) as claims,
        count(*) filter (
            where claim.evidence is null
                and claim.evidence_date is null
                and claim.verified_date is null
        ) as unproven_claims
    from bellwether.milestone_claim as claim
    where coalesce(claim.withdrawn_date > (select bellwether.as_of()), true)
    group by claim.source, claim.opportunity_id
),

period_end as (
    select distinct calendar_period.end_date
    from bellwether.calendar_period
    where calendar_period.kind = (
        select usual.kind
        from (values ('quarter', 1), ('month', 2), ('week', 3), ('year', 4)) as usual (kind, place)
        where usual.kind in (select known.kind from bellwether.calendar_period as known)
        order by usual.place
        limit 1
    )
),

-- The calls of the last seven days, by the team whose deals they speak of.
team_call as (
    select
        team.source,
        team.id as team_id,
        call.submitted_at
    from bellwether.standing_call as call
    inner join bellwether.team
        on team.source = call.node_source
            and case call.node_kind
                when 'team' then team.id = call.node_id
                when 'lead' then team.lead_id = call.node_id
                else false
            end
    where call.submitted_at is not null
        and call.amount is not null
        and call.submitted_day > (select bellwether.as_of()) - 7
),

edited as (
    select
        change.source,
        change.record_id as id,
        min(ceil(extract(epoch from team_call.submitted_at - change.changed_at) / 60)) as minutes
    from bellwether.field_change as change
    inner join open_deal on open_deal.source = change.source and open_deal.id = change.record_id
    inner join team_call
        on team_call.source = open_deal.source
            and team_call.team_id = open_deal.owner_team_id
            and change.changed_at <= team_call.submitted_at
            and change.changed_at > team_call.submitted_at - interval '1 day'
    where change.entity = 'opportunity'
        and change.field in ('amount', 'close_date', 'forecast_category', 'stage_id')
        -- No day begins earlier anywhere: what is older need not be told its own day.
        and change.changed_at > ((select bellwether.as_of()) - 10)::timestamp at time zone 'UTC'
        and change.changed_on > (select bellwether.as_of()) - 8
    group by change.source, change.record_id
)

select
    open_deal.source,
    open_deal.id,
    open_deal.name,
    open_deal.account_id,
    open_deal.owner_id,
    open_deal.owner_name,
    open_deal.is_owner_unknown,
    open_deal.owner_team_id,
    open_deal.stage_id,
    open_deal.stage_name,
    open_deal.stage_position,
    open_deal.category,
    open_deal.amount,
    open_deal.amount_company,
    open_deal.close_date,
    open_deal.created_date,
    (select bellwether.as_of()) - open_deal.close_date as days_past_due,
    touched.last_activity,
    touched.next_activity,
    touched.last_answer,
    case
        when idle.since < (select bellwether.as_of()) - 730 then 9999
        else coalesce(idle_day.business_days, case when idle.since is not null then 0 end)
    end as idle_business_days,
    touched.entry_days,
    open_deal.next_step,
    stepped.next_step_date,
    greatest(
        stepped.since,
        case when 'next_step' = any (past.assumed_fields) then past.until_day end
    ) as next_step_since,
    coalesce(pushed.pushes, 0) as pushes,
    pushed.last_push,
    visited.entered as stage_entered,
    visited.days as stage_days,
    coalesce(visited.is_entry_unknown, true) as is_stage_entry_unknown,
    stage_limit.limit_days as stage_limit_days,
    stage_limit.median_days as stage_median_days,
    stage_limit.visits as stage_limit_visits,
    case
        when open_deal.category_from = 'crm'
            then abs(
                array_position(array['omitted', 'pipeline', 'best_case', 'commit'], open_deal.category)
                - array_position(array['omitted', 'pipeline', 'best_case', 'commit'], stage.category))
    end as category_steps,
    open_deal.is_outcome_conflict,
    coalesce(connected.contacts, 0) as contacts,
    coalesce(claimed.claims, 0) as claims,
    coalesce(claimed.unproven_claims, 0) as unproven_claims,
    owner.is_active is false or coalesce(owner.end_date < (select bellwether.as_of()), false) as is_owner_inactive,
    period_end.end_date is not null as is_on_last_day,
    edited.minutes as edited_minutes_before_call
from open_deal
left join pushed on pushed.source = open_deal.source and pushed.id = open_deal.id
left join visited on visited.source = open_deal.source and visited.id = open_deal.id
left join stage_limit on stage_limit.source = open_deal.source and stage_limit.stage_id = open_deal.stage_id
left join stepped on stepped.source = open_deal.source and stepped.id = open_deal.id
left join touched on touched.source = open_deal.source and touched.id = open_deal.id
left join connected on connected.source = open_deal.source and connected.id = open_deal.id
left join claimed on claimed.source = open_deal.source and claimed.id = open_deal.id
left join edited on edited.source = open_deal.source and edited.id = open_deal.id
left join bellwether.stage_outcome as stage
    on stage.source = open_deal.source and stage.id = open_deal.stage_id
left join bellwether.person as owner
    on owner.source = open_deal.source and owner.id = open_deal.owner_id
left join bellwether.crm_history as past
    on past.source = open_deal.source and past.entity = 'opportunity'
left join period_end on period_end.end_date = open_deal.close_date
cross join lateral (
    select coalesce(touched.last_activity, open_deal.created_date) as since
) as idle
left join idle_day on idle_day.day = idle.since
$function$;

comment on function bellwether.open_deal_facts() is
    'The facts by which the quality of the data of open deals is judged, as bellwether.deal_quality shows them.';
