-- bellwether.resource_request_history: every span of days over which the CRM said the same of a request for pre-sales work on a deal.
-- Grain:  one row a source, id and span of days, at the load read.
-- Reads:  bellwether_store.resource_request
-- Notes:  as_known() is asked even where no version is met, so that what was pruned is refused and not empty.

create view bellwether.resource_request_history with (security_invoker = true) as
select
    version.source,
    version.id,
    version.valid_from,
    case
        when version.closed_in > (select bellwether.as_known()) then 'infinity'
        else version.valid_to
    end as valid_to,
    version.opportunity_id,
    version.account_id,
    version.requested_by_id,
    version.resource,
    version.requested_date,
    version.needed_date,
    version.hours,
    version.cost,
    version.currency,
    version.status,
    version.criteria_met,
    version.criteria_missing,
    version.is_exception,
    version.exception_reason,
    version.decided_date,
    version.decided_by_id,
    version.outcome,
    version.outcome_date,
    version.extra
from bellwether_store.resource_request as version
where (select bellwether.as_known()) is not null
    and case
        when version.loaded_in > (select bellwether.as_known()) then false
        when version.superseded_in <= (select bellwether.as_known()) then false
        else true
    end;

comment on view bellwether.resource_request_history is
    'One row a span of days over which the CRM said the same of a request for pre-sales work on a deal, at the load read.';
