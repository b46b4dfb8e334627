-- bellwether.territory_plan_history: every span of days over which the CRM said the same of the plan for a territory and period.
-- Grain:  one row a source, id and span of days, at the load read.
-- Reads:  bellwether_store.territory_plan
-- Notes:  as_known() is asked even where no version is met, so that what was pruned is refused and not empty.

create view bellwether.territory_plan_history with (security_invoker = true) as
select
    version.source,
    version.id,
    version.valid_from,
    case
        when version.closed_in > (select bellwether.as_known()) then 'infinity'
        else version.valid_to
    end as valid_to,
    version.territory_id,
    version.name,
    version.node_kind,
    version.node_id,
    version.period,
    version.status,
    version.amount,
    version.currency,
    version.updated_date,
    version.review_date,
    version.goal,
    version.extra
from bellwether_store.territory_plan as version
where (select bellwether.as_known()) is not null
    and case
        when version.loaded_in > (select bellwether.as_known()) then false
        when version.superseded_in <= (select bellwether.as_known()) then false
        else true
    end;

comment on view bellwether.territory_plan_history is
    'One row a span of days over which the CRM said the same of the plan for a territory and period, at the load read.';
