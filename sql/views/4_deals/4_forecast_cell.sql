-- bellwether.forecast_cell: counts and sums of deals, ready to be rolled up through the teams.
-- Grain:  one row a source, owner, owner's team, category, close date (null = undated) and past-due flag.
-- Reads:  bellwether.deal
-- Units:  amount in the company's currency at plan rates; deals a count.
-- Nulls:  amount null = no deal of the cell has an amount.
-- Notes:  open and won deals only: lost and no-decision deals are in no forecast.

create view bellwether.forecast_cell with (security_invoker = true) as
select
    deal.source,
    deal.owner_id,
    deal.owner_name is null as is_owner_unknown,
    max(deal.owner_name) as owner_name,
    deal.owner_team_id,
    deal.category,
    deal.close_date,
    deal.is_past_due,
    count(*) as deals,
    count(deal.amount) as deals_with_amount,
    count(*) filter (where deal.is_rate_missing) as deals_without_rate,
    sum(deal.amount_company) as amount
from bellwether.deal
where deal.kind in ('open', 'won')
group by
    deal.source,
    deal.owner_id,
    deal.owner_name is null,
    deal.owner_team_id,
    deal.category,
    deal.close_date,
    deal.is_past_due;

comment on view bellwether.forecast_cell is
    'One row an owner, team, category and close date: counts and sums of open and won deals.';
comment on column bellwether.forecast_cell.is_owner_unknown is 'Whether the owner is not among the people.';
comment on column bellwether.forecast_cell.owner_name is 'The owner''s name, else the id; null when the owner is not among the people.';
comment on column bellwether.forecast_cell.owner_team_id is 'The owner''s team: on the day read for open deals, on the close date for closed ones.';
comment on column bellwether.forecast_cell.category is 'closed, commit, best_case (upside), pipeline, omitted or unmapped.';
comment on column bellwether.forecast_cell.is_past_due is 'Whether the deals are open with a close date before the day read.';
comment on column bellwether.forecast_cell.deals is 'The number of deals.';
comment on column bellwether.forecast_cell.deals_with_amount is 'The number of deals with an amount.';
comment on column bellwether.forecast_cell.deals_without_rate is 'The number of deals left out of amount because their currency has no plan rate.';
comment on column bellwether.forecast_cell.amount is 'Their sum in the company''s currency at plan rates; null when none has an amount.';
