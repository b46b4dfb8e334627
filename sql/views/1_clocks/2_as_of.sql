-- bellwether.as_of(): the day of which every view speaks.
-- Reads:  setting bellwether.as_of, bellwether_store.snapshot, bellwether.as_known()
-- Notes:  empty: the day of the newest live opportunity snapshot at the load read; null before the first.

create function bellwether.as_of() returns date
language sql stable
set search_path = pg_catalog
as $function$
    select coalesce(
        nullif(trim(current_setting('bellwether.as_of', true)), '')::date,
        (
            select max(snapshot.day)
            from bellwether_store.snapshot
            where snapshot.entity = 'opportunity'
                and snapshot.load <= (select bellwether.as_known())
                and (snapshot.undone_in is null or snapshot.undone_in > (select bellwether.as_known()))
        ))
$function$;

comment on function bellwether.as_of() is
    'The day of which every view speaks: set bellwether.as_of to a day; empty means the newest opportunity snapshot.';
