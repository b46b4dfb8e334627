-- bellwether.quality_cell: open deals and their defects, ready to be rolled up through the teams.
-- Grain:  one row a source, owner, owner's team, close date (null = undated) and defect.
-- Reads:  bellwether.deal_check
-- Units:  amounts in the company's currency at plan rates; deals counts.
-- Nulls:  defect null = all open deals, whatever is measured of them; amounts null = no deal of the cell has an amount.
-- Notes:  measured_… are the deals of which the rule can be told, and …_deals and …_amount those that have the defect: of the
--         row of all open deals those with any.

create view bellwether.quality_cell with (security_invoker = true) as
with deal as materialized (
    select
        checked.source,
        checked.id,
        checked.owner_id,
        checked.is_owner_unknown,
        checked.owner_name,
        checked.owner_team_id,
        checked.close_date,
        checked.amount_company,
        checked.defect,
        checked.is_defect
    from bellwether.deal_check as checked
)

select
    deal.source,
    deal.owner_id,
    deal.is_owner_unknown,
    max(deal.owner_name) as owner_name,
    deal.owner_team_id,
    deal.close_date,
    deal.defect,
    count(*) as measured_deals,
    sum(deal.amount_company) as measured_amount,
    count(*) filter (where deal.is_defect) as defect_deals,
    sum(deal.amount_company) filter (where deal.is_defect) as defect_amount
from deal
group by
    deal.source,
    deal.owner_id,
    deal.is_owner_unknown,
    deal.owner_team_id,
    deal.close_date,
    deal.defect
union all
select
    whole.source,
    whole.owner_id,
    whole.is_owner_unknown,
    max(whole.owner_name),
    whole.owner_team_id,
    whole.close_date,
    null,
    count(*),
    sum(whole.amount_company),
    count(*) filter (where whole.has_defect),
    sum(whole.amount_company) filter (where whole.has_defect)
from (
    select
        deal.source,
        deal.id,
        max(deal.owner_id) as owner_id,
        bool_or(deal.is_owner_unknown) as is_owner_unknown,
        max(deal.owner_name) as owner_name,
        max(deal.owner_team_id) as owner_team_id,
        max(deal.close_date) as close_date,
        max(deal.amount_company) as amount_company,
        bool_or(deal.is_defect) as has_defect
    from deal
    group by deal.source, deal.id
) as whole
group by
    whole.source,
    whole.owner_id,
    whole.is_owner_unknown,
    whole.owner_team_id,
    whole.close_date;

comment on view bellwether.quality_cell is
    'One row an owner, team, close date and defect: counts and sums of the open deals of which it is measured, and of those that have it.';
comment on column bellwether.quality_cell.owner_name is 'The owner''s name, else id; null when the owner is not among the people.';
comment on column bellwether.quality_cell.is_owner_unknown is 'Whether the deals name no owner, or one who is not among the people.';
comment on column bellwether.quality_cell.owner_team_id is 'The owner''s team on the day read.';
comment on column bellwether.quality_cell.close_date is 'The close date; null for undated deals.';
comment on column bellwether.quality_cell.defect is 'The rule''s id; null for all open deals, and those with any defect.';
comment on column bellwether.quality_cell.measured_deals is 'Of how many deals the rule can be told.';
comment on column bellwether.quality_cell.measured_amount is 'Their amount; null without one.';
comment on column bellwether.quality_cell.defect_deals is 'How many of them have the defect.';
comment on column bellwether.quality_cell.defect_amount is 'Their amount; null without one.';
