-- bellwether.competitor_history: every span of days over which the CRM said the same of a rival, or the prospect's choice to do nothing.
-- Grain:  one row a source, id and span of days, at the load read.
-- Reads:  bellwether_store.competitor, bellwether.first_snapshot
-- Notes:  the first known state also answers for the days before the first snapshot, marked assumed_before.
--         as_known() is asked even where no version is met, so that what was pruned is refused and not empty.

create view bellwether.competitor_history with (security_invoker = true) as
select
    version.source,
    version.id,
    case when version.valid_from = first_snapshot.day then '-infinity' else version.valid_from end as valid_from,
    case
        when version.closed_in > (select bellwether.as_known()) then 'infinity'
        else version.valid_to
    end as valid_to,
    first_snapshot.day as assumed_before,
    version.name,
    version.is_no_action,
    version.strengths,
    version.weaknesses,
    version.extra
from bellwether_store.competitor as version
inner join bellwether.first_snapshot
    on first_snapshot.source = version.source and first_snapshot.entity = 'competitor'
where (select bellwether.as_known()) is not null
    and case
        when version.loaded_in > (select bellwether.as_known()) then false
        when version.superseded_in <= (select bellwether.as_known()) then false
        else true
    end;

comment on view bellwether.competitor_history is
    'One row a span of days over which the CRM said the same of a rival, or the prospect''s choice to do nothing, at the load read.';
comment on column bellwether.competitor_history.assumed_before is
    'The first snapshot''s day: for days before it the first known state is assumed.';
