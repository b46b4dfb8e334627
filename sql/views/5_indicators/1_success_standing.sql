-- bellwether.success_standing: how each success factor that was agreed with a customer stands.
-- Grain:  one row a source and id of a factor agreed by the day read.
-- Reads:  bellwether.success_factor, deal_state, account
-- Notes:  met or missed as the CRM says, else as the value measured last stands to the target (more is better); of one that
--         nobody has measured by a week after its day it is overdue. A further deal that was won counts as what followed.

create view bellwether.success_standing with (security_invoker = true) as
select
    factor.source,
    factor.id,
    factor.account_id,
    factor.opportunity_id,
    factor.name,
    factor.target_date,
    factor.reviewed_date,
    case
        when seen.is_reviewed and coalesce(factor.is_met, factor.actual >= factor.target) then 'met'
        when seen.is_reviewed and not coalesce(factor.is_met, factor.actual >= factor.target) then 'missed'
        when factor.target_date + 7 < (select bellwether.as_of()) then 'overdue'
        else 'open'
    end as standing,
    coalesce(follow_up.kind = 'won', false) as is_followed,
    coalesce(deal.owner_id, account.owner_id) as owner_id,
    coalesce(deal.is_owner_unknown, true) as is_owner_unknown,
    deal.owner_team_id
from bellwether.success_factor as factor
left join bellwether.deal_state as deal
    on deal.source = factor.source and deal.id = factor.opportunity_id
left join bellwether.deal_state as follow_up
    on follow_up.source = factor.source and follow_up.id = factor.follow_up_opportunity_id
left join bellwether.account
    on account.source = factor.source and account.id = factor.account_id
cross join lateral (
    select coalesce(factor.reviewed_date <= (select bellwether.as_of()), false) as is_reviewed
) as seen
where coalesce(factor.established_date <= (select bellwether.as_of()), true);

comment on view bellwether.success_standing is
    'One row a success factor agreed with a customer by the day read: met, missed, overdue or open.';
comment on column bellwether.success_standing.name is 'What must be better.';
comment on column bellwether.success_standing.target_date is 'The day by which the target is due.';
comment on column bellwether.success_standing.reviewed_date is 'The day on which it was measured last.';
comment on column bellwether.success_standing.standing is 'met, missed, overdue (nobody has measured it a week after its day) or open.';
comment on column bellwether.success_standing.is_followed is 'Whether a further deal that it led to was won.';
comment on column bellwether.success_standing.owner_id is 'The owner of the deal in which it was agreed, else of the account.';
comment on column bellwether.success_standing.is_owner_unknown is 'Whether the deal names no owner, or one who is not among the people.';
comment on column bellwether.success_standing.owner_team_id is 'The team of the deal''s owner.';
