-- bellwether.record_finding: of deals, plans and the organisation, what is loaded as it stands but needs a look.
-- Grain:  one row a record and code.
-- Reads:  bellwether.deal, person, team, account, product, stage, company, reporting_company, plan_line, plan_rate
-- Notes:  a pure function of what is loaded, so that the order of loads cannot matter. `value` is the reference
--         or number at fault.

create view bellwether.record_finding with (security_invoker = true) as
select
    deal.source,
    'opportunity' as entity,
    deal.id,
    fault.code,
    fault.value
from bellwether.deal
left join bellwether.person as owner
    on owner.source = deal.source and owner.id = deal.owner_id
left join bellwether.account
    on account.source = deal.source and account.id = deal.account_id
left join bellwether.product
    on product.source = deal.source and product.id = deal.product_id
cross join lateral (
    values
    ('owner_missing', null, deal.owner_id is null),
    ('owner_unknown', deal.owner_id, deal.owner_id is not null and owner.id is null and deal.is_owner_unknown),
    ('account_unknown', deal.account_id, deal.account_id is not null and account.id is null),
    ('product_unknown', deal.product_id, deal.product_id is not null and product.id is null),
    ('stage_unmapped', deal.stage_id, deal.is_stage_unmapped),
    ('category_unmapped', deal.category, deal.category = 'unmapped' and not deal.is_stage_unmapped),
    ('amount_negative', deal.amount::text, deal.amount < 0),
    ('rate_missing', deal.currency, deal.is_rate_missing),
    ('currency_unknown', deal.amount::text, deal.is_currency_unknown),
    ('outcome_conflict', deal.stage_id, deal.is_outcome_conflict),
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
select stage.source, 'stage', stage.id, 'kind_unknown', stage.kind
from bellwether.stage
where stage.kind not in ('open', 'won', 'lost', 'no_decision')
union all
select company.source, 'company', company.id, fault.code, fault.value
from bellwether.company
cross join lateral (
    values
    ('currency_missing', null, company.currency is null),
    (
        'fiscal_year_start_unknown', company.fiscal_year_start_month::text,
        company.fiscal_year_start_month not between 1 and 12
    ),
    ('fiscal_year_name_unknown', company.fiscal_year_name, company.fiscal_year_name not in ('end', 'start')),
    (
        'time_zone_unknown', company.time_zone,
        not exists (select from pg_timezone_names where pg_timezone_names.name = company.time_zone)
        and company.time_zone is not null
    ),
    (
        'call_weekday_unknown', company.call_weekday,
        lower(company.call_weekday) not in (
            'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday', 'mon', 'tue', 'wed',
            'thu', 'fri', 'sat', 'sun')
    )
) as fault (code, value, is_at_fault)
where fault.is_at_fault
union all
select company.source, 'company', company.id, 'settings_differ', company.currency
from bellwether.company
inner join bellwether.reporting_company as reporting
    on (upper(company.currency), coalesce(company.time_zone, 'UTC'), coalesce(company.fiscal_year_start_month, 1))
        is distinct from (reporting.currency, reporting.time_zone, reporting.fiscal_year_start_month)
union all
select plan_line.source, 'plan_line', plan_line.id, 'plan_node_unknown', plan_line.node_id
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
)
union all
select plan_line.source, 'plan_line', plan_line.id, fault.code, fault.value
from bellwether.plan_line
left join bellwether.reporting_company as company on true
left join bellwether.source_currency as own on own.source = plan_line.source
cross join lateral (
    select coalesce(upper(plan_line.currency), own.currency, company.currency) as currency
) as entered
cross join lateral (
    values
    (
        'plan_kind_unknown', coalesce(plan_line.kind, ''),
        coalesce(plan_line.kind, '') not in ('quota', 'budget', 'target', 'guidance')
    ),
    (
        'plan_node_kind_unknown', coalesce(plan_line.node_kind, ''),
        coalesce(plan_line.node_kind, '') not in ('company', 'team', 'person')
    ),
    (
        'plan_period_unreadable', coalesce(plan_line.period, ''),
        bellwether.period_label(plan_line.period) is null
    ),
    ('plan_amount_missing', null, plan_line.amount is null),
    (
        'plan_rate_missing', entered.currency,
        plan_line.amount is not null
        and entered.currency is distinct from company.currency
        and not exists (
            select
            from bellwether.plan_rate
            where plan_rate.from_currency = entered.currency
                and plan_rate.to_currency = company.currency
                and (select bellwether.as_of()) between plan_rate.start_date and plan_rate.end_date
        )
    )
) as fault (code, value, is_at_fault)
where fault.is_at_fault;

comment on view bellwether.record_finding is
    'One row a record and code, of deals, plans and the organisation: loaded as it stands, needs a look.';
comment on column bellwether.record_finding.entity is 'The entity of the record.';
comment on column bellwether.record_finding.code is 'What is to be looked at: owner_unknown, stage_unmapped, amount_negative …';
comment on column bellwether.record_finding.value is 'The reference or number at fault.';
