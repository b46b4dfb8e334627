-- bellwether.finding: what is loaded as it stands but needs a look, as of the day read.
-- Grain:  one row a record and code.
-- Reads:  bellwether.deal, person, team, account, product, company, reporting_company, plan_line
-- Notes:  a pure function of what is loaded, so that the order of loads cannot matter. `value` is the reference
--         or number at fault.

create view bellwether.finding with (security_invoker = true) as
select
    deal.source,
    'opportunity' as entity,
    deal.id,
    fault.code,
    fault.value
from bellwether.deal
left join bellwether.account
    on account.source = deal.source and account.id = deal.account_id
left join bellwether.product
    on product.source = deal.source and product.id = deal.product_id
cross join lateral (
    values
    ('owner_missing', null, deal.owner_id is null),
    ('owner_unknown', deal.owner_id, deal.owner_id is not null and deal.owner_name is null),
    ('account_unknown', deal.account_id, deal.account_id is not null and account.id is null),
    ('product_unknown', deal.product_id, deal.product_id is not null and product.id is null),
    ('stage_unmapped', deal.stage_id, deal.is_stage_unmapped),
    ('category_unmapped', deal.category, deal.category = 'unmapped' and not deal.is_stage_unmapped),
    ('amount_negative', deal.amount::text, deal.amount < 0),
    ('rate_missing', deal.currency, deal.is_rate_missing),
    ('won_without_close_date', null, deal.kind = 'won' and deal.close_date is null)
) as fault (code, value, is_at_fault)
where fault.is_at_fault
union all
select person.source, 'person', person.id, 'team_unknown', person.team_id
from bellwether.person
where person.team_id is not null
    and not exists (
        select
        from bellwether.team
        where team.source = person.source and team.id = person.team_id
    )
union all
select team.source, 'team', team.id, 'parent_unknown', team.parent_id
from bellwether.team
where team.parent_id is not null
    and not exists (
        select
        from bellwether.team as parent
        where parent.source = team.source and parent.id = team.parent_id
    )
union all
select company.source, 'company', company.id, 'settings_differ', company.currency
from bellwether.company
inner join bellwether.reporting_company as reporting
    on (company.currency, coalesce(company.time_zone, 'UTC'), coalesce(company.fiscal_year_start_month, 1))
        is distinct from (reporting.currency, reporting.time_zone, reporting.fiscal_year_start_month)
union all
select plan_line.source, 'plan_line', plan_line.id, 'node_unknown', plan_line.node_id
from bellwether.plan_line
where (
    plan_line.node_kind = 'team'
    and not exists (
        select
        from bellwether.team
        where team.source = plan_line.source and team.id = plan_line.node_id
    )
) or (
    plan_line.node_kind = 'person'
    and not exists (
        select
        from bellwether.person
        where person.source = plan_line.source and person.id = plan_line.node_id
    )
);

comment on view bellwether.finding is
    'One row a record and code: loaded as it stands, shown in answers as unassigned or unmapped, needs a look.';
comment on column bellwether.finding.entity is 'The entity of the record.';
comment on column bellwether.finding.code is 'What is to be looked at: owner_unknown, stage_unmapped, amount_negative …';
comment on column bellwether.finding.value is 'The reference or number at fault.';
