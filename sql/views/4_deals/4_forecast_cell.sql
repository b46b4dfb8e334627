-- bellwether.forecast_cell: counts and sums of deals, ready to be rolled up through the teams.
-- Grain:  one row a source, owner, owner's team, category, close date (null = undated) and past-due flag.
-- Reads:  bellwether.deal_state
-- Units:  amount in the company's currency at plan rates; deals a count.
-- Nulls:  amount null = no deal of the cell has an amount; rate_effect null = no deal of the cell has an amount in
--         another currency with both rates.
-- Notes:  open and won deals only: lost and no-decision deals are in no forecast.

create view bellwether.forecast_cell with (security_invoker = true) as
select
    deal.source,
    deal.owner_id,
    deal.is_owner_unknown,
    max(deal.owner_name) as owner_name,
    deal.owner_team_id,
    deal.category,
    deal.close_date,
    deal.is_past_due,
    count(*) as deals,
    count(deal.amount) as deals_with_amount,
    count(*) filter (where deal.is_rate_missing) as deals_without_rate,
    count(*) filter (where deal.is_currency_unknown) as deals_without_currency,
    count(*) filter (where deal.amount < 0) as deals_negative,
    count(*) filter (where deal.is_stage_unmapped) as deals_stage_unmapped,
    count(*) filter (where deal.is_outcome_conflict) as deals_outcome_conflict,
    count(*) filter (where deal.category_from = 'stage') as deals_by_stage_default,
    sum(deal.amount_company) as amount,
    sum(deal.amount_day - deal.amount_company) filter (where deal.currency <> deal.company_currency) as rate_effect
from bellwether.deal_state as deal
where deal.kind in ('open', 'won')
group by
    deal.source,
    deal.owner_id,
    deal.is_owner_unknown,
    deal.owner_team_id,
    deal.category,
    deal.close_date,
    deal.is_past_due;

comment on view bellwether.forecast_cell is
    'One row an owner, team, category and close date: counts and sums of open and won deals.';
comment on column bellwether.forecast_cell.is_owner_unknown is 'Whether the deals name no owner, or one who is not among the people.';
comment on column bellwether.forecast_cell.owner_name is 'The owner''s name, else the id; null when the owner is not among the people.';
comment on column bellwether.forecast_cell.owner_team_id is 'The owner''s team: on the day read for open deals, on the close date for closed ones.';
comment on column bellwether.forecast_cell.category is 'closed, commit, best_case (upside), pipeline, omitted or unmapped.';
comment on column bellwether.forecast_cell.is_past_due is 'Whether the deals are open with a close date before the day read.';
comment on column bellwether.forecast_cell.deals is 'The number of deals.';
comment on column bellwether.forecast_cell.deals_with_amount is 'The number of deals with an amount.';
comment on column bellwether.forecast_cell.deals_without_rate is 'The number of deals left out of amount because their currency has no plan rate.';
comment on column bellwether.forecast_cell.deals_without_currency is 'The number of deals with an amount of which nothing says the currency.';
comment on column bellwether.forecast_cell.deals_negative is 'The number of deals with an amount below zero; it counts as it stands.';
comment on column bellwether.forecast_cell.deals_stage_unmapped is 'The number of deals whose stage is not among the stages.';
comment on column bellwether.forecast_cell.deals_outcome_conflict is 'The number of deals of which the CRM''s own words on closed and won differ from the kind of their stage.';
comment on column bellwether.forecast_cell.deals_by_stage_default is 'The number of deals that are in their category by the default of their stage, since the CRM gives none.';
comment on column bellwether.forecast_cell.amount is 'Their sum in the company''s currency at plan rates; null when none has an amount.';
comment on column bellwether.forecast_cell.rate_effect is 'What their sum at the day''s rates is more than at plan rates; deals without one of the two rates add nothing.';
