-- bellwether.deal_ending: how each deal that is over ended, why, and against whom.
-- Grain:  one row a source and id of a deal that is not open, as of the day read.
-- Reads:  bellwether.deal_state, loss_record, competitor, account, lead
-- Units:  amount_company in the company's currency at the plan rate.
-- Nulls:  reason null = nobody gives one, or a word that says nothing (unknown, other, none, n/a); said_reason, reviewed_reason
--         likewise; competitor_id null = none is named; score_band null = it was no lead, or its lead has none.
-- Notes:  the reason is the review's, else the seller's of the loss record, else that of the deal itself. What a loss record
--         calls no_decision or disqualified is so whatever the stage says; of several records the newest of the deal's days
--         counts. Of several leads the first counts.

create view bellwether.deal_ending with (security_invoker = true) as
with record as (
    select distinct on (loss_record.source, loss_record.opportunity_id)
        loss_record.source,
        loss_record.opportunity_id,
        loss_record.outcome,
        loss_record.from_stage_id,
        loss_record.competitor_id,
        loss_record.no_decision_kind,
        loss_record.is_outsold,
        loss_record.is_reviewed_outsold,
        loss_record.reviewed_date,
        nullif(btrim(loss_record.reason), '') as reason,
        nullif(btrim(loss_record.reviewed_reason), '') as reviewed_reason
    from bellwether.loss_record
    order by loss_record.source, loss_record.opportunity_id, loss_record.lost_date desc nulls last, loss_record.id desc
),

came as (
    select
        lead.source,
        lead.opportunity_id,
        min(lead.score_band) as score_band
    from bellwether.lead
    where lead.opportunity_id is not null
    group by lead.source, lead.opportunity_id
)

select
    deal.source,
    deal.id,
    deal.name,
    deal.owner_id,
    deal.owner_name,
    deal.is_owner_unknown,
    deal.owner_team_id,
    case
        when deal.kind = 'won' then 'won'
        when record.outcome in ('no_decision', 'disqualified') then record.outcome
        else deal.kind
    end as outcome,
    deal.close_date,
    deal.amount_company,
    record.from_stage_id,
    case when deal.kind <> 'won' then told.said_reason end as said_reason,
    case when deal.kind <> 'won' then told.reviewed_reason end as reviewed_reason,
    case when deal.kind <> 'won' then coalesce(told.reviewed_reason, told.said_reason) end as reason,
    deal.kind <> 'won' and record.reviewed_date <= (select bellwether.as_of()) is true as is_reviewed,
    record.no_decision_kind,
    record.is_outsold,
    record.is_reviewed_outsold,
    record.competitor_id,
    coalesce(competitor.name, record.competitor_id) as competitor_name,
    nullif(btrim(deal.lead_source), '') as lead_source,
    came.score_band,
    nullif(btrim(account.segment), '') as segment
from bellwether.deal_state as deal
left join record on record.source = deal.source and record.opportunity_id = deal.id
left join bellwether.competitor
    on competitor.source = record.source and competitor.id = record.competitor_id
left join came on came.source = deal.source and came.opportunity_id = deal.id
left join bellwether.account on account.source = deal.source and account.id = deal.account_id
cross join lateral (
    select
        case
            when lower(record.reviewed_reason) not in ('unknown', 'other', 'none', 'n/a', '-')
                then record.reviewed_reason
        end as reviewed_reason,
        case
            when lower(coalesce(record.reason, nullif(btrim(deal.loss_reason), '')))
                not in ('unknown', 'other', 'none', 'n/a', '-')
                then coalesce(record.reason, btrim(deal.loss_reason))
        end as said_reason
) as told
where deal.kind <> 'open';

comment on view bellwether.deal_ending is
    'One row a deal that is over, as of the day read: won, lost, without a decision or disqualified, why, and against whom.';
comment on column bellwether.deal_ending.owner_name is 'The owner''s name, else id; null when the owner is not among the people.';
comment on column bellwether.deal_ending.is_owner_unknown is 'Whether the deal names no owner, or one who is not among the people.';
comment on column bellwether.deal_ending.owner_team_id is 'The owner''s team on the close date.';
comment on column bellwether.deal_ending.outcome is 'won, lost, no_decision or disqualified.';
comment on column bellwether.deal_ending.amount_company is 'The amount in the company''s currency at the plan rate; null without amount or rate.';
comment on column bellwether.deal_ending.from_stage_id is 'The id of the stage from which it was lost, as the loss record says.';
comment on column bellwether.deal_ending.said_reason is 'The reason that the seller gives.';
comment on column bellwether.deal_ending.reviewed_reason is 'The reason that a review found.';
comment on column bellwether.deal_ending.reason is 'The review''s reason, else the seller''s.';
comment on column bellwether.deal_ending.is_reviewed is 'Whether somebody has reviewed the loss by the day read.';
comment on column bellwether.deal_ending.is_outsold is 'Whether we were outsold, as the seller says.';
comment on column bellwether.deal_ending.is_reviewed_outsold is 'Whether we were outsold, as the review says.';
comment on column bellwether.deal_ending.competitor_id is 'The id of the competitor that won.';
comment on column bellwether.deal_ending.competitor_name is 'Its name, else its id.';
comment on column bellwether.deal_ending.score_band is 'The band of the score of the lead that it was.';
comment on column bellwether.deal_ending.segment is 'The account''s segment.';
