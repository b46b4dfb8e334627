-- bellwether.overlay_credit: who is credited for deals beside those to whom they count.
-- Grain:  one row a deal and person with overlay credit.
-- Reads:  bellwether.split_share, person_history
-- Units:  percent of the deal; amount_company in the company's currency at the plan rate, rounded to its smallest unit.
-- Nulls:  amount_company null = the deal has no amount or rate.
-- Notes:  in no total: it comes on top of the whole deal, and may exceed it. Deals of every outcome are here.

create view bellwether.overlay_credit with (security_invoker = true) as
with share as (
    select
        split.source,
        split.opportunity_id,
        split.person_id,
        split.deal_kind,
        split.category,
        split.close_date,
        split.is_past_due,
        split.team_day,
        split.company_currency,
        sum(split.percent) as percent,
        sum(split.amount_company) as amount
    from bellwether.split_share as split
    where split.kind = 'overlay' and split.fault is null and split.percent > 0
    group by
        split.source,
        split.opportunity_id,
        split.person_id,
        split.deal_kind,
        split.category,
        split.close_date,
        split.is_past_due,
        split.team_day,
        split.company_currency
)

select
    share.source,
    share.opportunity_id,
    share.person_id,
    coalesce(person.name, person.id) as person_name,
    person.id is null as is_person_unknown,
    person.team_id,
    share.deal_kind,
    share.category,
    share.close_date,
    share.is_past_due,
    round(share.percent, 6) as percent,
    round(share.amount, bellwether.minor_unit_places(share.company_currency)) as amount_company
from share
left join bellwether.person_history as person
    on person.source = share.source
        and person.id = share.person_id
        and person.valid_from <= share.team_day
        and person.valid_to > share.team_day;

comment on view bellwether.overlay_credit is
    'One row a deal and person with overlay credit: beside the deal''s amount, in no total.';
comment on column bellwether.overlay_credit.opportunity_id is 'The id of the deal.';
comment on column bellwether.overlay_credit.person_id is 'The id of the person credited.';
comment on column bellwether.overlay_credit.person_name is 'The person''s name, else id; null when not among the people on the day that counts.';
comment on column bellwether.overlay_credit.is_person_unknown is 'Whether the person is not among the people on the day that counts.';
comment on column bellwether.overlay_credit.team_id is 'The person''s team: on the day read for open deals, on the close date for closed ones.';
comment on column bellwether.overlay_credit.deal_kind is 'open, won, lost or no_decision.';
comment on column bellwether.overlay_credit.category is 'The deal''s forecast category.';
comment on column bellwether.overlay_credit.close_date is 'The day on which the deal closed or is expected to close.';
comment on column bellwether.overlay_credit.is_past_due is 'Whether the deal is open with a close date before the day read.';
comment on column bellwether.overlay_credit.percent is 'The overlay credit in percent of the deal.';
comment on column bellwether.overlay_credit.amount_company is 'The credit in the company''s currency at the plan rate; null without amount or rate.';
