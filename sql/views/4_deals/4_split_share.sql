-- bellwether.split_share: what a split comes to: whose share, how much of the deal, and why it credits nobody.
-- Grain:  one row a split of a deal that is there.
-- Reads:  bellwether.opportunity_split, deal_state, person_history, reporting_company, source_currency, plan_rate
-- Units:  percent of the deal; amount_company in the company's currency at the deal's plan rate, not yet rounded.
-- Nulls:  percent null = neither a percentage nor an amount that the deal's own can be compared with.
-- Notes:  a percentage counts before an amount. A split with a fault credits nobody: its share stays with the owner.
--         Who never was among the people is unknown; who is not on the day of the deal counts as unassigned, as an
--         owner would.

create view bellwether.split_share with (security_invoker = true) as
select
    split.source,
    split.id,
    split.opportunity_id,
    split.person_id,
    split.kind,
    deal.kind as deal_kind,
    deal.category,
    deal.close_date,
    deal.is_past_due,
    deal.owner_id,
    deal.owner_name,
    deal.is_owner_unknown,
    deal.owner_team_id,
    deal.amount_company as deal_amount_company,
    deal.company_currency,
    case
        when (select bellwether.org_day()) is not null then (select bellwether.org_day())
        when deal.kind = 'open' then (select bellwether.as_of())
        else least(coalesce(deal.close_date, (select bellwether.as_of())), (select bellwether.as_of()))
    end as team_day,
    share.percent,
    case
        when split.percent is not null then deal.amount_company * split.percent / 100
        when deal.amount_company is not null then split.amount * entered.rate
    end as amount_company,
    case
        when coalesce(split.kind, '') not in ('revenue', 'overlay') then 'split_kind_unknown'
        when split.person_id is null then 'split_person_missing'
        when not exists (
            select
            from bellwether.person_history as person
            where person.source = split.source and person.id = split.person_id
        ) then 'person_unknown'
        when share.percent is null then 'split_share_missing'
        when share.percent < 0 then 'split_negative'
    end as fault
from bellwether.opportunity_split as split
inner join bellwether.deal_state as deal
    on deal.source = split.source
        and deal.id = split.opportunity_id
        -- Follows from the line above; in an array, the few deals are looked up and not the others read with them.
        and deal.source = any (array(select named.source from bellwether.opportunity_split as named))
        and deal.id = any (array(select named.opportunity_id from bellwether.opportunity_split as named))
left join bellwether.source_currency as own on own.source = split.source
cross join lateral (
    select coalesce(upper(split.currency), own.currency, deal.company_currency) as currency
) as named
left join bellwether.plan_rate
    on plan_rate.from_currency = named.currency
        and plan_rate.to_currency = deal.company_currency
        and plan_rate.start_date <= coalesce(deal.close_date, (select bellwether.as_of()))
        and plan_rate.end_date >= coalesce(deal.close_date, (select bellwether.as_of()))
cross join lateral (
    select
        named.currency,
        case when named.currency is not distinct from deal.company_currency then 1 else plan_rate.rate end as rate
) as entered
cross join lateral (
    select
        coalesce(
            split.percent,
            100 * case
                when entered.currency is not distinct from deal.currency then split.amount / nullif(deal.amount, 0)
                else split.amount * entered.rate / nullif(deal.amount_company, 0)
            end) as percent
) as share;

comment on view bellwether.split_share is
    'One row a split of a deal that is there: whose share it is, how much of the deal, and why it credits nobody.';
comment on column bellwether.split_share.id is 'The split''s id in its source.';
comment on column bellwether.split_share.deal_kind is 'open, won, lost or no_decision.';
comment on column bellwether.split_share.category is 'The deal''s forecast category.';
comment on column bellwether.split_share.close_date is 'The day on which the deal closed or is expected to close.';
comment on column bellwether.split_share.is_past_due is 'Whether the deal is open with a close date before the day read.';
comment on column bellwether.split_share.owner_id is 'The id of the deal''s owner.';
comment on column bellwether.split_share.owner_name is 'The owner''s name, else id; null when the owner is not among the people.';
comment on column bellwether.split_share.is_owner_unknown is 'Whether the deal names no owner, or one who is not among the people.';
comment on column bellwether.split_share.owner_team_id is 'The team for which the owner''s part counts.';
comment on column bellwether.split_share.deal_amount_company is 'The whole deal in the company''s currency at the plan rate; null without amount or rate.';
comment on column bellwether.split_share.company_currency is 'ISO 4217 code of the company''s currency.';
comment on column bellwether.split_share.team_day is 'The day on which the teams of the people credited are looked up.';
comment on column bellwether.split_share.percent is 'The share in percent, from the amount where no percentage is stated; null when neither says it.';
comment on column bellwether.split_share.amount_company is 'The share in the company''s currency, not rounded; null without amount or rate.';
comment on column bellwether.split_share.fault is 'Why it credits nobody, a code of bellwether.finding; null when it does.';
