-- bellwether.qualification_history: every span of days over which the CRM said the same of what is known of one criterion of a deal's qualification.
-- Grain:  one row a source, id and span of days, at the load read.
-- Reads:  bellwether_store.qualification
-- Notes:  as_known() is asked even where no version is met, so that what was pruned is refused and not empty.

create view bellwether.qualification_history with (security_invoker = true) as
select
    version.source,
    version.id,
    version.valid_from,
    case
        when version.closed_in > (select bellwether.as_known()) then 'infinity'
        else version.valid_to
    end as valid_to,
    version.opportunity_id,
    version.criterion,
    version.is_met,
    version.score,
    version.evidence,
    version.assessed_date,
    version.assessed_by_id,
    version.note,
    version.extra
from bellwether_store.qualification as version
where (select bellwether.as_known()) is not null
    and case
        when version.loaded_in > (select bellwether.as_known()) then false
        when version.superseded_in <= (select bellwether.as_known()) then false
        else true
    end;

comment on view bellwether.qualification_history is
    'One row a span of days over which the CRM said the same of what is known of one criterion of a deal''s qualification, at the load read.';
