-- bellwether.deal_outcome: how each deal stands on the day read, and how long it took or has taken.
-- Grain:  one row a source and opportunity id.
-- Reads:  bellwether.deal_state, account
-- Units:  days in calendar days from creation to the end, or to the day read while it is open; amounts in the company's
--         currency at the plan rate.
-- Nulls:  created null = the CRM does not say; ended null = it is open, or closed without a day; days null = one of the
--         two is not known, or they stand the wrong way round.
-- Notes:  a deal whose close date lies ahead ended on the day read at the latest.

create view bellwether.deal_outcome with (security_invoker = true) as
select
    dated.source,
    dated.id,
    dated.name,
    dated.owner_id,
    dated.owner_name,
    dated.is_owner_unknown,
    dated.owner_team_id,
    dated.type,
    dated.lead_source,
    account.segment,
    dated.stage_id,
    dated.stage_name,
    dated.kind,
    dated.created,
    dated.ended,
    case
        when dated.kind <> 'open' and dated.ended is null then null
        when dated.created <= coalesce(dated.ended, (select bellwether.as_of()))
            then coalesce(dated.ended, (select bellwether.as_of())) - dated.created
    end as days,
    dated.is_past_due,
    dated.amount_company
from (
    select
        deal.source,
        deal.id,
        deal.name,
        deal.account_id,
        deal.owner_id,
        deal.owner_name,
        deal.is_owner_unknown,
        deal.owner_team_id,
        deal.type,
        deal.lead_source,
        deal.stage_id,
        deal.stage_name,
        deal.kind,
        deal.created_date as created,
        -- Without a close date least() would take the day read.
        case
            when deal.kind <> 'open' and deal.close_date is not null
                then least(deal.close_date, (select bellwether.as_of()))
        end as ended,
        deal.close_date,
        deal.is_past_due,
        deal.amount_company
    from bellwether.deal_state as deal
) as dated
left join bellwether.account on account.source = dated.source and account.id = dated.account_id;

comment on view bellwether.deal_outcome is
    'One row a deal as of the day read: open, won, lost or without a decision, when, and after how many days.';
comment on column bellwether.deal_outcome.owner_name is 'The owner''s name, else id; null when the owner is not among the people.';
comment on column bellwether.deal_outcome.is_owner_unknown is 'Whether the deal names no owner, or one who is not among the people.';
comment on column bellwether.deal_outcome.owner_team_id is 'The owner''s team: on the day read for open deals, on the close date for closed ones.';
comment on column bellwether.deal_outcome.segment is 'The account''s segment.';
comment on column bellwether.deal_outcome.stage_name is 'The stage''s name; null when the stage is not among the stages.';
comment on column bellwether.deal_outcome.kind is 'open, won, lost or no_decision.';
comment on column bellwether.deal_outcome.created is 'The day on which it was created in the CRM.';
comment on column bellwether.deal_outcome.ended is 'The day on which it was won or lost.';
comment on column bellwether.deal_outcome.days is 'Days from creation to the end, or to the day read while it is open.';
comment on column bellwether.deal_outcome.is_past_due is 'Whether it is open with a close date before the day read.';
comment on column bellwether.deal_outcome.amount_company is 'The amount as of the day read.';
