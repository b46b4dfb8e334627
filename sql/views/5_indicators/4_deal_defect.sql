-- bellwether.deal_defect: the defects in the data of open deals.
-- Grain:  one row a source, id and defect.
-- Reads:  bellwether.deal_check
-- Units:  amount_company in the company's currency at plan rates; measure in the unit of the rule, days where it has none.
-- Nulls:  measure null = the defect has no number.

create view bellwether.deal_defect with (security_invoker = true) as
select
    deal.source,
    deal.id,
    deal.name,
    deal.account_id,
    deal.owner_id,
    deal.owner_name,
    deal.is_owner_unknown,
    deal.owner_team_id,
    deal.stage_id,
    deal.stage_name,
    deal.category,
    deal.close_date,
    deal.amount_company,
    deal.defect,
    deal.version,
    deal.weight,
    deal.measure
from bellwether.deal_check as deal
where deal.is_defect;

comment on view bellwether.deal_defect is 'One row an open deal and defect in its data, as of the day read.';
comment on column bellwether.deal_defect.owner_name is 'The owner''s name, else id; null when the owner is not among the people.';
comment on column bellwether.deal_defect.is_owner_unknown is 'Whether the deal names no owner, or one who is not among the people.';
comment on column bellwether.deal_defect.owner_team_id is 'The owner''s team on the day read.';
comment on column bellwether.deal_defect.stage_name is 'The stage''s name; null when the stage is not among the stages.';
comment on column bellwether.deal_defect.category is 'commit, best_case (upside), pipeline, omitted, or unmapped.';
comment on column bellwether.deal_defect.amount_company is 'The amount in the company''s currency at the plan rate, rounded once; null without amount or rate.';
comment on column bellwether.deal_defect.defect is 'The rule''s id, as in bellwether.quality_rule.';
comment on column bellwether.deal_defect.version is 'The version of its definition.';
comment on column bellwether.deal_defect.weight is 'Its points.';
comment on column bellwether.deal_defect.measure is 'How much: days past due, business days without activity, pushes, minutes before the call …';
