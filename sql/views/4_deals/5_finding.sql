-- bellwether.finding: what is loaded as it stands but needs a look, as of the day read.
-- Grain:  one row a record and code.
-- Reads:  bellwether.deal, person, team, account, product, stage, company, reporting_company, plan_line, plan_rate, and
--         every entity that names a deal, fiscal_period, milestone, merged_record
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
where fault.is_at_fault
union all
-- What belongs to a deal that is not there.
select part.source, part.entity, part.id, 'opportunity_unknown', part.opportunity_id
from (
    select part.source, 'lead' as entity, part.id, part.opportunity_id
    from bellwether.lead as part
    union all
    select part.source, 'opportunity_split' as entity, part.id, part.opportunity_id
    from bellwether.opportunity_split as part
    union all
    select part.source, 'opportunity_line' as entity, part.id, part.opportunity_id
    from bellwether.opportunity_line as part
    union all
    select part.source, 'deal_team_member' as entity, part.id, part.opportunity_id
    from bellwether.deal_team_member as part
    union all
    select part.source, 'contact_role' as entity, part.id, part.opportunity_id
    from bellwether.contact_role as part
    union all
    select part.source, 'deal_competitor' as entity, part.id, part.opportunity_id
    from bellwether.deal_competitor as part
    union all
    select part.source, 'qualification' as entity, part.id, part.opportunity_id
    from bellwether.qualification as part
    union all
    select part.source, 'resource_request' as entity, part.id, part.opportunity_id
    from bellwether.resource_request as part
    union all
    select part.source, 'success_factor' as entity, part.id, part.opportunity_id
    from bellwether.success_factor as part
    union all
    select part.source, 'close_plan_item' as entity, part.id, part.opportunity_id
    from bellwether.close_plan_item as part
    union all
    select part.source, 'evaluation_step' as entity, part.id, part.opportunity_id
    from bellwether.evaluation_step as part
    union all
    select part.source, 'risk_flag' as entity, part.id, part.opportunity_id
    from bellwether.risk_flag as part
    union all
    select part.source, 'meeting' as entity, part.id, part.opportunity_id
    from bellwether.meeting as part
    union all
    select part.source, 'action' as entity, part.id, part.opportunity_id
    from bellwether.action as part
    union all
    select part.source, 'loss_record' as entity, part.id, part.opportunity_id
    from bellwether.loss_record as part
    union all
    select part.source, 'concession' as entity, part.id, part.opportunity_id
    from bellwether.concession as part
    union all
    select part.source, 'deal_call' as entity, part.id, part.opportunity_id
    from bellwether.deal_call as part
    union all
    select part.source, 'activity' as entity, part.id, part.opportunity_id
    from bellwether.activity as part
    union all
    select part.source, 'milestone_claim' as entity, part.id, part.opportunity_id
    from bellwether.milestone_claim as part
    union all
    select part.source, 'debrief' as entity, part.id, part.opportunity_id
    from bellwether.debrief as part
    union all
    select part.source, 'post_mortem' as entity, part.id, part.opportunity_id
    from bellwether.post_mortem as part
    union all
    select part.source, 'booking' as entity, part.id, part.opportunity_id
    from bellwether.booking as part
) as part
where part.opportunity_id is not null
    and not exists (
        select
        from bellwether.opportunity
        where opportunity.source = part.source and opportunity.id = part.opportunity_id
    )
union all
select part.source, part.entity, part.id, 'person_unknown', part.person_id
from (
    select part.source, 'opportunity_split' as entity, part.id, part.person_id
    from bellwether.opportunity_split as part
    union all
    select part.source, 'deal_team_member' as entity, part.id, part.person_id
    from bellwether.deal_team_member as part
) as part
where part.person_id is not null
    and not exists (
        select
        from bellwether.person
        where person.source = part.source and person.id = part.person_id
    )
union all
select split.source, 'opportunity', split.opportunity_id, 'split_excess', sum(split.percent)::text
from bellwether.opportunity_split as split
where split.kind = 'revenue'
group by split.source, split.opportunity_id
having sum(split.percent) > 100
union all
select claim.source, 'milestone_claim', claim.id, 'milestone_unknown', claim.milestone_id
from bellwether.milestone_claim as claim
where claim.milestone_id is not null
    and not exists (
        select
        from bellwether.milestone
        where milestone.source = claim.source and milestone.id = claim.milestone_id
    )
union all
select call.source, 'call', call.id, fault.code, fault.value
from bellwether.call
left join bellwether.team
    on call.node_kind = 'team' and team.source = call.source and team.id = call.node_id
left join bellwether.person
    on call.node_kind = 'person' and person.source = call.source and person.id = call.node_id
left join bellwether.fiscal_period
    on fiscal_period.source = call.source and fiscal_period.id = call.period
cross join lateral (
    values
    (
        'call_node_unknown', concat_ws(' ', call.node_kind, call.node_id),
        case call.node_kind
            when 'company' then false
            when 'team' then team.id is null
            when 'person' then person.id is null
            else true
        end
    ),
    (
        'call_category_unknown', coalesce(call.category, ''),
        coalesce(call.category, '') not in ('closed', 'commit', 'most_likely', 'best_case', 'pipeline')
    ),
    (
        'call_period_unreadable', coalesce(call.period, ''),
        bellwether.period_label(call.period) is null and fiscal_period.id is null
    )
) as fault (code, value, is_at_fault)
where fault.is_at_fault
union all
-- The survivor of a merger is not there, or the record that was merged away still is.
select merged.source, 'merged_record', merged.id, fault.code, fault.value
from bellwether.merged_record as merged
cross join lateral (
    values
    ('survivor_unknown', merged.survivor_id, false),
    ('merged_still_there', merged.record_id, true)
) as fault (code, value, is_at_fault_when_there)
where merged.entity in ('account', 'lead', 'opportunity', 'person')
    and fault.is_at_fault_when_there = (
        exists (
            select
            from bellwether.account
            where merged.entity = 'account' and account.source = merged.source and account.id = fault.value
        )
        or exists (
            select
            from bellwether.lead
            where merged.entity = 'lead' and lead.source = merged.source and lead.id = fault.value
        )
        or exists (
            select
            from bellwether.opportunity
            where merged.entity = 'opportunity'
                and opportunity.source = merged.source and opportunity.id = fault.value
        )
        or exists (
            select
            from bellwether.person
            where merged.entity = 'person' and person.source = merged.source and person.id = fault.value
        )
    );

comment on view bellwether.finding is
    'One row a record and code: loaded as it stands, shown in answers as unassigned or unmapped, needs a look.';
comment on column bellwether.finding.entity is 'The entity of the record.';
comment on column bellwether.finding.code is 'What is to be looked at: owner_unknown, stage_unmapped, amount_negative …';
comment on column bellwether.finding.value is 'The reference or number at fault.';
