-- bellwether.qualification: what is known of one criterion of a deal's qualification, as of the day read.
-- Grain:  one row a source and id.
-- Reads:  bellwether_store.qualification
-- Notes:  a case, not a conjunction: the planner takes half of the rows for it, where it would take a few per cent
--         for four comparisons with unknown values, and then join in nested loops.
--         as_known() is asked even where no version is met, so that what was pruned is refused and not empty.

create view bellwether.qualification with (security_invoker = true) as
select
    version.source,
    version.id,
    version.valid_from as unchanged_since,
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
        when version.valid_from > (select bellwether.as_of()) then false
        when version.valid_to <= (select bellwether.as_of())
            then coalesce(version.closed_in > (select bellwether.as_known()), false)
        else true
    end;

comment on view bellwether.qualification is 'One row a source and id: what is known of one criterion of a deal''s qualification, as of the day read.';
comment on column bellwether.qualification.unchanged_since is 'The day since which the CRM has said the same.';
