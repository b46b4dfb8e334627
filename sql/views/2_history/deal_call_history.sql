-- bellwether.deal_call_history: every span of days over which the CRM said the same of what a person commits to for one deal.
-- Grain:  one row a source, id and span of days, at the load read.
-- Reads:  bellwether_store.deal_call
-- Notes:  as_known() is asked even where no version is met, so that what was pruned is refused and not empty.

create view bellwether.deal_call_history with (security_invoker = true) as
select
    version.source,
    version.id,
    version.valid_from,
    case
        when version.closed_in > (select bellwether.as_known()) then 'infinity'
        else version.valid_to
    end as valid_to,
    version.opportunity_id,
    version.level,
    version.kind,
    version.amount,
    version.currency,
    version.close_date,
    version.submitted_at,
    version.submitted_by_id,
    version.reason,
    version.opportunity_source,
    version.submitted_by_source,
    version.extra
from bellwether_store.deal_call as version
where (select bellwether.as_known()) is not null
    and case
        when version.loaded_in > (select bellwether.as_known()) then false
        when version.superseded_in <= (select bellwether.as_known()) then false
        else true
    end;

comment on view bellwether.deal_call_history is
    'One row a span of days over which the CRM said the same of what a person commits to for one deal, at the load read.';
