-- bellwether.concession_standing: what was given away to win deals.
-- Grain:  one row a source and id of a concession that was agreed by the day read.
-- Reads:  bellwether.concession, deal_state, plan_rate
-- Units:  amount_company in the company's currency at the plan rate of the deal's close date, rounded once; discount_percent
--         from 0 to 100.
-- Nulls:  amount_company null = nothing says what it is worth, or there is no rate; traded_for null = nothing came in return.
-- Notes:  an amount that names no currency is in that of the deal.

create view bellwether.concession_standing with (security_invoker = true) as
select
    concession.source,
    concession.id,
    concession.opportunity_id,
    concession.kind as concession_kind,
    concession.discount_percent,
    round(
        concession.amount
            * case
                when coalesce(upper(concession.currency), deal.currency) is not distinct from deal.company_currency then 1
                else plan_rate.rate
            end,
        bellwether.minor_unit_places(deal.company_currency)) as amount_company,
    nullif(btrim(concession.traded_for), '') as traded_for,
    concession.agreed_date,
    deal.owner_id,
    deal.is_owner_unknown,
    deal.owner_team_id,
    deal.kind,
    deal.close_date
from bellwether.concession
inner join bellwether.deal_state as deal
    on deal.source = concession.source and deal.id = concession.opportunity_id
left join bellwether.plan_rate
    on plan_rate.from_currency = coalesce(upper(concession.currency), deal.currency)
        and plan_rate.to_currency = deal.company_currency
        and plan_rate.start_date <= coalesce(deal.close_date, (select bellwether.as_of()))
        and plan_rate.end_date >= coalesce(deal.close_date, (select bellwether.as_of()))
where concession.agreed_date <= (select bellwether.as_of());

comment on view bellwether.concession_standing is
    'One row a concession that was agreed by the day read: of which deal, what it is worth, and what came in return.';
comment on column bellwether.concession_standing.concession_kind is 'What was given: discount, payment term, free service, scope …';
comment on column bellwether.concession_standing.amount_company is 'What it is worth in the company''s currency at the plan rate.';
comment on column bellwether.concession_standing.is_owner_unknown is 'Whether the deal names no owner, or one who is not among the people.';
comment on column bellwether.concession_standing.owner_team_id is 'The team of the deal''s owner.';
comment on column bellwether.concession_standing.kind is 'open, won, lost or no_decision: how the deal stands.';
comment on column bellwether.concession_standing.close_date is 'The deal''s close date.';
