-- bellwether.org_day(): the day of whose organisation every view speaks, null for the organisation as it was.
-- Reads:  setting bellwether.org, bellwether_store.snapshot, bellwether.as_known()
-- Forms:  empty or as-was: null, open deals by the organisation of the day read and closed ones by that of the day
--         they closed. as-is: the day of the newest live opportunity snapshot, whatever day is read. A day: that day.

create function bellwether.org_day() returns date
language plpgsql stable parallel restricted
set search_path = pg_catalog
as $function$
declare
    wanted text := nullif(trim(current_setting('bellwether.org', true)), '');
    known integer;
begin
    if wanted is null or wanted = 'as-was' then
        return null;
    end if;
    if wanted ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' then
        return wanted::date;
    end if;
    if wanted <> 'as-is' then
        raise exception 'bellwether.org is no organisation: “%”', wanted
            using errcode = 'BW540', hint = 'Write as-was, as-is or a day.';
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

comment on function bellwether.org_day() is
    'The day of whose organisation views speak: set bellwether.org to as-is or a day; null, as-was, for each deal''s own.';
