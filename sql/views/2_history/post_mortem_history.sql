-- bellwether.post_mortem_history: every span of days over which the CRM said the same of what was learnt from a deal that is over.
-- Grain:  one row a source, id and span of days, at the load read.
-- Reads:  bellwether_store.post_mortem
-- Notes:  as_known() is asked even where no version is met, so that what was pruned is refused and not empty.

create view bellwether.post_mortem_history with (security_invoker = true) as
select
    version.source,
    version.id,
    version.valid_from,
    case
        when version.closed_in > (select bellwether.as_known()) then 'infinity'
        else version.valid_to
    end as valid_to,
    version.opportunity_id,
    version.outcome,
    version.stage_id,
    version.held_date,
    version.led_by_id,
    version.cause,
    version.lesson,
    version.milestone_id,
    version.extra
from bellwether_store.post_mortem as version
where (select bellwether.as_known()) is not null
    and case
        when version.loaded_in > (select bellwether.as_known()) then false
        when version.superseded_in <= (select bellwether.as_known()) then false
        else true
    end;

comment on view bellwether.post_mortem_history is
    'One row a span of days over which the CRM said the same of what was learnt from a deal that is over, at the load read.';
