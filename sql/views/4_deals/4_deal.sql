-- bellwether.deal: every deal as of the day read, with what its stage, owner, account and currency make of it.
-- Grain:  one row a source and opportunity id.
-- Reads:  bellwether.deal_state, account
-- Units:  amount in `currency`; amount_company in the company's currency at the plan rate, amount_day at the
--         day's rate.
-- Nulls:  as in bellwether.deal_state; account_name null = the account is not among the accounts.

create view bellwether.deal with (security_invoker = true) as
select
    state.source,
    state.id,
    state.name,
    state.account_id,
    account.name as account_name,
    state.owner_id,
    state.owner_name,
    state.is_owner_unknown,
    state.owner_team_id,
    state.product_id,
    state.stage_id,
    state.stage_name,
    state.stage_position,
    state.kind,
    state.category,
    state.category_from,
    state.amount,
    state.currency,
    state.amount_company,
    state.amount_day,
    state.company_currency,
    state.is_rate_missing,
    state.is_currency_unknown,
    state.close_date,
    state.is_past_due,
    state.created_date,
    state.type,
    state.lead_source,
    state.next_step,
    state.loss_reason,
    state.is_stage_unmapped,
    state.is_outcome_conflict,
    state.unchanged_since
from bellwether.deal_state as state
left join bellwether.account
    on account.source = state.source and account.id = state.account_id;

comment on view bellwether.deal is
    'One row a deal as of the day read: outcome, forecast category, owner''s team, amount at plan rates.';
comment on column bellwether.deal.account_name is 'The account''s name; null when the account is not among the accounts.';
comment on column bellwether.deal.owner_name is 'The owner''s name, else id; null when the owner is not among the people.';
comment on column bellwether.deal.is_owner_unknown is 'Whether the deal names no owner, or one who is not among the people.';
comment on column bellwether.deal.owner_team_id is 'The owner''s team: on the day read for open deals, on the close date for closed ones.';
comment on column bellwether.deal.stage_name is 'The stage''s name; null when the stage is not among the stages.';
comment on column bellwether.deal.stage_position is 'The stage''s place in the process, from 1.';
comment on column bellwether.deal.kind is 'open, won, lost or no_decision.';
comment on column bellwether.deal.category is 'closed, commit, best_case (upside), pipeline, omitted, or unmapped when neither CRM nor stage gives a known one.';
comment on column bellwether.deal.category_from is 'Where the category comes from: outcome, crm (the deal''s own), stage (the stage''s default), none.';
comment on column bellwether.deal.amount_company is 'The amount in the company''s currency at the plan rate, rounded once; null without amount or rate.';
comment on column bellwether.deal.amount_day is 'The amount in the company''s currency at the market''s rate of the day read, rounded once; null without amount or rate.';
comment on column bellwether.deal.company_currency is 'ISO 4217 code of the company''s currency.';
comment on column bellwether.deal.is_rate_missing is 'Whether it has an amount that is in no sum, since its currency has no plan rate.';
comment on column bellwether.deal.is_currency_unknown is 'Whether it has an amount of which nothing says the currency: neither the deal nor any company.';
comment on column bellwether.deal.is_past_due is 'Whether it is open with a close date before the day read.';
comment on column bellwether.deal.is_stage_unmapped is 'Whether its stage is not among the stages.';
comment on column bellwether.deal.is_outcome_conflict is 'Whether the CRM''s own words on closed and won differ from the kind of the deal''s stage.';
comment on column bellwether.deal.unchanged_since is 'The day since which the CRM has said the same of the deal.';
