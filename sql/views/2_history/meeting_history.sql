-- bellwether.meeting_history: every span of days over which the CRM said the same of a meeting of the sales cadence.
-- Grain:  one row a source, id and span of days, at the load read.
-- Reads:  bellwether_store.meeting
-- Notes:  as_known() is asked even where no version is met, so that what was pruned is refused and not empty.

create view bellwether.meeting_history with (security_invoker = true) as
select
    version.source,
    version.id,
    version.valid_from,
    case
        when version.closed_in > (select bellwether.as_known()) then 'infinity'
        else version.valid_to
    end as valid_to,
    version.kind,
    version.node_kind,
    version.node_id,
    version.opportunity_id,
    version.period,
    version.planned_at,
    version.held_at,
    version.led_by_id,
    version.cancel_reason,
    version.extra
from bellwether_store.meeting as version
where (select bellwether.as_known()) is not null
    and case
        when version.loaded_in > (select bellwether.as_known()) then false
        when version.superseded_in <= (select bellwether.as_known()) then false
        else true
    end;

comment on view bellwether.meeting_history is
    'One row a span of days over which the CRM said the same of a meeting of the sales cadence, at the load read.';
