-- bellwether.deal_state: every deal as of the day read, with what its stage, owner and currency make of it.
-- Grain:  one row a source and opportunity id.
-- Reads:  bellwether.opportunity, stage_outcome, person_history, reporting_company, source_currency, plan_rate,
--         day_rate; deal_kind(), deal_category()
-- Units:  amount in `currency`; amount_company in the company's currency at the plan rate, amount_day at
--         the day's rate, each rounded once to its smallest unit, half away from zero.
-- Nulls:  amount null = not entered (not zero); amount_company null = not entered or no plan rate;
--         amount_day null = not entered or no market's rate of the day;
--         owner_name null = the owner is not among the people; owner_team_id null = the owner has no team.
-- Notes:  without the account, which sums need not wait for: bellwether.deal adds it.
--         An amount that names no currency is in that of its own source's company. The owner's team is that of
--         the day read for open deals and that of the close date for closed ones, unless bellwether.org names
--         another organisation.
--         The places of the company's currency are looked up once, not for each deal: that took half of a forecast.
--         The CRM's own words on the outcome count before those of the stage; is_outcome_conflict says where
--         the two differ.

create view bellwether.deal_state with (security_invoker = true) as
with judged as (
    select
        opportunity.source,
        opportunity.id,
        opportunity.name,
        opportunity.account_id,
        opportunity.owner_id,
        opportunity.product_id,
        opportunity.stage_id,
        stage.name as stage_name,
        stage.position as stage_position,
        stage.id is null as is_stage_unmapped,
        bellwether.deal_kind(opportunity.is_closed, opportunity.is_won, stage.kind) as kind,
        coalesce(opportunity.is_won <> (stage.kind = 'won'), false)
        or coalesce(opportunity.is_closed <> (stage.kind <> 'open'), false) as is_outcome_conflict,
        opportunity.forecast_category,
        stage.category as stage_category,
        opportunity.amount,
        coalesce(upper(opportunity.currency), own.currency, company.currency) as currency,
        company.currency as company_currency,
        coalesce(company.minor_unit_places, 2) as company_places,
        opportunity.is_closed,
        opportunity.close_date,
        opportunity.created_date,
        opportunity.type,
        opportunity.lead_source,
        opportunity.next_step,
        opportunity.loss_reason,
        opportunity.unchanged_since
    from bellwether.opportunity
    left join bellwether.stage_outcome as stage
        on stage.source = opportunity.source and stage.id = opportunity.stage_id
    left join bellwether.reporting_company as company on true
    left join bellwether.source_currency as own on own.source = opportunity.source
)

select
    judged.source,
    judged.id,
    judged.name,
    judged.account_id,
    judged.owner_id,
    coalesce(owner.name, owner.id) as owner_name,
    owner.id is null as is_owner_unknown,
    owner.team_id as owner_team_id,
    judged.product_id,
    judged.stage_id,
    judged.stage_name,
    judged.stage_position,
    judged.kind,
    bellwether.deal_category(judged.kind, judged.forecast_category, judged.stage_category) as category,
    case
        when judged.kind <> 'open' then 'outcome'
        when judged.forecast_category in ('commit', 'best_case', 'pipeline', 'omitted') then 'crm'
        when judged.stage_category in ('commit', 'best_case', 'pipeline', 'omitted') then 'stage'
        else 'none'
    end as category_from,
    judged.amount,
    judged.currency,
    converted.amount as amount_company,
    converted.amount_day,
    judged.company_currency,
    judged.amount is not null and converted.amount is null as is_rate_missing,
    judged.amount is not null and judged.currency is null as is_currency_unknown,
    judged.close_date,
    -- That it is not closed follows from the kind; said of the version itself, it spares the past's deals a look.
    judged.kind = 'open'
    and judged.is_closed is not true
    and coalesce(judged.close_date < (select bellwether.as_of()), false) as is_past_due,
    judged.created_date,
    judged.type,
    judged.lead_source,
    judged.next_step,
    judged.loss_reason,
    judged.is_stage_unmapped,
    judged.is_outcome_conflict,
    judged.unchanged_since
from judged
left join bellwether.person_history as owner
    on owner.source = judged.source
        and owner.id = judged.owner_id
        and owner.valid_from <= case
            when (select bellwether.org_day()) is not null then (select bellwether.org_day())
            when judged.kind = 'open' then (select bellwether.as_of())
            else least(coalesce(judged.close_date, (select bellwether.as_of())), (select bellwether.as_of()))
        end
        and owner.valid_to > case
            when (select bellwether.org_day()) is not null then (select bellwether.org_day())
            when judged.kind = 'open' then (select bellwether.as_of())
            else least(coalesce(judged.close_date, (select bellwether.as_of())), (select bellwether.as_of()))
        end
left join bellwether.plan_rate
    on plan_rate.from_currency = judged.currency
        and plan_rate.to_currency = judged.company_currency
        and plan_rate.start_date <= coalesce(judged.close_date, (select bellwether.as_of()))
        and plan_rate.end_date >= coalesce(judged.close_date, (select bellwether.as_of()))
left join bellwether.day_rate
    on day_rate.from_currency = judged.currency
        and day_rate.to_currency = judged.company_currency
cross join lateral (
    select
        round(
            judged.amount
                * case
                    when judged.currency is not distinct from judged.company_currency then 1
                    else plan_rate.rate
                end,
            judged.company_places) as amount,
        round(
            judged.amount
                * case
                    when judged.currency is not distinct from judged.company_currency then 1
                    else day_rate.rate
                end,
            judged.company_places) as amount_day
) as converted;

comment on view bellwether.deal_state is
    'One row a deal as of the day read, as bellwether.deal has it, without the account''s name: the quicker one for sums.';
comment on column bellwether.deal_state.owner_name is 'The owner''s name, else id; null when the owner is not among the people.';
comment on column bellwether.deal_state.is_owner_unknown is 'Whether the deal names no owner, or one who is not among the people.';
comment on column bellwether.deal_state.owner_team_id is 'The owner''s team: on the day read for open deals, on the close date for closed ones.';
comment on column bellwether.deal_state.stage_name is 'The stage''s name; null when the stage is not among the stages.';
comment on column bellwether.deal_state.stage_position is 'The stage''s place in the process, from 1.';
comment on column bellwether.deal_state.kind is 'open, won, lost or no_decision.';
comment on column bellwether.deal_state.category is 'closed, commit, best_case (upside), pipeline, omitted, or unmapped when neither CRM nor stage gives a known one.';
comment on column bellwether.deal_state.category_from is 'Where the category comes from: outcome, crm (the deal''s own), stage (the stage''s default), none.';
comment on column bellwether.deal_state.amount_company is 'The amount in the company''s currency at the plan rate, rounded once; null without amount or rate.';
comment on column bellwether.deal_state.amount_day is 'The amount in the company''s currency at the market''s rate of the day read, rounded once; null without amount or rate.';
comment on column bellwether.deal_state.company_currency is 'ISO 4217 code of the company''s currency.';
comment on column bellwether.deal_state.is_rate_missing is 'Whether it has an amount that is in no sum, since its currency has no plan rate.';
comment on column bellwether.deal_state.is_currency_unknown is 'Whether it has an amount of which nothing says the currency: neither the deal nor any company.';
comment on column bellwether.deal_state.is_past_due is 'Whether it is open with a close date before the day read.';
comment on column bellwether.deal_state.is_stage_unmapped is 'Whether its stage is not among the stages.';
comment on column bellwether.deal_state.is_outcome_conflict is 'Whether the CRM''s own words on closed and won differ from the kind of the deal''s stage.';
comment on column bellwether.deal_state.unchanged_since is 'The day since which the CRM has said the same of the deal.';
