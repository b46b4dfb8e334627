-- bellwether.milestone_standing: which milestones of the stages that it came to a deal has reached.
-- Grain:  one row a source, deal and milestone of a stage that the deal came to, as of the day read.
-- Reads:  bellwether.milestone, milestone_claim, opportunity_history, deal_state, first_snapshot, crm_history
-- Units:  days in calendar days.
-- Nulls:  moved_on null = it has come to no further stage; ended null = it is open; claimed_date null = nobody claims it, or
--         the claim was withdrawn; reached_date null = there is no claim with evidence.
-- Notes:  evidence is a kind and a day of it. A deal counts when it was created since the first milestone of its source was
--         reached: of older ones nobody wrote down what they had. Milestones without a stage are in no row.
--         It had its time when it came further or ended, or stands in the stage for twice the usual days (30 when none are
--         stated).

create view bellwether.milestone_standing with (security_invoker = true) as
with claim as (
    select
        milestone_claim.source,
        milestone_claim.opportunity_id,
        milestone_claim.milestone_id,
        min(milestone_claim.reached_date) as claimed_date,
        min(milestone_claim.reached_date) filter (
            where milestone_claim.evidence_kind is not null
                and milestone_claim.evidence_date <= (select bellwether.as_of())
        ) as reached_date
    from bellwether.milestone_claim
    where milestone_claim.reached_date <= (select bellwether.as_of())
        and coalesce(milestone_claim.withdrawn_date > (select bellwether.as_of()), true)
    group by milestone_claim.source, milestone_claim.opportunity_id, milestone_claim.milestone_id
),

tracking as (
    select
        claim.source,
        min(claim.claimed_date) as first_day,
        min(known.day) as known_day
    from claim
    left join (
        select first_snapshot.source, first_snapshot.day
        from bellwether.first_snapshot
        where first_snapshot.entity = 'opportunity'
        union all
        select crm_history.source, crm_history.first_day
        from bellwether.crm_history
        where crm_history.entity = 'opportunity'
    ) as known on known.source = claim.source
    group by claim.source
),

arrival as (
    select
        history.source,
        history.id,
        history.stage_id,
        min(history.valid_from) as arrived,
        min(tracking.known_day) as known_day
    from bellwether.opportunity_history as history
    inner join tracking
        on tracking.source = history.source and history.created_date >= tracking.first_day
    where history.valid_from <= (select bellwether.as_of()) and history.stage_id is not null
    group by history.source, history.id, history.stage_id
),

passed as (
    select
        arrival.source,
        arrival.id,
        arrival.stage_id,
        arrival.arrived,
        arrival.known_day,
        lead(arrival.arrived) over (partition by arrival.source, arrival.id order by arrival.arrived) as moved_on
    from arrival
),

-- What could be reached and what is claimed, joined by grouping: of a join the planner expects one row and loops.
standing as (
    select
        part.source,
        part.id,
        part.milestone_id,
        max(part.milestone_position) as milestone_position,
        max(part.stage_id) as stage_id,
        max(part.arrived) as arrived,
        max(part.known_day) as known_day,
        max(part.moved_on) as moved_on,
        max(part.usual_days) as usual_days,
        min(part.claimed_date) as claimed_date,
        min(part.reached_date) as reached_date
    from (
        select
            passed.source,
            passed.id,
            milestone.id as milestone_id,
            milestone.position as milestone_position,
            passed.stage_id,
            passed.arrived,
            passed.known_day,
            passed.moved_on,
            milestone.usual_days,
            null::date as claimed_date,
            null::date as reached_date
        from passed
        inner join bellwether.milestone
            on milestone.source = passed.source and milestone.stage_id = passed.stage_id
        union all
        select
            claim.source,
            claim.opportunity_id,
            claim.milestone_id,
            null,
            null,
            null,
            null,
            null,
            null,
            claim.claimed_date,
            claim.reached_date
        from claim
    ) as part
    group by part.source, part.id, part.milestone_id
    having max(part.arrived) is not null
)

select
    standing.source,
    standing.id,
    standing.milestone_id,
    standing.milestone_position,
    standing.stage_id,
    standing.arrived,
    coalesce(standing.arrived = standing.known_day and deal.created_date < standing.arrived, false)
        as is_arrival_unknown,
    standing.moved_on,
    deal.kind,
    case
        when deal.kind <> 'open'
            then least(coalesce(deal.close_date, standing.moved_on), (select bellwether.as_of()))
    end as ended,
    deal.owner_id,
    deal.owner_name,
    deal.is_owner_unknown,
    deal.owner_team_id,
    standing.claimed_date,
    standing.reached_date,
    standing.moved_on is not null
    or deal.kind <> 'open'
    or (select bellwether.as_of()) - standing.arrived >= 2 * coalesce(standing.usual_days, 15) as had_time
from standing
inner join bellwether.deal_state as deal
    on deal.source = standing.source and deal.id = standing.id;

comment on view bellwether.milestone_standing is
    'One row a deal and milestone of a stage that it came to, as of the day read: claimed, reached with evidence, and whether it had its time.';
comment on column bellwether.milestone_standing.id is 'The deal''s id.';
comment on column bellwether.milestone_standing.milestone_id is 'The milestone''s id.';
comment on column bellwether.milestone_standing.milestone_position is 'The milestone''s place in the process.';
comment on column bellwether.milestone_standing.stage_id is 'The id of the stage that the milestone supports.';
comment on column bellwether.milestone_standing.arrived is 'The first day on which the deal was in that stage.';
comment on column bellwether.milestone_standing.is_arrival_unknown is 'Whether that is the first day known, and the deal older.';
comment on column bellwether.milestone_standing.moved_on is 'The day on which it first came to the next stage that was new to it.';
comment on column bellwether.milestone_standing.kind is 'open, won, lost or no_decision.';
comment on column bellwether.milestone_standing.ended is 'The day on which it was won or lost.';
comment on column bellwether.milestone_standing.owner_name is 'The owner''s name, else id; null when the owner is not among the people.';
comment on column bellwether.milestone_standing.is_owner_unknown is 'Whether the deal names no owner, or one who is not among the people.';
comment on column bellwether.milestone_standing.owner_team_id is 'The owner''s team: on the day read for open deals, on the close date for closed ones.';
comment on column bellwether.milestone_standing.claimed_date is 'The first day for which somebody claims the milestone.';
comment on column bellwether.milestone_standing.reached_date is 'The first such day of a claim with evidence.';
comment on column bellwether.milestone_standing.had_time is 'Whether it came further, ended, or stands in the stage for twice the usual days.';
