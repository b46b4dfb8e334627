-- bellwether.stage_history: every span of days over which the CRM said the same of a stage of the sales process and what it stands for.
-- Grain:  one row a source, id and span of days, at the load read.
-- Reads:  bellwether_store.stage, bellwether.first_snapshot
-- Notes:  the first known state also answers for the days before the first snapshot, marked assumed_before.

create view bellwether.stage_history with (security_invoker = true) as
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
    version.position,
    version.kind,
    version.category,
    version.pipeline_id,
    version.is_qualified,
    version.probability,
    version.extra
from bellwether_store.stage as version
inner join bellwether.first_snapshot
    on first_snapshot.source = version.source and first_snapshot.entity = 'stage'
where case
    when version.loaded_in > (select bellwether.as_known()) then false
    when version.superseded_in <= (select bellwether.as_known()) then false
    else true
end;

comment on view bellwether.stage_history is
    'One row a span of days over which the CRM said the same of a stage of the sales process and what it stands for, at the load read.';
comment on column bellwether.stage_history.assumed_before is
    'The first snapshot''s day: for days before it the first known state is assumed.';
