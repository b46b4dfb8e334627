-- bellwether.part_finding: of what belongs to deals, what is loaded as it stands but needs a look.
-- Grain:  one row a record and code.
-- Reads:  every entity that names a deal; split_share, person, team, milestone, fiscal_period, merged_record, account
-- Notes:  apart from record_finding, so that a load that changed deals alone does not plan all of this. A pure function
--         of what is loaded, so that the order of loads cannot matter.

create view bellwether.part_finding with (security_invoker = true) as
-- What belongs to a deal that is not there.
select
    part.source,
    part.entity,
    part.id,
    'opportunity_unknown' as code,
    part.opportunity_id as value
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
-- Splits that credit nobody, and those of deals whose shares leave something over or exceed the deal.
select share.source, 'opportunity_split', share.id, share.fault, share.percent::text
from bellwether.split_share as share
where share.fault in ('split_kind_unknown', 'split_person_missing', 'split_share_missing', 'split_negative')
union all
select
    share.source,
    'opportunity_split',
    share.id,
    case when share.total > 100 then 'split_excess' else 'split_shortfall' end,
    trim_scale(share.total)::text
from (
    select
        share.source,
        share.id,
        round(sum(share.percent) over (partition by share.source, share.opportunity_id), 2) as total
    from bellwether.split_share as share
    where share.kind = 'revenue' and share.fault is null
) as share
where share.total <> 100
union all
select split.source, 'opportunity_split', split.id, 'split_deal_missing', null
from bellwether.opportunity_split as split
where split.opportunity_id is null
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
-- A node is named by its id; a list that people keep by hand names it by its name.
left join (
    select team.source, team.id as word from bellwether.team
    union
    select team.source, team.name from bellwether.team
) as team
    on call.node_kind = 'team' and team.source = coalesce(call.node_source, call.source)
        and team.word = call.node_id
left join (
    select person.source, person.id as word from bellwether.person
    union
    select person.source, person.name from bellwether.person
) as person
    on call.node_kind in ('person', 'lead') and person.source = coalesce(call.node_source, call.source)
        and person.word = call.node_id
left join bellwether.fiscal_period
    on fiscal_period.source = call.source and fiscal_period.id = call.period
cross join lateral (
    values
    (
        'call_node_unknown', concat_ws(' ', call.node_kind, call.node_id),
        case call.node_kind
            when 'company' then false
            when 'team' then team.word is null
            when 'person' then person.word is null
            when 'lead' then person.word is null
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
    ),
    ('call_kind_unknown', call.kind, call.kind not in ('own', 'override')),
    ('call_basis_unknown', call.basis, call.basis not in ('cumulative', 'exclusive'))
) as fault (code, value, is_at_fault)
where fault.is_at_fault
union all
-- Two calls of one instant: which of them counts is chance.
select call.source, 'call', call.id, 'call_twice', call.submitted_at::text
from bellwether.call
where call.submitted_at is not null
    and exists (
        select
        from bellwether.call as other
        where other.source = call.source
            and other.id <> call.id
            and other.submitted_at = call.submitted_at
            and other.period = call.period
            and other.category = call.category
            and other.node_kind = call.node_kind
            and (other.node_source, other.node_id, other.kind, other.business_line, other.measure)
            is not distinct from (call.node_source, call.node_id, call.kind, call.business_line, call.measure)
    )
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

comment on view bellwether.part_finding is
    'One row a record and code, of what belongs to deals: loaded as it stands, needs a look.';
comment on column bellwether.part_finding.entity is 'The entity of the record.';
comment on column bellwether.part_finding.code is 'What is to be looked at: owner_unknown, stage_unmapped, amount_negative …';
comment on column bellwether.part_finding.value is 'The reference or number at fault.';
