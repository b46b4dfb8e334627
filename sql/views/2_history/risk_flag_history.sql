-- bellwether.risk_flag_history: every span of days over which the CRM said the same of a risk that somebody told of.
-- Grain:  one row a source, id and span of days, at the load read.
-- Reads:  bellwether_store.risk_flag
-- Notes:  as_known() is asked even where no version is met, so that what was pruned is refused and not empty.

create view bellwether.risk_flag_history with (security_invoker = true) as
select
    version.source,
    version.id,
    version.valid_from,
    case
        when version.closed_in > (select bellwether.as_known()) then 'infinity'
        else version.valid_to
    end as valid_to,
    version.opportunity_id,
    version.raised_at,
    version.raised_by_id,
    version.about,
    version.note,
    version.cleared_at,
    version.cleared_by_id,
    version.clear_reason,
    version.extra
from bellwether_store.risk_flag as version
where (select bellwether.as_known()) is not null
    and case
        when version.loaded_in > (select bellwether.as_known()) then false
        when version.superseded_in <= (select bellwether.as_known()) then false
        else true
    end;

comment on view bellwether.risk_flag_history is
    'One row a span of days over which the CRM said the same of a risk that somebody told of, at the load read.';
