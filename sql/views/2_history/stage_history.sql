-- bellwether.stage_history: every span of days over which the CRM said the same of a stage of the sales process and what it stands for.
-- Grain:  one row a source, id and span of days, at the load read.
-- Reads:  bellwether_store.stage, bellwether.live_snapshot
-- Notes:  the first known state also answers for the days before the first snapshot, marked is_assumed_before.

create view bellwether.stage_history with (security_invoker = true) as
select
    version.source,
    version.id,
    case when version.valid_from = first_snapshot.day then '-infinity' else version.valid_from end as valid_from,
    case
        when version.closed_in > (select bellwether.as_known()) then 'infinity'
        else version.valid_to
    end as valid_to,
    first_snapshot.day as is_assumed_before,
    version.name,
    version.position,
    version.kind,
    version.category,
    version.extra
from bellwether_store.stage as version
inner join (
    select
        live_snapshot.source,
        min(live_snapshot.day) as day
    from bellwether.live_snapshot
    where live_snapshot.entity = 'stage'
    group by live_snapshot.source
) as first_snapshot on first_snapshot.source = version.source
where case
    when version.loaded_in > (select bellwether.as_known()) then false
    when version.superseded_in <= (select bellwether.as_known()) then false
    else true
end;

comment on view bellwether.stage_history is
    'One row a span of days over which the CRM said the same of a stage of the sales process and what it stands for, at the load read.';
comment on column bellwether.stage_history.is_assumed_before is
    'The first snapshot''s day: for days before it the first known state is assumed.';
