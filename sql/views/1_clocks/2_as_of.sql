-- bellwether.as_of(): the day of which every view speaks.
-- Reads:  setting bellwether.as_of, bellwether_store.snapshot, bellwether.as_known()
-- Notes:  empty: the day of the newest live opportunity snapshot at the load read; null before the first. Only a
--         day of the calendar counts: today would change by itself, and on infinity nothing holds.

create function bellwether.as_of() returns date
language plpgsql stable parallel restricted
set search_path = pg_catalog
as $function$
declare
    wanted text := nullif(trim(current_setting('bellwether.as_of', true)), '');
    known integer;
begin
    if wanted ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' then
        return wanted::date;
    end if;
    if wanted is not null then
        raise exception 'bellwether.as_of is not a day: “%”', wanted
            using errcode = 'BW504', hint = 'Write it as 2026-03-31.';
    end if;
    known := bellwether.as_known();
    return (
        select max(snapshot.day)
        from bellwether_store.snapshot
        where snapshot.entity = 'opportunity'
            and snapshot.load <= known
            and (snapshot.undone_in is null or snapshot.undone_in > known)
    );
end
$function$;

comment on function bellwether.as_of() is
    'The day of which every view speaks: set bellwether.as_of to a day; empty means the newest opportunity snapshot.';
