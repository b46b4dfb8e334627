-- bellwether.record_finding: of deals and the organisation, what is loaded as it stands but needs a look.
-- Grain:  one row a record and code.
-- Reads:  bellwether.deal, person, team, account, product, stage
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
where stage.kind not in ('open', 'won', 'lost', 'no_decision');

comment on view bellwether.record_finding is
    'One row a record and code, of deals and the organisation: loaded as it stands, needs a look.';
comment on column bellwether.record_finding.entity is 'The entity of the record.';
comment on column bellwether.record_finding.code is 'What is to be looked at: owner_unknown, stage_unmapped, amount_negative …';
comment on column bellwether.record_finding.value is 'The reference or number at fault.';
