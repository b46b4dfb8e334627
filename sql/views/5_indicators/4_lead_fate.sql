-- bellwether.lead_fate: what became of each lead: a deal, a won deal, nothing, or nothing yet.
-- Grain:  one row a source and id of a lead.
-- Reads:  bellwether.lead, deal_outcome, person_history
-- Units:  deal_amount in the company's currency at the plan rate.
-- Nulls:  deal_id null = it is no deal; became_deal_on null = it is none, or on no known day; deal_kind null = no such deal.
-- Notes:  a lead is a deal where it names one: leads that became accounts alone are none.

create view bellwether.lead_fate with (security_invoker = true) as
select
    lead.source,
    lead.id,
    lead.owner_id,
    owner.id is null as is_owner_unknown,
    owner.team_id as owner_team_id,
    lead.lead_source,
    lead.segment,
    lead.score_band,
    lead.created_date as created,
    lead.disqualified_date as given_up_on,
    lead.opportunity_id as deal_id,
    case when lead.opportunity_id is not null then coalesce(lead.converted_date, deal.created) end as became_deal_on,
    deal.kind as deal_kind,
    deal.ended as deal_ended,
    deal.amount_company as deal_amount
from bellwether.lead
left join bellwether.deal_outcome as deal
    on deal.source = lead.source and deal.id = lead.opportunity_id
left join bellwether.person_history as owner
    on owner.source = lead.source
        and owner.id = lead.owner_id
        and owner.valid_from <= coalesce((select bellwether.org_day()), (select bellwether.as_of()))
        and owner.valid_to > coalesce((select bellwether.org_day()), (select bellwether.as_of()));

comment on view bellwether.lead_fate is
    'One row a lead as of the day read: when it came, when it became a deal or was given up, and how the deal ended.';
comment on column bellwether.lead_fate.is_owner_unknown is 'Whether it names no owner, or one who is not among the people.';
comment on column bellwether.lead_fate.owner_team_id is 'The owner''s team on the day read.';
comment on column bellwether.lead_fate.created is 'The day on which it was created in the CRM.';
comment on column bellwether.lead_fate.given_up_on is 'The day on which it was given up.';
comment on column bellwether.lead_fate.deal_id is 'The id of the deal that it became.';
comment on column bellwether.lead_fate.became_deal_on is 'The day on which it became a deal.';
comment on column bellwether.lead_fate.deal_kind is 'How the deal stands: open, won, lost or no_decision.';
comment on column bellwether.lead_fate.deal_ended is 'The day on which the deal was won or lost.';
comment on column bellwether.lead_fate.deal_amount is 'The deal''s amount as of the day read.';
