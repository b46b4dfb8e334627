-- bellwether.call_history: every span of days over which the CRM said the same of a submitted forecast number.
-- Grain:  one row a source, id and span of days, at the load read.
-- Reads:  bellwether_store.call
-- Notes:  as_known() is asked even where no version is met, so that what was pruned is refused and not empty.

create view bellwether.call_history with (security_invoker = true) as
select
    version.source,
    version.id,
    version.valid_from,
    case
        when version.closed_in > (select bellwether.as_known()) then 'infinity'
        else version.valid_to
    end as valid_to,
    version.node_kind,
    version.node_id,
    version.period,
    version.category,
    version.kind,
    version.basis,
    version.business_line,
    version.measure,
    version.amount,
    version.currency,
    version.calculated_amount,
    version.submitted_at,
    version.submitted_by_id,
    version.withdrawn_at,
    version.note,
    version.node_source,
    version.submitted_by_source,
    version.extra
from bellwether_store.call as version
where (select bellwether.as_known()) is not null
    and case
        when version.loaded_in > (select bellwether.as_known()) then false
        when version.superseded_in <= (select bellwether.as_known()) then false
        else true
    end;

comment on view bellwether.call_history is
    'One row a span of days over which the CRM said the same of a submitted forecast number, at the load read.';
