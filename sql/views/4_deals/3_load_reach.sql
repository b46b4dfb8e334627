-- bellwether.load_reach: from which day on a load could change what sums of deals say.
-- Grain:  one row a load and entity that it brought or took back, or source whose past it made anew.
-- Reads:  bellwether_store.snapshot, history_derivation
-- Notes:  a snapshot changes nothing before its day, but for the first of an entity, whose state answers for the days
--         before it. The past of a CRM's own history may change any day.

create view bellwether.load_reach with (security_invoker = true) as
select
    touched.load,
    case
        when not exists (
            select
            from bellwether_store.snapshot as earlier
            where earlier.source = touched.source
                and earlier.entity = touched.entity
                and earlier.day < touched.day
                and earlier.load < touched.load
                and (earlier.undone_in is null or earlier.undone_in >= touched.load)
        ) then '-infinity'
        else touched.day
    end as first_day
from (
    select snapshot.source, snapshot.entity, snapshot.day, snapshot.load
    from bellwether_store.snapshot
    union all
    select snapshot.source, snapshot.entity, snapshot.day, snapshot.undone_in
    from bellwether_store.snapshot
    where snapshot.undone_in is not null
) as touched
where touched.entity in (
    'company', 'exchange_rate', 'opportunity', 'opportunity_split', 'person', 'stage', 'team')
union all
select derivation.load, '-infinity'
from bellwether_store.history_derivation as derivation;

comment on view bellwether.load_reach is
    'One row a load and what it brought or took back: the first day of which sums of deals may differ by it.';
comment on column bellwether.load_reach.load is 'The load.';
comment on column bellwether.load_reach.first_day is 'The first day of which sums may differ; -infinity for any day.';
