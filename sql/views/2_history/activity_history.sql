-- bellwether.activity_history: every span of days over which the CRM said the same of something done or planned with a customer.
-- Grain:  one row a source, id and span of days, at the load read.
-- Reads:  bellwether_store.activity
-- Notes:  as_known() is asked even where no version is met, so that what was pruned is refused and not empty.

create view bellwether.activity_history with (security_invoker = true) as
select
    version.source,
    version.id,
    version.valid_from,
    case
        when version.closed_in > (select bellwether.as_known()) then 'infinity'
        else version.valid_to
    end as valid_to,
    version.kind,
    version.type,
    version.subject,
    version.opportunity_id,
    version.account_id,
    version.contact_id,
    version.lead_id,
    version.owner_id,
    version.activity_date,
    version.started_at,
    version.ended_at,
    version.duration_seconds,
    version.logged_at,
    version.done_at,
    version.status,
    version.is_done,
    version.is_held,
    version.direction,
    version.outcome,
    version.extra
from bellwether_store.activity as version
where (select bellwether.as_known()) is not null
    and case
        when version.loaded_in > (select bellwether.as_known()) then false
        when version.superseded_in <= (select bellwether.as_known()) then false
        else true
    end;

comment on view bellwether.activity_history is
    'One row a span of days over which the CRM said the same of something done or planned with a customer, at the load read.';
