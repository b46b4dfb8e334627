-- bellwether.deal_credit: every deal as of the day read, once for each person to whom a part of it counts.
-- Grain:  one row a deal and revenue-split part; a deal that nobody shares is one row, its owner's.
-- Reads:  bellwether.deal_state, deal_part
-- Units:  percent of the deal; amount_company in the company's currency at the plan rate. The parts of a deal add up to
--         the deal's own amount_company.
-- Nulls:  person_id null = the deal has no owner; team_id null = the person has no team; amount_company null = the deal
--         has no amount or no plan rate.
-- Notes:  a deal is counted once where is_main_part holds; below the company count(distinct id) says how many deals a
--         team has a part in. Overlay credit is in bellwether.overlay_credit, and in no total. bellwether.org chooses
--         the organisation whose teams count.

create view bellwether.deal_credit with (security_invoker = true) as
select
    deal.source,
    deal.id,
    deal.name,
    deal.owner_id,
    case when part.opportunity_id is null then deal.owner_id else part.person_id end as person_id,
    case when part.opportunity_id is null then deal.owner_name else part.person_name end as person_name,
    case when part.opportunity_id is null then deal.is_owner_unknown else part.is_person_unknown end
        as is_person_unknown,
    case when part.opportunity_id is null then deal.owner_team_id else part.team_id end as team_id,
    part.opportunity_id is not null as is_shared,
    coalesce(part.is_main_part, true) as is_main_part,
    coalesce(part.percent, 100) as percent,
    case when part.opportunity_id is null then deal.amount_company else part.amount_company end as amount_company,
    deal.company_currency,
    deal.kind,
    deal.category,
    deal.category_from,
    deal.stage_id,
    deal.type,
    deal.close_date,
    deal.is_past_due,
    deal.is_rate_missing
from bellwether.deal_state as deal
left join bellwether.deal_part as part
    on part.source = deal.source and part.opportunity_id = deal.id;

comment on view bellwether.deal_credit is
    'One row a deal and person to whom a part of it counts, as of the day read; the parts add up to the deal.';
comment on column bellwether.deal_credit.person_id is 'The id of the person credited: the owner, but for the splits.';
comment on column bellwether.deal_credit.person_name is 'The person''s name, else id; null when not among the people on the day that counts.';
comment on column bellwether.deal_credit.is_person_unknown is 'Whether there is no such person among the people on the day that counts.';
comment on column bellwether.deal_credit.team_id is 'The person''s team: on the day read for open deals, on the close date for closed ones.';
comment on column bellwether.deal_credit.is_shared is 'Whether revenue splits divide the deal.';
comment on column bellwether.deal_credit.is_main_part is 'True for one part of each deal: the owner''s, else the largest. Counts of deals count it alone.';
comment on column bellwether.deal_credit.percent is 'The part in percent of the deal: 100 for a deal that nobody shares.';
comment on column bellwether.deal_credit.amount_company is 'The part in the company''s currency at the plan rate; null without amount or rate.';
comment on column bellwether.deal_credit.company_currency is 'ISO 4217 code of the company''s currency.';
comment on column bellwether.deal_credit.kind is 'open, won, lost or no_decision.';
comment on column bellwether.deal_credit.category is 'closed, commit, best_case (upside), pipeline, omitted, or unmapped when neither CRM nor stage gives a known one.';
comment on column bellwether.deal_credit.category_from is 'Where the category comes from: outcome, crm (the deal''s own), stage (the stage''s default), none.';
comment on column bellwether.deal_credit.is_past_due is 'Whether it is open with a close date before the day read.';
comment on column bellwether.deal_credit.is_rate_missing is 'Whether it has an amount that is in no sum, since its currency has no plan rate.';
