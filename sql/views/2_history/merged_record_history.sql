-- bellwether.merged_record_history: every span of days over which the CRM said the same of a record that was merged into another, which survives.
-- Grain:  one row a source, id and span of days, at the load read.
-- Reads:  bellwether_store.merged_record
-- Notes:  as_known() is asked even where no version is met, so that what was pruned is refused and not empty.

create view bellwether.merged_record_history with (security_invoker = true) as
select
    version.source,
    version.id,
    version.valid_from,
    case
        when version.closed_in > (select bellwether.as_known()) then 'infinity'
        else version.valid_to
    end as valid_to,
    version.entity,
    version.record_id,
    version.survivor_id,
    version.merged_date,
    version.extra
from bellwether_store.merged_record as version
where (select bellwether.as_known()) is not null
    and case
        when version.loaded_in > (select bellwether.as_known()) then false
        when version.superseded_in <= (select bellwether.as_known()) then false
        else true
    end;

comment on view bellwether.merged_record_history is
    'One row a span of days over which the CRM said the same of a record that was merged into another, which survives, at the load read.';
