-- bellwether.field_change_history: every span of days over which the CRM's history export said the same of a change.
-- Grain:  one row a source, id and span of days, at the load read.
-- Reads:  bellwether_store.field_change
-- Notes:  valid_from is the day of the export that first told of the change, not the day of the change.
--         as_known() is asked even where no version is met, so that what was pruned is refused and not empty.

create view bellwether.field_change_history with (security_invoker = true) as
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
    version.field,
    version.old_value,
    version.new_value,
    version.is_old_known,
    version.changed_at,
    version.author_id,
    version.sequence,
    version.extra
from bellwether_store.field_change as version
where (select bellwether.as_known()) is not null
    and case
        when version.loaded_in > (select bellwether.as_known()) then false
        when version.superseded_in <= (select bellwether.as_known()) then false
        else true
    end;

comment on view bellwether.field_change_history is
    'One row a span of days over which the CRM''s history export said the same of a change, at the load read.';
