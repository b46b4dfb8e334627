-- bellwether.deal_volume: how many deals were created, won and lost on each day, and what for.
-- Grain:  one row a day, event (new, won, lost, no_decision), owner, team, type and lead source.
-- Reads:  bellwether.deal_state
-- Units:  amount in the company's currency at plan rates, as of the day read.
-- Nulls:  owner_id null = no owner; team_id null = no team; amount null = no deal of the row has an amount.
-- Notes:  deals are new on the day on which the CRM says they were created, won and lost on their close date, by what is
--         known on the day read: what was entered late or backdated counts on the day that it names. A deal without that
--         date, or with one after the day read, is in no row. Open deals by the team of the day read, closed ones by that
--         of the day they closed. Splits do not count: a deal is its owner's.

create view bellwether.deal_volume with (security_invoker = true) as
select
    event.day,
    event.event,
    event.source,
    event.owner_id,
    max(event.owner_name) as owner_name,
    event.is_owner_unknown,
    event.team_id,
    event.type,
    event.lead_source,
    count(*) as deals,
    count(event.amount_company) as deals_with_amount,
    sum(event.amount_company) as amount
from (
    select
        deal.created_date as day,
        'new' as event,
        deal.source,
        deal.owner_id,
        deal.owner_name,
        deal.is_owner_unknown,
        deal.owner_team_id as team_id,
        deal.type,
        deal.lead_source,
        deal.amount_company
    from bellwether.deal_state as deal
    where deal.created_date <= (select bellwether.as_of())
    union all
    select
        deal.close_date,
        deal.kind,
        deal.source,
        deal.owner_id,
        deal.owner_name,
        deal.is_owner_unknown,
        deal.owner_team_id,
        deal.type,
        deal.lead_source,
        deal.amount_company
    from bellwether.deal_state as deal
    where deal.kind <> 'open' and deal.close_date <= (select bellwether.as_of())
) as event
group by
    event.day,
    event.event,
    event.source,
    event.owner_id,
    event.is_owner_unknown,
    event.team_id,
    event.type,
    event.lead_source;

comment on view bellwether.deal_volume is
    'One row a day, event and owner: how many deals were created, won and lost, and for how much, as of the day read.';
comment on column bellwether.deal_volume.day is 'The day on which they were created, or closed.';
comment on column bellwether.deal_volume.event is 'new, won, lost or no_decision.';
comment on column bellwether.deal_volume.source is 'The CRM instance or export scope, named in the mapping.';
comment on column bellwether.deal_volume.owner_id is 'The id of the owner.';
comment on column bellwether.deal_volume.owner_name is 'The owner''s name, else id; null when not among the people.';
comment on column bellwether.deal_volume.is_owner_unknown is 'Whether they name no owner, or one who is not among the people.';
comment on column bellwether.deal_volume.team_id is 'The owner''s team: on the day read for open deals, on the close date for closed ones.';
comment on column bellwether.deal_volume.type is 'The kind of business in the CRM''s words.';
comment on column bellwether.deal_volume.lead_source is 'Where they came from, in the CRM''s words.';
comment on column bellwether.deal_volume.deals is 'How many.';
comment on column bellwether.deal_volume.deals_with_amount is 'How many of them have an amount in the sum.';
comment on column bellwether.deal_volume.amount is 'The sum of their amounts; null when none has one.';
