-- bellwether.success_factor_history: every span of days over which the CRM said the same of a success factor agreed with a customer.
-- Grain:  one row a source, id and span of days, at the load read.
-- Reads:  bellwether_store.success_factor
-- Notes:  as_known() is asked even where no version is met, so that what was pruned is refused and not empty.

create view bellwether.success_factor_history with (security_invoker = true) as
select
    version.source,
    version.id,
    version.valid_from,
    case
        when version.closed_in > (select bellwether.as_known()) then 'infinity'
        else version.valid_to
    end as valid_to,
    version.account_id,
    version.opportunity_id,
    version.name,
    version.measure,
    version.target,
    version.actual,
    version.established_date,
    version.target_date,
    version.reviewed_date,
    version.is_met,
    version.owner_id,
    version.follow_up_opportunity_id,
    version.extra
from bellwether_store.success_factor as version
where (select bellwether.as_known()) is not null
    and case
        when version.loaded_in > (select bellwether.as_known()) then false
        when version.superseded_in <= (select bellwether.as_known()) then false
        else true
    end;

comment on view bellwether.success_factor_history is
    'One row a span of days over which the CRM said the same of a success factor agreed with a customer, at the load read.';
