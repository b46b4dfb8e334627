-- bellwether.account_plan_history: every span of days over which the CRM said the same of the plan for an account and period.
-- Grain:  one row a source, id and span of days, at the load read.
-- Reads:  bellwether_store.account_plan
-- Notes:  as_known() is asked even where no version is met, so that what was pruned is refused and not empty.

create view bellwether.account_plan_history with (security_invoker = true) as
select
    version.source,
    version.id,
    version.valid_from,
    case
        when version.closed_in > (select bellwether.as_known()) then 'infinity'
        else version.valid_to
    end as valid_to,
    version.account_id,
    version.owner_id,
    version.period,
    version.status,
    version.amount,
    version.potential,
    version.currency,
    version.updated_date,
    version.review_date,
    version.goal,
    version.extra
from bellwether_store.account_plan as version
where (select bellwether.as_known()) is not null
    and case
        when version.loaded_in > (select bellwether.as_known()) then false
        when version.superseded_in <= (select bellwether.as_known()) then false
        else true
    end;

comment on view bellwether.account_plan_history is
    'One row a span of days over which the CRM said the same of the plan for an account and period, at the load read.';
