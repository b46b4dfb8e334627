-- bellwether.open_deal_age: how long each open deal has been there, and in its stage.
-- Grain:  one row a source and id of a deal that is open on the day read.
-- Reads:  bellwether.deal_outcome, stage_visit, process_stage
-- Units:  days in calendar days up to the day read; amount_company in the company's currency at the plan rate.
-- Nulls:  days null = created on no known day; stage_days null = nobody knows when it entered its stage.
-- Notes:  only the visit that goes on counts; who comes back to a stage begins anew.

create view bellwether.open_deal_age with (security_invoker = true) as
select
    deal.source,
    deal.id,
    deal.name,
    deal.owner_id,
    deal.owner_name,
    deal.is_owner_unknown,
    deal.owner_team_id,
    deal.segment,
    deal.stage_id,
    coalesce(deal.stage_name, deal.stage_id) as stage_name,
    coalesce(stage.is_qualified, false) as is_qualified,
    deal.is_past_due,
    deal.days,
    case when not visit.is_entry_unknown then visit.days end as stage_days,
    deal.amount_company
from bellwether.deal_outcome as deal
left join bellwether.process_stage as stage on stage.source = deal.source and stage.id = deal.stage_id
left join bellwether.stage_visit as visit
    on visit.source = deal.source and visit.id = deal.id and visit.exited is null
where deal.kind = 'open';

comment on view bellwether.open_deal_age is
    'One row an open deal as of the day read: how many days it is old, and how many in its stage.';
comment on column bellwether.open_deal_age.owner_name is 'The owner''s name, else id; null when the owner is not among the people.';
comment on column bellwether.open_deal_age.is_owner_unknown is 'Whether the deal names no owner, or one who is not among the people.';
comment on column bellwether.open_deal_age.owner_team_id is 'The owner''s team on the day read.';
comment on column bellwether.open_deal_age.segment is 'The account''s segment.';
comment on column bellwether.open_deal_age.stage_name is 'The stage''s name, else its id.';
comment on column bellwether.open_deal_age.is_qualified is 'Whether a deal in its stage is qualified.';
comment on column bellwether.open_deal_age.is_past_due is 'Whether its close date lies before the day read.';
comment on column bellwether.open_deal_age.days is 'Days since its creation.';
comment on column bellwether.open_deal_age.stage_days is 'Days since it entered its stage.';
comment on column bellwether.open_deal_age.amount_company is 'The amount at the plan rate; null without amount or rate.';
